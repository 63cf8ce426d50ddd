"""What else about a person some answers turn on, as the fields of a form. Pure."""

from dataclasses import dataclass

from funding.checker.options import FUNDED_BEFORE, HEADSHIP_NPQ, MASTERY
from funding.checker.situation import Situation
from npq_portal.options import YES_NO, Option


@dataclass(frozen=True, slots=True)
class Field:
    """A group of radio buttons, or of checkboxes where `several`: (option, whether it is chosen)."""

    param: str
    words: str
    hint: str
    options: list[tuple[Option, bool]]
    several: bool = False


@dataclass(frozen=True, slots=True)
class AboutYou:
    fields: list[Field]
    said: bool  # whether any of it was answered


def about_you(situation: Situation) -> AboutYou:
    head = {True: "yes", False: "no", None: ""}[situation.head]
    return AboutYou(
        fields=[
            Field(
                "head",
                "Are you a headteacher in your first 5 years?",
                "The early headship coaching offer turns on it.",
                [(option, option.value == head) for option in YES_NO],
            ),
            Field(
                "npqh",
                "Where are you with the NPQ in Headship?",
                "The early headship coaching offer needs it.",
                [(option, option.value == situation.npqh) for option in HEADSHIP_NPQ],
            ),
            Field(
                "mastery",
                "How would you show that you understand teaching for mastery?",
                "Leading primary mathematics needs it.",
                [(option, option.value == situation.mastery) for option in MASTERY],
            ),
            Field(
                "had",
                "Which NPQs have you had scholarship funding for?",
                "Each is funded once, also one that you withdrew from or did not pass. "
                "An application goes by what the portal has on record, too.",
                [(option, option.value in situation.had) for option in FUNDED_BEFORE],
                several=True,
            ),
        ],
        said=(situation.head, situation.npqh, situation.mastery, situation.had)
        != (None, None, None, frozenset()),
    )
