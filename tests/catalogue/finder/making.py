"""Course runs and places to find: four outward codes in a line, ten miles apart."""

from datetime import date

from catalogue.finder.choices import Choices
from tests.factories.catalogue import CourseRunFactory, PostcodeAreaFactory, SessionFactory

MILE = 1609.344
CODES = ("SK7", "SK8", "M1", "CB10")

CHOICES = Choices(
    npq={"headship": "Headship", "senco": "Special educational needs co-ordinator"},
    names={"headship": "headship", "npq-headship": "headship", "npqh": "headship", "senco": "senco"},
    provider={"teach-first": "Teach First"},
    hub={"EE1": "Saffron Teaching School Hub (EE1)"},
    start={"2027-01": "January 2027"},
    within={"5": "Within 5 miles", "20": "Within 20 miles"},
    mode={"online": "Online"},
    days={"twilight": "Weekdays, after school"},
    places={"funded": "A funded place left"},
    order={"distance": "Distance", "closing": "Closing date"},
)


def places():
    for number, code in enumerate(CODES):
        PostcodeAreaFactory(outward_code=code, easting=390_000, northing=380_000 - round(number * 10 * MILE))


def run_at(code, **fields):
    run = CourseRunFactory(**fields)
    SessionFactory(
        run=run, position=1, on=run.starts_on or date(2027, 1, 13), venue="The hall", postcode=f"{code} 4AB"
    )
    return run
