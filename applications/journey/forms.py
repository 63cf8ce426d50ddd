"""A plain Django form for one step, made from its data.

What such a form lets through is what may be stored.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from django import forms

from applications.journey.choices import Choices
from applications.journey.courses import course_options
from applications.journey.layout import layout_of
from applications.journey.shape import NOT_LISTED, Answers, Ask, Kind, Option, Source, Step, said
from applications.journey.workplace import find_workplace
from applications.layouts import laid_out
from funding import queries
from funding.models import Establishment
from npq_portal.fields import OneLineField

# Asked under a legend, which is the page's heading.
GROUPS = (Kind.RADIOS, Kind.CHECKBOXES, Kind.DATE_PART)


class StepForm(forms.Form):
    """The fields of `step` as they are after `answers`.

    `cleaned_data` of a bound, valid form is the step's answer. One that is not `shown` only checks what was given: its
    courses are not looked up to be described.
    """

    def __init__(
        self, step: Step, answers: Answers, choices: Choices, *, shown: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.step = step
        self.day = choices.day
        # What an error is about, beside the field that has it.
        self.marked: tuple[str, ...] = ()
        for ask in step.asks:
            self.fields[ask.name] = _field(ask, _options(ask, choices, answers, shown=shown))
        first = step.asks[0]
        # The question is the page's heading. With one field, it is its label or legend too.
        self.has_heading = first.kind in GROUPS or (first.kind is Kind.TEXT and not first.label)
        if self.has_heading and first.kind is not Kind.DATE_PART:
            self.fields[first.name].label = step.question
            self.fields[first.name].help_text = step.hint or first.hint

    @cached_property
    def helper(self) -> FormHelper:
        """How its page shows it: a form that only checks answers is never laid out."""
        return laid_out(*layout_of(self.step, self))

    def clean(self) -> dict[str, Any]:
        """A field that is shown under an answer counts only with that answer, and is then required."""
        given = super().clean() or self.cleaned_data
        for ask in self.step.asks:
            if not ask.shown_under:
                continue
            name, value = ask.shown_under
            if given.get(name) != value:
                given[ask.name] = ""
                self.errors.pop(ask.name, None)
            elif not given.get(ask.name) and ask.name not in self.errors:
                self.add_error(ask.name, ask.missing)
        if not self.errors and (wrong := self.step.wrong(given, self.day)):
            self.add_error(wrong.fields[0], wrong.text)
            self.marked = wrong.fields
        return given

    def add_hints(self, name: str, hints: Mapping[str, str]) -> None:
        """Say something below options of a radio field: option value -> words."""
        for choice in self.fields[name].choices:  # type: ignore[attr-defined]
            choice.hint = hints.get(choice.value, "")

    @property
    def wrong_parts(self) -> set[str]:
        """Of a date: those to put right."""
        return {*self.marked, *self.errors}

    @property
    def chosen_workplace(self) -> Establishment | None:
        """The one that is chosen already, so that the page can say which.

        Not called `workplace`: to a template, `form.workplace` is the field of that name.
        """
        value = self["workplace"].value() if "workplace" in self.fields else ""
        return find_workplace(value) if value else None


class _Squeezed(forms.CharField):
    """Text in which white space does not count: people type a TRN as 12 34567."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", "", super().to_python(value) or "").upper()


class _Workplace(forms.CharField):
    def clean(self, value: Any) -> str:
        reference = str(super().clean(value))
        if find_workplace(reference) is None:
            raise forms.ValidationError("Choose a workplace that is open, from the list")
        return reference


def _options(ask: Ask, choices: Choices, answers: Answers, *, shown: bool) -> tuple[Option, ...] | None:
    if ask.options is Source.COURSES and shown:
        return _courses(choices.options(ask, answers) or (), answers)
    if ask.options is Source.ITT_PROVIDERS:
        listed = tuple(Option(name, name) for name in queries.accredited_training_providers())
        return (
            Option("", "Choose a provider"),
            *listed,
            Option(NOT_LISTED, "My provider is not in this list"),
        )
    return choices.options(ask, answers)


def _courses(known: tuple[Option, ...], answers: Answers) -> tuple[Option, ...]:
    """In words, where the choices know only the keys. The last is the answer of who wants none in particular."""
    if not known:
        return ()
    keys = [option.value for option in known[:-1]]
    chosen, workplace = said(answers, "course") or "", said(answers, "workplace") or ""
    return (*course_options(keys, chosen=chosen, workplace=workplace), known[-1])


def _field(ask: Ask, options: tuple[Option, ...] | None) -> forms.Field:
    common: dict[str, Any] = {
        "label": ask.label,
        "help_text": ask.hint,
        # The parts of a date are judged together, by the step.
        "required": ask.shown_under is None and ask.kind is not Kind.DATE_PART,
        "error_messages": {"required": ask.missing, "invalid_choice": ask.missing},
    }
    attributes = {"autocomplete": ask.autocomplete} if ask.autocomplete else {}
    match ask.kind:
        case Kind.RADIOS:
            shown = [Choice(option.value, option.label, hint=option.hint) for option in options or ()]
            return forms.ChoiceField(choices=shown, widget=forms.RadioSelect, **common)
        case Kind.SELECT:
            return forms.ChoiceField(
                choices=[(option.value, option.label) for option in options or ()], **common
            )
        case Kind.CHECKBOXES:
            return forms.MultipleChoiceField(
                choices=[Choice(option.value, option.label) for option in options or ()],
                widget=forms.CheckboxSelectMultiple,
                **common,
            )
        case Kind.CHECKBOX:
            return forms.BooleanField(**common)
        case Kind.HIDDEN:
            return forms.CharField(max_length=ask.longest, widget=forms.HiddenInput, **common)
        case Kind.WORKPLACE:
            return _Workplace(max_length=24, widget=forms.HiddenInput, **common)
        case Kind.TEXT | Kind.DATE_PART:
            if ask.kind is Kind.DATE_PART:
                attributes["inputmode"] = "numeric"
            text = _Squeezed if ask.squeeze else OneLineField
            field = text(max_length=ask.longest, widget=forms.TextInput(attrs=attributes), **common)
            field.error_messages["max_length"] = f"Use {ask.longest} characters or fewer"
            if ask.pattern and ask.kind is not Kind.DATE_PART:
                field.validators.append(_matches(ask))
            return field


def _matches(ask: Ask) -> Any:
    def check(value: str) -> None:
        if not re.fullmatch(ask.pattern, value, re.ASCII):
            raise forms.ValidationError(ask.mismatch)

    return check


def form_for(
    step: Step,
    answers: Answers,
    choices: Choices,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    shown: bool = True,
) -> StepForm:
    """Bound to `data` where there is some.

    Option labels are escaped by the templates; these labels are our words.
    """
    return StepForm(step, answers, choices, data=data, initial=initial and dict(initial), shown=shown)
