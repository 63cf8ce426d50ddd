"""The date of birth: three fields, one date. Pure."""

import re
from datetime import date

from applications.journey.shape import Answer, Ask, Kind, Step, Wrong
from npq_portal.births import EARLIEST, LATEST, OUTSIDE

MISSING = "Enter your date of birth: a day, a month and a year"


def date_of(answer: Answer) -> date | None:
    """None for what is no date."""
    try:
        return date(*(int(answer[part]) for part in ("year", "month", "day")))
    except (KeyError, TypeError, ValueError):
        return None


def _wrong(answer: Answer, day: date) -> Wrong | None:
    """About the parts that are wrong, where it is known which."""
    typed = {part.name: str(answer.get(part.name) or "") for part in PARTS}
    if missing := tuple(name for name, text in typed.items() if not text):
        told = MISSING if len(missing) == len(PARTS) else f"Enter the {' and the '.join(missing)} too"
        return Wrong(told, missing)
    if unread := [part for part in PARTS if not re.fullmatch(part.pattern, typed[part.name], re.ASCII)]:
        return Wrong(unread[0].mismatch, tuple(part.name for part in unread))
    born = date_of(answer)
    if born is None:
        return Wrong("Enter a real date of birth, for example 27 3 1987", tuple(typed))
    if not EARLIEST <= born <= LATEST:
        return Wrong(OUTSIDE, ("year",))
    return None


def _told(answer: Answer) -> str:
    born = date_of(answer)
    return f"{born:%-d %B %Y}" if born else ""


def _part(name: str, digits: str, mismatch: str) -> Ask:
    return Ask(
        name,
        Kind.DATE_PART,
        label=name.capitalize(),
        missing=MISSING,
        pattern=digits,
        mismatch=mismatch,
        squeeze=True,
        autocomplete=f"bday-{name}",
    )


PARTS = (
    _part("day", r"0?[1-9]|[12][0-9]|3[01]", "Enter a day from 1 to 31, for example 27"),
    _part("month", r"0?[1-9]|1[0-2]", "Enter a month from 1 to 12, for example 3"),
    _part("year", r"[0-9]{4}", "Enter a year of 4 digits, for example 1987"),
)
BIRTH = Step(
    slug="birth",
    question="What is your date of birth?",
    summary="Date of birth",
    asks=PARTS,
    hint="As it is on your teaching record, if you have one. For example, 27 3 1987.",
    wrong=_wrong,
    told=_told,
)
