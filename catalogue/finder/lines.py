"""What the course finder's list says of a run, put into words here: templates take longer over ten of them."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from catalogue.finder.find import FoundRun, Venue
from catalogue.models import CourseRun
from catalogue.models.course_run import Organisation


@dataclass(frozen=True)
class Line:
    """Each text is whole words, empty where there is nothing to say. `taught_by` links whom it names."""

    run: CourseRun
    heading: str
    taught_by: SafeString
    how: str
    where: str
    distance: str
    funded_left: str
    paying_left: str
    price: str


def line(found: FoundRun, of: Organisation | None = None) -> Line:
    """`of` is the organisation whose page it stands on, if it is one's. Asks the database nothing: the run has what
    belongs to it.
    """
    run = found.run
    return Line(
        run,
        heading=run.headline,
        taught_by=_taught_by(run, of),
        how=_how(run),
        where=_where(run, found.venue),
        distance=_distance(found.venue),
        funded_left=_left("funded", run.funded_left),
        paying_left=_left("paying", run.paying_left),
        price=price(run),
    )


def price(run: CourseRun) -> str:
    """ "£1,949 plus VAT"."""
    if run.price is None:
        return ""
    pounds = f"£{run.price:,.2f}".removesuffix(".00")
    return pounds + {True: " plus VAT", False: "", None: ", VAT not stated"}[run.price_plus_vat]


def _taught_by(run: CourseRun, of: Organisation | None) -> SafeString:
    named = (each for each in run.organisations if each != of)
    link = '<a class="govuk-link" href="{}">{}</a>'
    return format_html_join(", with ", link, ((each.get_absolute_url(), each.name) for each in named))


def _how(run: CourseRun) -> str:
    said = [run.get_mode_display(), run.get_days_display(), run.apply_by and f"Apply by {_day(run.apply_by)}"]
    return " ".join(f"{each}." for each in said if each)


def _where(run: CourseRun, venue: Venue | None) -> str:
    if venue:
        return ", ".join(filter(None, (venue.name, venue.postcode)))
    return "Online" if run.mode == CourseRun.Mode.ONLINE else "Venue to be confirmed"


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
