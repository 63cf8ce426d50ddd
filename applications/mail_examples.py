"""The mails about applications, with example data. None of it is a row, and nothing is signed for anybody."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from applications.journey.deadlines import decision_expected, form_expected
from applications.journey.reminding import Ends
from applications.journey.tracker import funding_told
from applications.models import Application, Interest, Message, Sponsor
from applications.models.reminder import off_path
from applications.models.training import WORDS
from applications.states import Action
from applications.vocabulary import ReminderKind, SponsorRole
from catalogue.mail_examples import example_run
from catalogue.models import LeadProvider, RunChange, Term
from npq_portal.accounts.models import User
from npq_portal.mail.examples import Example

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
RUN = example_run()
PERSON = User(pk=UUID(int=1), email="ada@example.test")
TEXT = "Which key stage do you teach & lead?\n\nOne line is enough."


def example_application(**changes: Any) -> Application:
    registered = {
        "pk": UUID(int=2),
        "applicant": PERSON,
        "state": "registered",
        "reference": "NPQ-7K3M9X",
        "registered_at": NOW,
        "answers_saved_at": NOW,
        "qualification": RUN.qualification,
        "term": RUN.term,
        "provider": RUN.provider,
        "full_name": "Ada O'Brien",
        "workplace_name": "St Mary's & All Saints Primary School",
        "funding_outcome": "funded",
    }
    return Application(**{**registered, **changes})


def examples() -> Iterator[Example]:
    application = example_application()
    yield from _to_the_applicant(application)
    yield from _about_the_decision(application)
    yield from _to_the_sponsor(application)
    yield from _to_the_provider(application)
    yield from _reminders(application)


def _of(application: Application, template: str, when: str = "", **context: Any) -> Example:
    path = application.get_absolute_url()
    return Example(f"applications/{template}", {"application": application, "path": path, **context}, when)


def _sponsor(application: Application) -> Sponsor:
    return Sponsor(
        application=application,
        name="Sam Sponsor",
        email="sam@example.test",
        role=SponsorRole.CHAIR_OF_GOVERNORS.value,
        expires_at=NOW + timedelta(days=28),
        reason="I do not know this person's work well enough.",
    )


def _to_the_applicant(application: Application) -> Iterator[Example]:
    form_by, sponsor = form_expected(NOW), _sponsor(application)
    for when, outcome, course in (("funded", "funded", RUN), ("in review", "review", None)):
        registered = example_application(funding_outcome=outcome)
        told = funding_told(registered)
        yield _of(registered, "registered", when, form_by=form_by, funding=told, course=course)
    yield _of(
        application, "provider_changed", form_by=form_by, left=LeadProvider(name="Old & Former Institute")
    )
    yield _of(application, "course_chosen", "a course", course=RUN)
    yield _of(application, "course_chosen", "none in particular", course=None)
    yield _of(application, "moved_to_run", course=RUN, message=Message(text=TEXT))
    yield _of(application, "submitted", decision_by=decision_expected(NOW), sponsor=sponsor)
    yield _of(application, "sponsor_declined", sponsor=sponsor, name_by=form_by)
    yield _of(application, "sponsor_was_wrong", sponsor=sponsor, name_by=form_by)
    yield _of(application, "sponsor_unreachable", sponsor=sponsor)
    yield _of(application, "message", message=Message(text=TEXT))
    yield _of(application, "withdrawn", reason="")
    yield _of(application, "withdrawn", "for them", reason="You asked us by telephone & could not sign in.")
    yield _of(application, "closed")
    change = RunChange(
        run=RUN, lines=["Session 2 moves to 3 March 2027, 09:30."], note="Sorry: the room is gone."
    )
    for template in ("course_changed", "course_cancelled"):
        yield _of(application, template, change=change, course=RUN.get_absolute_url())


def _about_the_decision(application: Application) -> Iterator[Example]:
    yield _of(application, "more_information", message=Message(text=TEXT), answer_by=form_expected(NOW))
    for when, outcome in (("funded", "funded"), ("without funding", "not_funded"), ("in review", "review")):
        yield _of(example_application(funding_outcome=outcome), "waiting_list", when, place=3)
    yield _of(application, "place_offered", last_day=date(2026, 11, 29))
    yield _of(application, "offer_turned_down")
    yield _of(application, "offer_lapsed")
    for when, funded in (("funded", True), ("without funding", False)):
        yield _of(example_application(funded_place=funded), "accepted", when)
    yield _of(example_application(decision_reason="All our places are taken."), "rejected")
    for when, outcome in (("funded", "funded"), ("not funded", "not_funded")):
        reason = "Your hospital school belongs to a trust & counts as one of its schools."
        reviewed = example_application(funding_outcome=outcome, funding_review_reason=reason)
        yield _of(reviewed, "funding_reviewed", when)
        yield _of(reviewed, "funding_reviewed_to_provider", when)
    for when, had in (("with a place", True), ("without a place", False)):
        for template in ("reverted", "reverted_to_provider"):
            told = "It was made for somebody else & by mistake."
            yield _of(application, template, when, reason=told, had_a_place=had)
    yield from _changed_records(application)
    on = date(2027, 1, 13)
    yield _of(application, "training", "started", what=WORDS[Action.START_TRAINING], on=on, reason="")
    yield _of(
        application, "training", "paused", what=WORDS[Action.DEFER], on=on, reason="You are ill & resting."
    )


def _changed_records(application: Application) -> Iterator[Example]:
    before = example_application(term=Term(name="Autumn 2025"))
    for when, again in (("of another term", False), ("of another provider", True)):
        told = {
            "before": before,
            "reason": "You start a year later & asked us to say so.",
            "had_a_place": not again,
            "decided_anew": not again,
            "form_again": again,
            "form_by": form_expected(NOW),
        }
        for template in ("record_changed", "record_changed_to_provider"):
            yield _of(application, template, when, **told)


def _to_the_sponsor(application: Application) -> Iterator[Example]:
    sponsor = _sponsor(application)
    for template in ("sponsor_invited", "sponsor_reminded"):
        yield _of(application, template, sponsor=sponsor, path="/sponsor/example-of-a-link/")
    for template in ("sponsor_replaced", "sponsor_not_needed"):
        yield Example(f"applications/{template}", {"application": application, "sponsor": sponsor})
    for when, by_staff in (("changed by staff", True), ("with another provider", False)):
        given = {"application": application, "sponsor": sponsor, "by_staff": by_staff}
        yield Example("applications/sponsor_form_gone", given, when)
    yield Example("applications/sponsor_not_asked", {"application": application})


def _to_the_provider(application: Application) -> Iterator[Example]:
    for template in ("message_to_provider", "information_sent"):
        yield _of(application, template)
    for when, had_a_place in (("with a place", True), ("without a place", False)):
        yield _of(application, "provider_withdrawn", when, had_a_place=had_a_place)
    left = {"application": application, "provider": application.provider}
    yield Example("applications/provider_left", left)
    yield _of(example_application(state="withdrawn"), "person_erased", left=False)
    yield _of(application, "person_erased", "of an earlier provider", left=True)
    yield Example("erased", {})


def _reminders(application: Application) -> Iterator[Example]:
    draft = Application(pk=UUID(int=3), applicant=PERSON, answers_saved_at=NOW)
    term = Term(name="Autumn 2026", registration_closes=date(2026, 12, 18))
    begun: dict[str, Any] = {"npq": "Headship", "term": term}
    yield _reminder(draft, ReminderKind.DRAFT, **begun)
    yield _reminder(draft, ReminderKind.DRAFT, "empty", npq="", term=None)
    yield _reminder(draft, Ends.TERM, **begun)
    yield _reminder(draft, Ends.COURSE, "of a draft", course=RUN, **begun)
    yield _reminder(application, Ends.COURSE, "of an application", course=RUN)
    form_by = form_expected(NOW)
    yield _reminder(application, ReminderKind.FORM, form_by=form_by, late=False)
    yield _reminder(application, ReminderKind.FORM, "late", form_by=form_by, late=True)
    yield _reminder(application, Ends.FORM)
    yield _reminder(application, Ends.SPONSOR, sponsor=_sponsor(application))
    yield _reminder(application, Ends.OFFER)
    yield from _interest()


def _reminder(application: Application, of: ReminderKind | Ends, when: str = "", **context: Any) -> Example:
    kind = of if isinstance(of, ReminderKind) else ReminderKind.DEADLINE
    off = off_path(PERSON, kind)
    last_day = date(2026, 11, 29)
    return _of(application, f"reminder_{of}", when, kind=kind, off=off, last_day=last_day, **context)


def _interest() -> Iterator[Example]:
    """About no application: to who asked to be told when registration opens."""
    interest = Interest(pk=UUID(int=3), email="ada@example.test")
    asked = {"interest": interest, "confirm_by": datetime(2026, 11, 29, tzinfo=UTC)}
    yield Example("applications/interest_confirm", asked)
    yield Example("applications/interest_is_on", asked)
    yield Example("applications/interest_opened", {"terms": ["Spring 2027", "Autumn 2027"]})
