"""What search engines read of a page: schema.org Course, CourseInstance, EducationEvent and Organization, as JSON-LD.

It repeats what the page says, and no more. Example runs are left out here and in the sitemap: schema.org has no mark
for what is made up, so a search engine would offer people a course that nobody teaches. A run without a date is left
out too, since an event has one; and prices are, since they were seen and nobody offers them here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    LeadProvider,
    Qualification,
    Session,
    TeachingSchoolHub,
)
from npq_portal.addresses import absolute

ENGLAND = ZoneInfo("Europe/London")
SCHEMA = "https://schema.org"
Data = dict[str, Any]
ATTENDANCE: dict[str, tuple[str, str]] = {
    CourseRun.Mode.FACE_TO_FACE: ("Onsite", "OfflineEventAttendanceMode"),
    CourseRun.Mode.ONLINE: ("Online", "OnlineEventAttendanceMode"),
    CourseRun.Mode.BLENDED: ("Blended", "MixedEventAttendanceMode"),
}


def course(npq: Qualification, providers: Iterable[LeadProvider], runs: Iterable[CourseRun]) -> Data:
    """The NPQ's page: who offers it, and the course runs that it shows."""
    instances = [instance(run) for run in runs if is_told(run)]
    return _page(
        {
            **_course(npq),
            "description": npq.summary,
            "courseCode": npq.code,
            "inLanguage": "en-GB",
            "timeRequired": f"P{npq.taught_months}M",
            "educationalCredentialAwarded": "National Professional Qualification",
            "provider": [organization(provider) for provider in providers],
            "hasCourseInstance": instances,
        }
    )


def run_page(run: CourseRun, sessions: Iterable[Session]) -> Data | None:
    """The run's page with its sessions; None where there is nothing that a search engine may be told."""
    if not is_told(run):
        return None
    meetings = [_meeting(run, session) for session in sessions if session.on]
    return _page({**instance(run), "about": _course(run.qualification), "subEvent": meetings})


def organization_page(organisation: LeadProvider | TeachingSchoolHub | DeliveryPartner) -> Data:
    """The page of a lead provider, a hub or a delivery partner. Grades and contacts are left to the page itself."""
    return _page(organization(organisation))


def is_told(run: CourseRun) -> bool:
    return run.starts_on is not None and not run.is_example


def instance(run: CourseRun) -> Data:
    """A run that has a date, as a part of a page. `updated_at` and places are left to the page itself."""
    mode, attendance = ATTENDANCE.get(run.mode, ("", ""))
    return _said(
        {
            "@type": ["CourseInstance", "EducationEvent"],
            "name": f"{run.qualification.name}, {run.taught_at.name}",
            "url": absolute(run.get_absolute_url()),
            "startDate": run.starts_on.isoformat() if run.starts_on else "",
            "endDate": run.ends_on.isoformat() if run.ends_on else "",
            "courseMode": mode,
            "eventAttendanceMode": attendance and f"{SCHEMA}/{attendance}",
            "eventStatus": _status(run.state == CourseRun.State.CANCELLED),
            "organizer": organization(run.provider),
            "location": {"@type": "Place", "name": run.taught_at.name} if mode != "Online" else _online(run),
        }
    )


def _meeting(run: CourseRun, session: Session) -> Data:
    location: Data = {}
    if session.postcode:
        address = {"@type": "PostalAddress", "postalCode": session.postcode, "addressCountry": "GB"}
        location = _said({"@type": "Place", "name": session.venue, "address": address})
    elif session.online:
        location = _online(run)
    return _said(
        {
            "@type": "EducationEvent",
            "name": str(session),
            "startDate": _moment(session, session.starts_at),
            "endDate": _moment(session, session.ends_at) if session.ends_at else "",
            "eventStatus": _status(session.is_off),
            "location": location,
        }
    )


def _moment(session: Session, at: Any) -> str:
    """With its offset from Greenwich, which a search engine must be told; the day alone where no time is known."""
    if session.on is None:
        return ""
    return datetime.combine(session.on, at, tzinfo=ENGLAND).isoformat() if at else session.on.isoformat()


def _status(cancelled: bool) -> str:
    return f"{SCHEMA}/EventCancelled" if cancelled else f"{SCHEMA}/EventScheduled"


def _course(npq: Qualification) -> Data:
    return {"@type": "Course", "name": npq.name, "url": absolute(npq.get_absolute_url())}


def organization(organisation: LeadProvider | TeachingSchoolHub | DeliveryPartner) -> Data:
    url = absolute(organisation.get_absolute_url())
    return _said(
        {"@type": "Organization", "name": organisation.name, "url": url, "sameAs": organisation.website}
    )


def _online(run: CourseRun) -> Data:
    return {"@type": "VirtualLocation", "url": absolute(run.get_absolute_url())}


def _page(data: Data) -> Data:
    return _said({"@context": SCHEMA, **data})


def _said(data: Data) -> Data:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value}
