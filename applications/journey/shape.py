"""What a question of the registration is made of. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from funding.rules.entry import Stop
from npq_portal.options import Option

# A step's field names -> what was given. Only ever what forms.py let through.
Answer = Mapping[str, Any]
# Step slug -> the answer to it.
Answers = Mapping[str, Answer]
# The answer of someone whose training provider is not among those that are listed.
NOT_LISTED = "not-listed"
# The answer of someone to whom none of several things applies.
NONE_OF_THEM = "none"
# The answer of someone who wants no course run in particular, or does not know one yet.
NO_COURSE = "none"


class Kind(StrEnum):
    RADIOS = "radios"
    SELECT = "select"
    TEXT = "text"
    CHECKBOX = "checkbox"
    CHECKBOXES = "checkboxes"
    # Three short fields for a day, a month and a year are asked as one: each is one of these.
    DATE_PART = "date_part"
    WORKPLACE = "workplace"
    HIDDEN = "hidden"


class Source(StrEnum):
    """Where the options of a field come from, when they are rows and not words in `steps`."""

    TERMS = "terms"
    NPQS = "npqs"
    PROVIDERS = "providers"
    PAYERS = "payers"
    ITT_PROVIDERS = "itt_providers"
    COURSES = "courses"


@dataclass(frozen=True, slots=True)
class Ask:
    """One field. `shown_under` names (field, value): it is asked, and required, only under that answer.

    `pattern` is matched against the whole text, without white space where `squeeze` is set.
    """

    name: str
    kind: Kind
    missing: str
    label: str = ""
    hint: str = ""
    options: tuple[Option, ...] | Source = ()
    shown_under: tuple[str, str] | None = None
    pattern: str = ""
    mismatch: str = ""
    squeeze: bool = False
    longest: int = 200
    autocomplete: str = ""


def always(answers: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Wrong:
    """What to put right about a step's fields taken together, and which of them it is about."""

    text: str
    fields: tuple[str, ...]


def nothing_wrong(answer: Answer, day: date) -> Wrong | None:
    return None


def never(answers: Answers) -> Stop | None:
    return None


def whatever(answer: Answer, known: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One page. `applies` and `stops` read earlier answers (and its own, for `stops`), never later ones.

    `holds` says whether an answer still counts after the earlier ones, beyond what its fields let through; `told`
    how it is read back, where not field by field; `wrong` what to put right about its fields taken together on a day,
    None where nothing. `needs_options`: it is asked only where its first field has something to choose from.
    """

    slug: str
    question: str
    summary: str
    asks: tuple[Ask, ...]
    hint: str = ""
    applies: Callable[[Answers], bool] = always
    stops: Callable[[Answers], Stop | None] = never
    holds: Callable[[Answer, Answers], bool] = whatever
    told: Callable[[Answer], str] | None = None
    wrong: Callable[[Answer, date], Wrong | None] = nothing_wrong
    needs_options: bool = False


def said(answers: Answers, slug: str, field: str | None = None) -> Any:
    """What was given to a step's field; the field has the step's name where it is not given.

    None if unanswered.
    """
    return (answers.get(slug) or {}).get(field or slug.replace("-", "_"))
