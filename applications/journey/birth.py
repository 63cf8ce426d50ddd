"""The date of birth: three fields, one date. Pure."""

from datetime import date

from applications.journey.shape import Answer, Ask, Kind, Step

# Anyone born later was at school when the newest of these NPQs began; anyone born earlier would be over 100.
EARLIEST, LATEST = date(1925, 1, 1), date(2008, 12, 31)
MISSING = "Enter your date of birth: a day, a month and a year"


def date_of(answer: Answer) -> date | None:
    """None for what is no date."""
    try:
        return date(*(int(answer[part]) for part in ("year", "month", "day")))
    except (KeyError, TypeError, ValueError):
        return None


def _wrong(answer: Answer) -> str:
    born = date_of(answer)
    if born is None:
        return "Enter a real date of birth, for example 27 3 1987"
    if not EARLIEST <= born <= LATEST:
        return f"Enter a date of birth from {EARLIEST.year} to {LATEST.year}"
    return ""


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


BIRTH = Step(
    slug="birth",
    question="What is your date of birth?",
    summary="Date of birth",
    asks=(
        _part("day", r"[0-9]{1,2}", "The day must be a number, for example 27"),
        _part("month", r"[0-9]{1,2}", "The month must be a number, for example 3"),
        _part("year", r"[0-9]{4}", "The year must have 4 digits, for example 1987"),
    ),
    hint="As it is on your teaching record, if you have one. For example, 27 3 1987.",
    wrong=_wrong,
    told=_told,
)
