"""A Django form from what a provider asks.

The same form serves saving for later (`strict=False`: anything that fits may be saved, half-finished) and going on
(`strict=True`: required questions answered, word limits kept).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms

from applications.form_definition import Definition, Section
from applications.layouts import laid_out
from applications.provider_forms.fields import YES, fields_of, in_words, posted, shown, stored


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section as the page shows it: `helper` lays out its fields alone."""

    section: Section
    helper: FormHelper


class ProviderFormForm(forms.Form):
    """One field per question, named by its key, and one per follow-up."""

    # Of a legend that reveals a follow-up: the form package gives it none of its own.
    legend_size = "govuk-fieldset__legend--s"

    def __init__(self, definition: Definition, *, strict: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.definition = definition
        self.strict = strict
        # For the error summary, which is shown for the form as a whole; each section is laid out by its own.
        self.helper = laid_out()
        for question in definition.questions:
            self.fields.update(fields_of(question, strict))

    @property
    def sections(self) -> list[ShownSection]:
        return [
            ShownSection(section, laid_out(*map(shown, section.questions)))
            for section in self.definition.sections
        ]

    def clean(self) -> dict[str, Any]:
        """What goes with no other is chosen alone. A follow-up counts only after a yes, as required as its question."""
        given = super().clean() or self.cleaned_data
        for question in self.definition.questions:
            chosen = given.get(question.key)
            if question.alone and isinstance(chosen, list) and question.alone in chosen[:-1] + chosen[1:]:
                self.add_error(question.key, f"Choose “{question.alone}” alone, or leave it out")
            if not question.follow_up:
                continue
            if given.get(question.key) != YES:
                given[question.more_key] = ""
                self.errors.pop(question.more_key, None)
            elif self.strict and question.required and not self._has_been_said(question.more_key):
                self.add_error(question.more_key, f"Answer the question: {question.follow_up}")
        return given

    def _has_been_said(self, name: str) -> bool:
        """Whether it was answered, be it by what does not fit: that has an error already."""
        return bool(self.cleaned_data.get(name)) or name in self.errors

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by key, as it is stored. Only after `is_valid()`."""
        return {name: stored(value) for name, value in self.cleaned_data.items()}

    def told(self) -> list[tuple[str, str]]:
        """Question and answer, as they are read back. Only after `is_valid()`."""
        answers = self.answers
        return [(question.label, in_words(question, answers)) for question in self.definition.questions]


def from_answers(definition: Definition, answers: Mapping[str, Any], *, strict: bool) -> ProviderFormForm:
    """Bound to stored answers, as if they had just been posted."""
    data: dict[str, Any] = {}
    for question in definition.questions:
        data |= posted(question, answers)
    return ProviderFormForm(definition, strict=strict, data=data)
