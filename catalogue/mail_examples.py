"""The mails about alerts, with example data. None of it is a row."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from catalogue.models import CourseAlert, CourseRun, LeadProvider, Qualification, TeachingSchoolHub, Term
from npq_portal.mail.examples import Example

TITLE = "Headship, near SK7, online"
PATH = "/courses/?npq=headship&near=SK7&mode=online"


def example_run() -> CourseRun:
    return CourseRun(
        pk=1,
        provider=LeadProvider(name="Example & Sons Institute"),
        hub=TeachingSchoolHub(name="St Mary's Teaching School Hub"),
        qualification=Qualification(name="Headship"),
        term=Term(name="Autumn 2026"),
        state=CourseRun.State.OPEN,
        starts_on=date(2027, 1, 13),
        apply_by=date(2026, 12, 11),
        is_example=True,
    )


def examples() -> Iterator[Example]:
    alert = CourseAlert(pk=UUID(int=1), email="ada@example.test", ends_on=date(2027, 11, 22))
    asked = {"alert": alert, "title": TITLE, "path": PATH}
    yield Example("catalogue/alert_confirm", {**asked, "confirm_by": datetime(2026, 11, 29, tzinfo=UTC)})
    yield Example("catalogue/alert_is_on", asked)
    for when, count in (("one", 1), ("many", 23)):
        shown = [example_run() for _ in range(min(count, 20))]
        found = {"runs": shown, "count": count, "more": count - len(shown)}
        yield Example("catalogue/alert_of_courses", {**asked, **found}, when)
    yield Example(
        "catalogue/staff_invitation",
        {
            "organisation": "Example & Sons Institute",
            "role": "decider",
            "path": "/staff/invitations/example/",
            "expires_at": datetime(2026, 12, 6, tzinfo=UTC),
        },
    )
