"""The course runs that somebody may choose, and a chosen one read back: in words, from the rows."""

from collections.abc import Sequence
from datetime import date

from applications.journey.shape import Option
from applications.journey.workplace import find_workplace
from catalogue.finder.lines import line
from catalogue.finder.place import Place
from catalogue.finder.runs import FoundRun, nearest, soonest
from catalogue.models import CourseRun

# Nobody reads on; the page says how many more there are and leads to the finder, which has filters.
SHOWN = 20
LONGEST_KEY = 18  # figures that fit into a key of the database


def course_options(keys: Sequence[str], *, chosen: str = "", workplace: str = "") -> tuple[Option, ...]:
    """SHOWN of the runs `keys` as options, nearest to the workplace of that reference first, else the soonest.

    The one that is `chosen` is always among them, and comes first. At most seven queries, whatever the number of runs.
    """
    runs = CourseRun.objects.filter(pk__in=keys)
    place = whereabouts(workplace)
    found = nearest(runs, place, SHOWN) if place else soonest(runs, SHOWN)
    if chosen in keys:
        first = [each for each in found if str(each.run.pk) == chosen] or soonest(runs.filter(pk=chosen), 1)
        found = [*first, *(each for each in found if each not in first)][:SHOWN]
    return tuple(Option(str(each.run.pk), name_of(each.run), _about(each)) for each in found)


def run_of(value: str | int | None) -> CourseRun | None:
    """The run of that key, with all that its page names; None for no particular one. One query."""
    key = key_of(value)
    if key is None:
        return None
    named = ("provider", "hub", "partner", "qualification", "term")
    return CourseRun.objects.select_related(*named).filter(pk=key).first()


def key_of(value: str | int | None) -> int | None:
    """The key that was said in an address or an answer; None for no particular course, and for what is no key."""
    said = str(value or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_KEY else None


def course_told(value: str) -> str:
    run = run_of(value)
    return name_of(run) if run else "No particular course"


def name_of(run: CourseRun) -> str:
    """ "From 13 January 2027, Saffron Teaching School Hub": the NPQ and the term are known beside it."""
    when = f"From {_day(run.starts_on)}" if run.starts_on else "Start to be confirmed"
    return f"{when}, {run.taught_at.name}"


def _about(found: FoundRun) -> str:
    said, run = line(found), found.run
    where = f"{said.where}, {said.distance}." if said.distance else f"{said.where}."
    left = " and ".join(filter(None, (said.funded_left, said.paying_left)))
    parts = [
        "An example, made up for demonstration." if run.is_example else "",
        said.how,
        where,
        STANDING.get(CourseRun.State(run.state), ""),
        f"{left}, as of {_day(run.places_as_of)}." if left and run.places_as_of else "",
    ]
    return " ".join(filter(None, parts))


STANDING = {
    CourseRun.State.WAITING_LIST: "All places are taken: you apply for its waiting list.",
    CourseRun.State.ANNOUNCED: "Announced: its places are not given yet.",
}


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def whereabouts(reference: str) -> Place | None:
    """Where the workplace of that reference is, if that is known. At most one query."""
    workplace = find_workplace(reference) if reference else None
    if workplace is None or workplace.easting is None or workplace.northing is None:
        return None
    return Place(workplace.name, workplace.easting, workplace.northing)
