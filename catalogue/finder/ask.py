"""From the address of the course finder to a search, and back to words."""

from dataclasses import dataclass
from datetime import date

from catalogue.finder.choices import Choices
from catalogue.finder.find import Found
from catalogue.finder.otherwise import Alternative, Otherwise
from catalogue.finder.place import find_place
from catalogue.finder.search import Meant, Search
from catalogue.finder.wanted import Query, Wanted
from catalogue.models import CourseRun
from catalogue.places import names_like

LABELS = {
    "npq": "NPQ",
    "near": "Near",
    "within": "Distance",
    "start": "Starts in",
    "mode": "Taught",
    "days": "Days and times",
    "provider": "Lead provider",
    "hub": "Hub",
    "places": "Places",
}
NAMES = {
    LABELS[name] for name in ("start", "provider", "hub")
}  # written as they are in the middle of a sentence


@dataclass(frozen=True)
class Tag:
    """A filter that is set, in words, and the address of the same search without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class NearestAlternative:
    """What there is without the filter that `tag` tells."""

    tag: Tag
    total: int


def ask(query: Query, choices: Choices, day: date) -> Search:
    """The search that an address means. What needs a place where none is known is left out, and told. A query
    only where a place is named."""
    wanted = Wanted.read(query, choices)
    place = find_place(wanted.near) if wanted.near else None
    if place:
        return Search(wanted, place, day)
    meant = (
        tuple(Meant(name, wanted.but(near=name).address) for name in names_like(wanted.near))
        if wanted.near
        else ()
    )
    return Search(wanted.nowhere(_why_nowhere(wanted)), None, day, meant)


def _why_nowhere(wanted: Wanted) -> str:
    if wanted.near:
        return f"the place “{wanted.near[:40]}”"
    if wanted.within or wanted.order == "distance":
        return "the distance, as no place was given to measure from"
    return ""


def tags(search: Search, choices: Choices) -> list[Tag]:
    """One for each filter that is set, in the order of the page's form."""
    return [_tag(search, choices, name) for name in search.wanted.filters]


def _tag(search: Search, choices: Choices, name: str) -> Tag:
    return Tag(LABELS[name], _value(search, choices, name), search.wanted.without(name).address)


def _value(search: Search, choices: Choices, name: str) -> str:
    if name == "near" and search.place:
        return search.place.name
    return str(getattr(choices, name)[getattr(search.wanted, name)])


def nearest(search: Search, choices: Choices, found: list[Alternative]) -> list[NearestAlternative]:
    return [NearestAlternative(_tag(search, choices, each.name), each.total) for each in found]


def nearest_to(search: Search, choices: Choices, found: Otherwise) -> Tag:
    """The filter that these courses come nearest without, or the one that they fit alone."""
    return _tag(search, choices, found.without or found.keeping)


def heading(search: Search, choices: Choices, found: Found) -> str:
    """How many there are, and where: "14 courses within 20 miles of York, and 32 online"."""
    counted, place = found.counted, search.place
    if place is None or search.metres is None:
        nearest_first = found.order == "distance" and counted.at_venues
        return _courses(counted.total) + (
            f", the nearest to {place.name} first" if place and nearest_first else ""
        )
    within = f"{choices.within[search.wanted.within].lower()} of {place.name}"
    if search.wanted.mode == CourseRun.Mode.ONLINE:
        return f"{_courses(counted.total)} online, so as good as {within}"
    if not counted.at_venues:
        return f"No course {within}, but {counted.online} online"
    return f"{_courses(counted.at_venues)} {within}" + (
        f", and {counted.online} online" if counted.online else ""
    )


def _courses(number: int) -> str:
    return f"{number:,} course{'' if number == 1 else 's'}"


def title(search: Search, choices: Choices, *, is_beyond: bool = False) -> str:
    """What tells this search from others: "Headship courses near SK7, within 20 miles, page 2"; `is_beyond` where
    there is no such page.
    """
    named = {LABELS[name]: _value(search, choices, name) for name in search.wanted.filters}
    npq, near = named.pop(LABELS["npq"], ""), named.pop(LABELS["near"], "")
    words = f"{npq} courses" if npq else "Courses" if named or near else "Find a course"
    words += f" near {near}" if near else ""
    parts = [words, *(value if label in NAMES else value.lower() for label, value in named.items())]
    parts += [f"{'no ' if is_beyond else ''}page {search.wanted.page}"] if search.wanted.page > 1 else []
    return ", ".join(parts)
