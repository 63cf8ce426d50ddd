"""The form that names a sponsor: asked of everybody, whatever the provider's own form asks."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms

from npq_portal.fields import OneLineField


class SponsorForm(forms.Form):
    """`applicant_email` cannot be the sponsor's: nobody vouches for themselves."""

    name = OneLineField(
        label="Sponsor's full name",
        max_length=200,
        error_messages={
            "required": "Enter your sponsor's full name",
            "max_length": "Use 200 characters or fewer",
        },
    )
    email = forms.EmailField(
        label="Sponsor's work e-mail address",
        help_text="Not one that you read yourself.",
        error_messages={
            "required": "Enter your sponsor's e-mail address",
            "invalid": "Enter an e-mail address like name@school.org.uk",
        },
    )

    def __init__(self, *args: Any, applicant_email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applicant_email = applicant_email
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Field.text("name", label_size=Size.SMALL, autocomplete="off"),
            Field.text("email", label_size=Size.SMALL, autocomplete="off"),
        )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.casefold() == self.applicant_email.casefold():
            raise forms.ValidationError("Enter your sponsor's own e-mail address, not yours")
        return email
