"""A Django field for each kind of question, how it is laid out, and its answer in words."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.layout import HTML, ConditionalQuestion, ConditionalRadios, Div, Field, Size
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import escape

from applications.form_definition import LARGEST_NUMBER, Kind, Question, count_words
from npq_portal.fields import OneLineField, WordsField

LONGEST_LINE, LONGEST_TEXT = 500, 10_000
YES, NO = "yes", "no"
YEARS = range(1900, 2200)
NO_DATE = "Enter a real date, like 27 3 2025"


class DayField(DateInputField):
    """Day, month and year, with one message for whatever makes no date."""

    def clean(self, value: Any) -> date | None:
        try:
            day: date | None = super().clean(value)
            message = "" if day is None or day.year in YEARS else NO_DATE
        except (forms.ValidationError, OverflowError) as problem:
            required = getattr(problem, "code", "") == "required"
            message = self.error_messages["required"] if required else NO_DATE
        # The error summary links to the parts that have errors: to the first that is wrong, of those that are marked.
        wrong = _wrong_parts(value) if message else ()
        for place, (part, box) in enumerate(zip(self.fields, self.widget.widgets, strict=True)):
            part.widget.errors = [message] if place in wrong[:1] else []
            if place in wrong:
                box.attrs["class"] += " govuk-input--error"
        if message:
            raise forms.ValidationError(message)
        return day


def _wrong_parts(typed: Any) -> tuple[int, ...]:
    """Which of day, month and year are missing or never right; all of them where each could be."""
    bounds = ((1, 31), (1, 12), (YEARS.start, YEARS.stop - 1))
    parts = [str(part or "").strip() for part in typed or ()] + [""] * len(bounds)
    wrong = [
        place
        for place, (least, most) in enumerate(bounds)
        if not re.fullmatch("[0-9]{1,4}", parts[place]) or not least <= int(parts[place]) <= most
    ]
    return tuple(wrong or range(len(bounds)))


def fields_of(question: Question, strict: bool) -> dict[str, forms.Field]:
    """Name -> field: the question's own, and its follow-up's. With `strict` what is required must be there."""
    missing = {"required": f"Answer the question: {question.label}"}
    common: dict[str, Any] = {
        # The form package prints labels as they are, and a label comes from what staff wrote.
        "label": escape(question.label if question.required else f"{question.label} (optional)"),
        "help_text": escape(question.hint),
        "required": strict and question.required,
    }
    match question.kind:
        case Kind.SHORT_TEXT:
            field: forms.Field = _text(OneLineField, LONGEST_LINE, missing, **common)
        case Kind.LONG_TEXT:
            # The form package adds the count to what describes the field, and breaks where nothing does yet.
            described = {"aria-describedby": ""} if question.max_words else {}
            widget = forms.Textarea(attrs=described)
            field = _text(WordsField, LONGEST_TEXT, missing, widget=widget, **common)
            if strict and question.max_words:
                field.validators.append(_within(question.max_words))
        case Kind.ONE_CHOICE | Kind.YES_NO:
            field = forms.ChoiceField(choices=_options(question), widget=forms.RadioSelect, **common)
            field.error_messages |= missing | {"invalid_choice": "Choose one of the options"}
        case Kind.SEVERAL_CHOICES:
            field = forms.MultipleChoiceField(
                choices=_options(question), widget=forms.CheckboxSelectMultiple, **common
            )
            field.error_messages |= missing | {"invalid_choice": "Choose from the options"}
        case Kind.DATE:
            field = DayField(require_all_fields=False, **common)
            field.error_messages |= missing
        case Kind.NUMBER:
            field = forms.IntegerField(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **common)
            field.error_messages |= missing | {"invalid": "Enter a whole number, like 12"}
            field.validators = _bounds(question)
        case Kind.STATEMENT:
            field = forms.BooleanField(**common)
            field.error_messages["required"] = f"To go on, accept: {question.label}"
    if not question.follow_up:
        return {question.key: field}
    more = _text(
        OneLineField,
        LONGEST_LINE,
        {},
        label=escape(question.follow_up),
        widget=forms.TextInput,
        required=False,
    )
    return {question.key: field, question.more_key: more}


def _text(
    kind: type[forms.CharField], longest: int, missing: Mapping[str, str], **common: Any
) -> forms.CharField:
    too_long = {"max_length": f"Use {longest:,} characters or fewer"}
    return kind(max_length=longest, error_messages={**missing, **too_long}, **common)


def _options(question: Question) -> list[tuple[str, str]]:
    if question.kind is Kind.YES_NO:
        return [(YES, "Yes"), (NO, "No")]
    return [(option, option) for option in question.options]


def _bounds(question: Question) -> list[Any]:
    # A number that nobody meant is refused even where the question sets no bounds: what is stored can be shown.
    least = -LARGEST_NUMBER if question.least is None else question.least
    most = LARGEST_NUMBER if question.most is None else question.most
    return [
        MinValueValidator(least, f"Enter {least:,} or more"),
        MaxValueValidator(most, f"Enter {most:,} or less"),
    ]


def _within(limit: int) -> Any:
    def check(value: str) -> None:
        words = count_words(value)
        if words > limit:
            raise forms.ValidationError(f"Use {limit} words or fewer. You have used {words}.")

    return check


def shown(question: Question) -> Any:
    """How it stands on the page."""
    match question.kind:
        case Kind.LONG_TEXT if question.max_words:
            return _counted(question)
        case Kind.LONG_TEXT:
            return Field.textarea(question.key, label_size=Size.SMALL, rows=8)
        case Kind.YES_NO if question.follow_up:
            more = ConditionalQuestion("Yes", Field.text(question.more_key))
            return ConditionalRadios(question.key, more, ConditionalQuestion("No"))
        case Kind.ONE_CHOICE | Kind.YES_NO:
            return Field.radios(question.key, legend_size=Size.SMALL)
        case Kind.SEVERAL_CHOICES:
            return Field.checkboxes(question.key, legend_size=Size.SMALL)
        case Kind.DATE:
            return Field(question.key, context={"legend_size": Size.for_legend(Size.SMALL)})
        case Kind.STATEMENT:
            return Field.checkbox(question.key)
        case Kind.NUMBER:
            return Field.text(question.key, label_size=Size.SMALL, field_width=10)
        case Kind.SHORT_TEXT:
            return Field.text(question.key, label_size=Size.SMALL)


def _counted(question: Question) -> Div:
    # Counted by our own wrapper: the package's writes an attribute that GOV.UK Frontend has deprecated.
    counted = Field.textarea(
        question.key, label_size=Size.SMALL, rows=8, css_class="govuk-js-character-count"
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


def stored(value: Any) -> Any:
    """What a field let through, as JSON keeps it: a day by its ISO text, and nothing chosen as an empty text."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def posted(question: Question, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The stored answers to `question` as its fields would be posted; what does not fit its kind counts as nothing."""
    value = answers.get(question.key)
    match question.kind:
        case Kind.DATE:
            day = day_of(value)
            parts = (day.day, day.month, day.year) if day else ("", "", "")
            return {f"{question.key}_{place}": part for place, part in enumerate(parts)}
        case Kind.SEVERAL_CHOICES:
            return {question.key: value if isinstance(value, list) else []}
        case Kind.STATEMENT:
            return {question.key: "on"} if value is True else {}
    return {key: answers.get(key, "") for key in question.keys}


def day_of(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def in_words(question: Question, answers: Mapping[str, Any]) -> str:
    """The stored answers to `question` as they are read; empty where nothing was answered."""
    value = answers.get(question.key, "")
    match question.kind:
        case Kind.DATE:
            day = day_of(value)
            return f"{day:%-d %B %Y}" if day else ""
        case Kind.SEVERAL_CHOICES:
            return "\n".join(map(str, value)) if isinstance(value, list) else ""
        case Kind.STATEMENT:
            return "Accepted" if value is True else ""
        case Kind.YES_NO:
            told = {YES: "Yes", NO: "No"}.get(value, "") if isinstance(value, str) else ""
            more = str(answers.get(question.more_key, ""))
            return f"{told}\n{question.follow_up}\n{more}" if told == "Yes" and more else told
    return "" if value is None else str(value)
