"""The two questions of signing in, and what staff are called."""

import re

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fixed, Fluid, Layout, Size
from django import forms
from django.core.validators import EmailValidator

from npq_portal.accounts.codes import DIGITS
from npq_portal.fields import FullNameField

LONGEST_EMAIL = 254
NO_ADDRESS = "Enter an e-mail address like name@example.com"
validate_email = EmailValidator(NO_ADDRESS)


class EmailForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        help_text="We send a code to this address. Use one that you will still have when your course ends.",
        max_length=LONGEST_EMAIL,
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": NO_ADDRESS,
            "max_length": "Enter an e-mail address of 254 characters or fewer",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("email", label_size=Size.SMALL), Button("submit", "Send me a code")
        )

    def clean_email(self) -> str:
        """In lower case, which can be another address: a capital İ becomes two characters, one of them no letter."""
        email = str(self.cleaned_data["email"]).strip().lower()
        validate_email(email)
        if len(email) > LONGEST_EMAIL:
            raise forms.ValidationError(self.fields["email"].error_messages["max_length"])
        return email


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        help_text=f"{DIGITS} digits. It works for 15 minutes, in this browser only.",
        max_length=40,
        error_messages={
            "required": "Enter the code from the e-mail",
            "max_length": f"Enter the {DIGITS} digits from the e-mail",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("code", label_size=Size.SMALL, field_width=Fixed.TEN),
            Button("submit", "Sign in"),
        )

    def clean_code(self) -> str:
        """Spaces and dashes are how people copy codes."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
            raise forms.ValidationError(f"Enter the {DIGITS} digits from the e-mail")
        return code


class NameForm(forms.Form):
    """The page has the button and the form's tag."""

    full_name = FullNameField(
        label="Your full name",
        help_text="Colleagues see it beside what you do here, in scores and decisions.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.use_required_attribute = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.text("full_name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS)
        )
