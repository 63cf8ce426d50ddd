"""How the fields of a step stand on its page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Field, Size

from applications.journey.shape import Ask, Kind, Step

if TYPE_CHECKING:
    from applications.journey.forms import StepForm


def layout_of(step: Step, form: "StepForm") -> list[Any]:
    """The fields of `step` as they stand on its page."""
    parts: list[Any] = []
    under = {ask.shown_under: ask for ask in step.asks if ask.shown_under}
    for position, ask in enumerate(step.asks):
        if ask.shown_under:
            continue
        heading = (
            {"legend_size": Size.LARGE, "legend_tag": "h1"} if form.has_heading and position == 0 else {}
        )
        if ask.kind is Kind.RADIOS and any(name == ask.name for name, _ in under):
            parts.append(_revealing(ask, under, form))
        elif ask.kind is Kind.RADIOS:
            parts.append(Field.radios(ask.name, **heading))
        elif ask.kind is Kind.CHECKBOXES:
            parts.append(Field.checkboxes(ask.name, **heading))
        elif ask.kind is Kind.TEXT and heading:
            parts.append(Field.text(ask.name, label_size=Size.LARGE, label_tag="h1"))
        elif ask.kind is Kind.SELECT:
            parts.append(Field.select(ask.name))
        else:
            parts.append(Field(ask.name))
    return parts


def _revealing(ask: Ask, under: Mapping[tuple[str, str], Ask], form: "StepForm") -> ConditionalRadios:
    questions = []
    for choice in form.fields[ask.name].choices:  # type: ignore[attr-defined]
        shown = under.get((ask.name, str(choice[0])))
        questions.append(ConditionalQuestion(choice[1], *([shown.name] if shown else [])))
    return ConditionalRadios(ask.name, *questions)
