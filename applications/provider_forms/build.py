"""A Django form from a provider's questions, with the sponsor that every form asks for.

The same form serves saving for later (`strict=False`: anything that fits may be saved, half-finished) and
sending (`strict=True`: required questions answered, word limits kept).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Div, Field, Layout, Size
from django import forms
from django.utils.html import escape

from applications.form_definition import Kind, Question, count_words
from npq_portal.fields import OneLineField

SPONSOR_NAME, SPONSOR_EMAIL = "sponsor-name", "sponsor-email"
LONGEST = 10_000


class ProviderFormForm(forms.Form):
    """One field per question, named by its key, then the sponsor's name and address.

    `applicant_email` cannot be the sponsor's: nobody vouches for themselves.
    """

    def __init__(
        self, questions: Sequence[Question], *, strict: bool, applicant_email: str, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.questions = questions
        self.applicant_email = applicant_email
        for question in questions:
            self.fields[question.key] = _field(question, strict)
        self.fields[SPONSOR_NAME] = OneLineField(
            label="Sponsor's full name",
            max_length=200,
            required=strict,
            error_messages={
                "required": "Enter your sponsor's full name",
                "max_length": "Use 200 characters or fewer",
            },
        )
        self.fields[SPONSOR_EMAIL] = forms.EmailField(
            label="Sponsor's work e-mail address",
            required=strict,
            error_messages={
                "required": "Enter your sponsor's e-mail address",
                "invalid": "Enter an e-mail address like name@school.org.uk",
            },
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *(_shown(question) for question in questions),
            HTML('{% include "applications/sponsor_words.html" %}'),
            Field.text(SPONSOR_NAME, label_size=Size.SMALL),
            Field.text(SPONSOR_EMAIL, label_size=Size.SMALL),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get(SPONSOR_EMAIL, "").casefold() == self.applicant_email.casefold():
            self.add_error(SPONSOR_EMAIL, "Enter your sponsor's own e-mail address, not yours")
        return given

    @property
    def answers(self) -> dict[str, str]:
        """What was written, by question key. Only after `is_valid()`."""
        return {question.key: self.cleaned_data[question.key] for question in self.questions}

    def told(self) -> list[tuple[str, str]]:
        """Question and answer, as they are read back. Only after `is_valid()`."""
        answered = [(question.label, self.answers[question.key]) for question in self.questions]
        name, email = self.sponsor or ("", "")
        return [*answered, ("Your sponsor", f"{name}\n{email}".strip())]

    @property
    def sponsor(self) -> tuple[str, str] | None:
        """Name and address, where both were given. Only after `is_valid()`."""
        name, email = self.cleaned_data[SPONSOR_NAME], self.cleaned_data[SPONSOR_EMAIL]
        return (name, email) if name and email else None


def _field(question: Question, strict: bool) -> forms.CharField:
    long = question.kind is Kind.LONG_TEXT
    field = forms.CharField(
        # The form package prints labels as they are, and a label comes from what staff wrote.
        label=escape(question.label if question.required else f"{question.label} (optional)"),
        help_text=escape(question.hint),
        required=strict and question.required,
        max_length=LONGEST if long else 500,
        widget=forms.Textarea if long else forms.TextInput,
        error_messages={
            "required": f"Answer the question: {question.label}",
            "max_length": f"Use {LONGEST if long else 500:,} characters or fewer",
        },
    )
    if strict and question.max_words:
        field.validators.append(_within(question.max_words))
    return field


def _within(limit: int) -> Any:
    def check(value: str) -> None:
        words = count_words(value)
        if words > limit:
            raise forms.ValidationError(f"Use {limit} words or fewer. You have used {words}.")

    return check


def _shown(question: Question) -> Field | Div:
    if question.kind is not Kind.LONG_TEXT:
        return Field.text(question.key, label_size=Size.MEDIUM)
    if not question.max_words:
        return Field.textarea(question.key, label_size=Size.MEDIUM, rows=8)
    # Counted by our own wrapper: the package's writes an attribute that GOV.UK Frontend has deprecated.
    counted = Field.textarea(
        question.key, label_size=Size.MEDIUM, rows=8, css_class="govuk-js-character-count"
    )
    limit = HTML(
        f'<div id="id_{question.key}-info" class="govuk-hint govuk-character-count__message">'
        f"You can use up to {question.max_words} words</div>"
    )
    return Div(
        counted,
        limit,
        css_class="govuk-character-count",
        data_module="govuk-character-count",
        data_maxlength=question.max_words,
        data_count_type="words",
    )


def form_from(
    questions: Sequence[Question],
    *,
    strict: bool,
    applicant_email: str,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> ProviderFormForm:
    return ProviderFormForm(
        questions,
        strict=strict,
        applicant_email=applicant_email,
        data=data,
        initial=initial and dict(initial),
    )
