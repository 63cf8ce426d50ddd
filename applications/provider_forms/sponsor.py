"""The form that names a sponsor, and the one by which the sponsor answers."""

import unicodedata
from enum import StrEnum
from typing import Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Field, Size
from django import forms

from applications.layouts import laid_out
from applications.vocabulary import LONGEST_REASON, sponsors_for
from npq_portal.fields import OneLineField, WordsField

LONGEST_ADDRESS = 254  # what the column holds


class SponsorForm(forms.Form):
    """`applicant_email` cannot be the sponsor's: nobody vouches for themselves. Who it may be depends on the NPQ."""

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
        max_length=LONGEST_ADDRESS,
        error_messages={
            "max_length": f"Use {LONGEST_ADDRESS} characters or fewer",
            "required": "Enter your sponsor's e-mail address",
            "invalid": "Enter an e-mail address like name@school.org.uk",
        },
    )
    role = forms.ChoiceField(
        label="What are they where you work?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose what your sponsor is where you work"
        ),
    )

    def __init__(self, *args: Any, applicant_email: str, npq: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applicant_email = applicant_email
        self.fields["role"].choices = [(role.value, role.label) for role in sponsors_for(npq)]  # type: ignore[attr-defined]
        self.helper = laid_out(
            Field.text("name", label_size=Size.SMALL, autocomplete="off"),
            Field.text("email", label_size=Size.SMALL, autocomplete="off"),
            Field.radios("role", legend_size=Size.SMALL),
        )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.endswith("]"):
            raise forms.ValidationError("Enter an e-mail address like name@school.org.uk")
        if _mailbox(email) == _mailbox(self.applicant_email):
            raise forms.ValidationError("Enter your sponsor's own e-mail address, not yours")
        return email

    @property
    def sponsor(self) -> tuple[str, str, str]:
        """Name, address and role. Only after `is_valid()`."""
        given = self.cleaned_data
        return given["name"], given["email"], given["role"]


class SponsorAnswer(StrEnum):
    ENDORSE = "endorse"
    DECLINE = "decline"
    WRONG_PERSON = "wrong_person"


ANSWERS = {
    SponsorAnswer.ENDORSE: "Yes, I endorse this application",
    SponsorAnswer.DECLINE: "No, I do not endorse it",
    SponsorAnswer.WRONG_PERSON: "I am not the right person to ask",
}


class AnswerForm(forms.Form):
    """A reason counts, and is required, only with a no."""

    legend_size = "govuk-fieldset__legend--m"
    answer = forms.ChoiceField(
        label="Do you endorse this application?",
        widget=forms.RadioSelect,
        choices=[(answer.value, label) for answer, label in ANSWERS.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose your answer"),
    )
    reason = WordsField(
        label="Why not? They read this word for word.",
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": f"Use {LONGEST_REASON:,} characters or fewer"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why = ConditionalQuestion(ANSWERS[SponsorAnswer.DECLINE], Field.textarea("reason", rows=4))
        self.helper = laid_out(
            ConditionalRadios(
                "answer",
                ConditionalQuestion(ANSWERS[SponsorAnswer.ENDORSE]),
                why,
                ConditionalQuestion(ANSWERS[SponsorAnswer.WRONG_PERSON]),
            )
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") != SponsorAnswer.DECLINE:
            self.errors.pop("reason", None)
        elif not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Give a reason: the applicant reads it")
        return given


def _mailbox(email: str) -> str:
    """Where a mail to this address ends: other forms of a letter (a full-width one) mean the same to a mail server."""
    return unicodedata.normalize("NFKC", email).casefold().strip()
