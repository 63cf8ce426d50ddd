"""django-allauth's forms for staff, in the portal's words and the design system's layout (settings: *_FORMS)."""

from typing import Any, NamedTuple

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fixed, Fluid, Layout, Size
from django import forms


class Question(NamedTuple):
    label: str
    empty: str
    hint: str = ""
    width: str = Fluid.TWO_THIRDS


EMAIL = Question("E-mail address", "Enter your e-mail address")
PASSWORD = Question("Password", "Enter your password")
NEW_PASSWORD = Question(
    "New password", "Enter a new password", "12 characters or more. Three random words are good."
)
SAME_AGAIN = Question("New password again", "Enter the new password again")
CODE = Question("Code", "Enter the code", width=Fixed.TEN)
KEY_NAME = Question("Name of this passkey", "Enter a name", "So that you can tell it from others.")


def dress(form: forms.Form, **questions: Question) -> None:
    """Ask `questions`, in their order. The page has the button and the form's tag."""
    form.use_required_attribute = False  # the error summary says it better than the browser
    rows = []
    for name, question in questions.items():
        field = form.fields[name]
        field.label, field.help_text = question.label, question.hint
        field.error_messages["required"] = question.empty
        field.widget.attrs.pop("placeholder", None)
        rows.append(Field.text(name, label_size=Size.SMALL, field_width=question.width))
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.form_tag = False  # type: ignore[attr-defined]
    hidden = [name for name, field in form.fields.items() if field.widget.is_hidden]
    form.helper.layout = Layout(*rows, *hidden)  # type: ignore[attr-defined]


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, login=EMAIL, password=PASSWORD)
        self.fields["login"].error_messages["invalid"] = "Enter an e-mail address like name@example.com"


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, password=PASSWORD)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Question("Password that you use now", "Enter the password that you use now")
        dress(self, oldpassword=now, password1=NEW_PASSWORD, password2=SAME_AGAIN)


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, password1=NEW_PASSWORD, password2=SAME_AGAIN)


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, code=CODE)


class ReauthenticateByCodeForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, code=CODE)


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, code=CODE._replace(label="Code that the app shows"))


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, name=KEY_NAME)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, name=KEY_NAME)
