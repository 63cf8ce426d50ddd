"""What the course finder's list says of a run, put into words here: templates take longer over ten of them."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from catalogue.finder.runs import FoundRun, Venue
from catalogue.models import CourseRun
from catalogue.models.course_run import Organisation


@dataclass(frozen=True)
class Line:
    """Each text is whole words, empty where there is nothing to say. `taught_by` links whom it names; `tags` and
    `figures`, which are the places left and the price with their days, are marked up.
    """

    run: CourseRun
    address: str
    heading: str
    tags: SafeString
    taught_by: SafeString
    how: str
    where: str
    distance: str
    funded_left: str
    paying_left: str
    figures: SafeString


def line(found: FoundRun, of: Organisation | None = None) -> Line:
    """`of` is the organisation whose page it stands on, if it is one's. Asks the database nothing: the run has what
    belongs to it.
    """
    run = found.run
    return Line(
        run,
        address=run.get_absolute_url(),
        heading=run.headline,
        tags=_tags(run.state, run.is_example),
        taught_by=_taught_by(run, of),
        how=_how(run),
        where=_where(run, found.venue),
        distance="" if run.mode == CourseRun.Mode.ONLINE else _distance(found.venue),
        funded_left=_left("funded", run.funded_left),
        paying_left=_left("paying", run.paying_left),
        figures=_figures(run),
    )


def price(run: CourseRun) -> str:
    """ "£1,949 plus VAT"."""
    if run.price is None:
        return ""
    pounds = f"£{run.price:,.2f}".removesuffix(".00")
    return pounds + {True: " plus VAT", False: "", None: ", VAT not stated"}[run.price_plus_vat]


@cache  # few states, and few days: a list would have each made anew for each of its runs
def _tags(state: str, is_example: bool) -> SafeString:
    return render_to_string(
        "catalogue/course_state.html", {"run": CourseRun(state=state, is_example=is_example)}
    )


@lru_cache(maxsize=1024)
def _as_of(day: date | None) -> SafeString:
    return render_to_string("components/as_of.html", {"date": day})


def _figures(run: CourseRun) -> SafeString:
    funded, paying = _left("funded", run.funded_left), _left("paying", run.paying_left)
    lines = (
        funded and format_html("<strong>{}</strong>", funded),
        paying,
        run.places_as_of and _as_of(run.places_as_of),
        price(run) and f"{price(run)} if not funded",
        run.price_as_of and _as_of(run.price_as_of),
    )
    return format_html_join(mark_safe("<br>"), "{}", ((each,) for each in lines if each))


def _taught_by(run: CourseRun, of: Organisation | None) -> SafeString:
    named = (each for each in run.organisations if each != of)
    link = '<a class="govuk-link" href="{}">{}</a>'
    return format_html_join(", with ", link, ((each.get_absolute_url(), each.name) for each in named))


def _how(run: CourseRun) -> str:
    said = [run.get_mode_display(), run.get_days_display(), run.apply_by and f"Apply by {_day(run.apply_by)}"]
    return " ".join(f"{each}." for each in said if each)


def _where(run: CourseRun, venue: Venue | None) -> str:
    if run.mode == CourseRun.Mode.ONLINE:
        return "Online, from anywhere"
    return ", ".join(filter(None, (venue.name, venue.postcode))) if venue else "Venue to be confirmed"


def _distance(venue: Venue | None) -> str:
    if venue is None or venue.miles is None:
        return ""
    if venue.miles == 0:
        return "in or next to this area"
    return f"about {venue.miles} mile{'' if venue.miles == 1 else 's'} away"


def _left(kind: str, places: int | None) -> str:
    return "" if places is None else f"{places} {kind} place{'' if places == 1 else 's'} left"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
