"""Erasing a person: nothing in the whole database says who they were, and what is counted stays.

Design, quality figures, 23. One person has been through everything, with the mark in every text that a person writes.
"""

from datetime import date, timedelta
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client

from applications import actions
from applications.actions.errors import Erased, NotYourself, StaffAccount, StillInTraining
from applications.journey.choices import Choices
from applications.models import Application, ClosedApplication, FundedPlaces, Sponsor, TrainingChange
from applications.queries import scored_questions
from applications.states import Action, State
from funding.rules.decide import decide
from funding.rules.facts import Facts
from npq_portal.accounts import codes
from npq_portal.accounts.models import ERASED, Session, SignInCode, User
from npq_portal.audit.models import AuditEvent
from npq_portal.mail import sending
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    ANSWERS,
    LATER,
    NOW,
    WRITTEN,
    AllowedAddressFactory,
    ApplicationFactory,
    FundedPlacesFactory,
    InterestFactory,
    draft_of,
    registered_by,
    staff_of,
    submitted_by,
    two_people,
    waiting_by,
)
from tests.factories.catalogue import CourseAlertFactory, InvitationFactory
from tests.people import StaffFactory, UserFactory, sign_in
from tests.rows import digests, holding

MARK, TRN, BORN = "zqxmark", "7654321", date(1987, 3, 27)
EMAIL, NAME = f"{MARK}@example.test", f"{MARK.title()} O'Person"
# All that somebody could be found by.
NEEDLES = (MARK, TRN, BORN.isoformat(), "sponsor-of-theirs", "800100")
MARKED = {
    key: f"{value} {MARK}" if isinstance(value, str) and key in ("called", "job", "led-example") else value
    for key, value in WRITTEN.items()
}
ERASING = LATER + timedelta(hours=1)


def named(letter):
    return (f"Sponsor {MARK} {letter}", f"sponsor-of-theirs-{letter}@example.test", "chair_of_governors")


def known_as(person, **changed):
    answers = {"name": {"name": NAME}, "trn": {"has_trn": "yes", "trn": TRN}, **changed}
    return {slug: value for slug, value in answers.items() if slug in ANSWERS}


@pytest.fixture
def person(world):
    return UserFactory(email=EMAIL, full_name=NAME, trn=TRN, trn_verified=True, date_of_birth=BORN)


def ended(person, world, decider):
    """One that passed, after a pause for a reason, and one that was rejected for a reason."""
    about = {"applicant": person, "full_name": NAME, "trn": TRN, "date_of_birth": BORN}
    about |= {"workplace_name": f"School {MARK}", "workplace_reference": "800100"}
    passed = ApplicationFactory(accepted=True, qualification=world.literacy, provider=world.ambition, **about)
    for action in (Action.START_TRAINING, Action.DEFER, Action.RESUME, Action.PASS):
        reason = f"Because of {MARK}" if action is Action.DEFER else ""
        now = {"by": decider, "now": LATER, "on": NOW.date(), "reason": reason}
        actions.record_training(application=passed, action=action, **now)
    reviewed = {"funding_reviewed_at": NOW, "funding_reviewed_by": decider, "funding_outcome": "not_funded"}
    about |= {"in_review": True, "funding_review_reason": f"{MARK}'s school is private.", **reviewed}
    return passed, ApplicationFactory(rejected=True, decision_reason=f"{MARK} was too late.", **about)


def at_two_providers(person, world, decider, rival):
    """One that left its first provider, with all that was written there, and is accepted with a place at its second."""
    mine = {"by": person, "now": LATER}
    application = submitted_by(person, sponsor=named("a"), **known_as(person))
    actions.write_message(application=application, text=f"When, asks {MARK}?", **mine)
    actions.change_provider(application=application, provider=world.other, **mine)
    application.refresh_from_db()
    actions.save_form(application=application, answers=MARKED, sponsor=named("b"), **mine)
    actions.ask_sponsor(application=application, **mine)
    first = application.sponsors.get(state="waiting")
    actions.remind(sponsor=first, now=LATER + timedelta(days=8))
    actions.decline(sponsor=first, reason=f"No, {MARK}.", now=LATER)
    application.refresh_from_db()
    actions.save_form(application=application, answers=MARKED, sponsor=named("c"), **mine)
    actions.ask_sponsor(application=application, **mine)
    second = dict(zip(("name", "email", "role"), named("d"), strict=True))
    actions.change_sponsor(application=application, **second, **mine)
    actions.endorse(sponsor=application.sponsors.get(state="waiting"), now=LATER)
    application.refresh_from_db()
    actions.note(application=application, text=f"{MARK} is keen.", by=rival, now=LATER)
    actions.ask_for_more(application=application, text=f"Why, {MARK}?", by=rival, now=LATER)
    actions.send_information(application=application, text=f"So, says {MARK}.", **mine)
    scored = {question.key: (2, f"{MARK} knows how.") for question in scored_questions(application)}
    actions.score(application=application, given=scored, by=staff_of(world.other, "scorer"), now=LATER)
    actions.accept(application=application, funded_place=True, by=rival, now=LATER)
    return application


def beside_the_applications(person):
    """What asking, signing in and being helped by staff leave behind."""
    draft = draft_of(person, **known_as(person))
    draft.answers.create(step="employer", value={"employer": f"{MARK} Ltd"}, answered_at=NOW)
    CourseAlertFactory(email=EMAIL.upper())
    InvitationFactory(email=EMAIL)
    AllowedAddressFactory(email=EMAIL)
    InterestFactory(email=EMAIL)
    two_people(person, UserFactory(), reason=f"Not {MARK}.")
    person.saved_filters.create(name=f"Like {MARK}", query="doing=new", saved_at=NOW)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True)
    LogEntry.objects.create(
        user=StaffFactory(),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )
    codes.send(email=EMAIL, address="192.0.2.1", now=NOW)
    waiting = Client().session
    waiting["sign_in"] = {"code": "x", "email": EMAIL, "next": "/"}
    waiting.save()


@pytest.fixture
def everything(world, person, decider, rival):
    """The person's registered applications; somebody else's rows stand beside them."""
    FundedPlacesFactory(provider=world.other, qualification=world.headship, term=world.term, cap=1)
    registered = [*ended(person, world, decider), at_two_providers(person, world, decider, rival)]
    beside_the_applications(person)
    return registered


def erase(person, now=ERASING):
    actions.erase(person=person, by=person, now=now)


def send_all():
    for pk in OutboxMessage.objects.filter(state="queued").values_list("pk", flat=True):
        sending.attempt(pk, now=ERASING)


# Schools are public, and not the person's; the first provider's form is as it was published.
NOT_THEIRS = {"funding_establishment", "funding_searchname", "catalogue_searchentry"}


def found(needles=NEEDLES):
    return {needle: tables for needle in needles if (tables := holding(needle) - NOT_THEIRS)}


def test_nothing_in_any_table_says_who_it_was(everything, person):
    assert found().keys() == set(NEEDLES), "each is there to be found before"
    erase(person)
    assert found() == {MARK: {"mail_outboxmessage"}}, "the last mail, until it is sent"
    assert list(OutboxMessage.objects.filter(to=EMAIL).values_list("template", flat=True)) == ["erased"]
    send_all()
    assert found() == {}


def test_mails_from_before_they_said_what_they_are_about(everything, person):
    about = dict(OutboxMessage.objects.values_list("pk", "about"))
    OutboxMessage.objects.update(about="")
    with connection.cursor() as cursor:
        cursor.execute(import_module("npq_portal.mail.migrations.0004_about").FILL)
    assert dict(OutboxMessage.objects.values_list("pk", "about")) == about
    erase(person)
    send_all()
    assert found() == {}


def test_what_stays_is_what_is_counted(everything, person):
    counted = ("pk", "reference", "provider", "qualification", "term", "funding_outcome", "funding_decision")
    kept = Application.objects.filter(pk__in=[each.pk for each in everything]).order_by("pk")
    before = list(kept.values(*counted, "funding_facts"))
    closed = list(ClosedApplication.objects.values("reference", "provider", "registered_at", "closed_at"))
    erase(person)
    after = list(kept.values(*counted, "funding_facts"))
    for was, now in zip(before, after, strict=True):
        facts = was.pop("funding_facts"), now.pop("funding_facts")
        assert was == now
        if "npq" in facts[0]:
            assert decide(Facts.from_json(facts[1])).outcome == decide(Facts.from_json(facts[0])).outcome
    assert list(ClosedApplication.objects.values(*closed[0])) == closed
    assert {each.status for each in kept} == {State.PASSED, State.REJECTED, State.WITHDRAWN}
    assert [change.on for change in TrainingChange.objects.all()] == [NOW.date()] * 4
    assert {each.applicant.full_name for each in kept} == {each.full_name for each in kept} == {ERASED}


def test_one_audit_row_beside_the_withdrawals(everything, person):
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    erase(person)
    rows = AuditEvent.objects.exclude(pk__in=before).order_by("pk")
    assert [row.action for row in rows] == ["applications.withdrawn", "accounts.erased"]
    assert rows.last().subject == f"accounts.user:{person.pk}"


def test_providers_are_told_without_a_name_and_the_place_is_free(world, everything, person, rival, decider):
    erase(person)
    told = OutboxMessage.objects.filter(template="applications/person_erased")
    # The first provider of two applications: of the one that it has, and of the one that left it.
    assert sorted(told.values_list("to", flat=True)) == [decider.email, decider.email, rival.email]
    for mail in told:
        assert mail.text.startswith("Delete what you keep elsewhere about NPQ-")
    assert FundedPlaces.objects.get().taken == 0
    assert not OutboxMessage.objects.filter(template="applications/withdrawn").exists()


def test_the_provider_that_was_left_is_told_too_without_a_name(world, person, decider, rival):
    application = submitted_by(person, sponsor=named("a"), **known_as(person))
    actions.change_provider(application=application, provider=world.other, by=person, now=LATER)
    erase(person)
    told = dict(OutboxMessage.objects.filter(template="applications/person_erased").values_list("to", "text"))
    assert set(told) == {decider.email, rival.email}
    assert "had gone on to another lead provider" in told[decider.email]
    assert "/closedapplication/" in told[decider.email]
    assert "had gone on" not in told[rival.email]
    assert NAME not in told[decider.email]


def test_a_sponsor_who_was_asked_is_told_without_a_name_and_forgotten(world, person):
    waiting_by(person, sponsor=named("a"))
    erase(person)
    mail = OutboxMessage.objects.get(template="applications/sponsor_not_asked")
    assert mail.to == named("a")[1]
    assert "Ada" not in mail.text + mail.html + mail.subject
    send_all()
    mail.refresh_from_db()
    assert (mail.state, mail.to) == ("sent", "")
    assert not Sponsor.objects.exists()


def test_who_was_somebodys_sponsor_stays_so(world, person):
    waiting_by(UserFactory(), sponsor=(NAME, EMAIL, "chair_of_governors"))
    erase(person)
    assert Sponsor.objects.get().email == EMAIL
    assert OutboxMessage.objects.filter(template="applications/sponsor_invited", to=EMAIL).exists()


def test_the_address_is_free_and_nobody_is_signed_in_any_more(world, person):
    browser = sign_in(Client(), person)
    other = sign_in(Client(), UserFactory())
    codes.send(email=EMAIL, address="192.0.2.1", now=NOW)
    erase(person)
    assert browser.get("/my-data/").status_code == 302
    assert other.get("/my-data/").status_code == 200
    assert Session.objects.count() == 1
    assert not SignInCode.objects.exists()
    again = User.objects.of_email(EMAIL)
    assert (again.is_active, again.full_name, again.applications.count()) == (True, "", 0)
    assert again.pk != person.pk


def test_a_second_time_changes_nothing(everything, person):
    erase(person)
    before = digests()
    erase(person, now=ERASING + timedelta(days=1))
    assert digests() == before


@pytest.mark.parametrize("state", ["active", "deferred"])
def test_nobody_in_training(world, person, state):
    ApplicationFactory(active=True, applicant=person, state=state)
    draft_of(person)
    before = digests()
    with pytest.raises(StillInTraining):
        erase(person)
    assert digests() == before


def test_neither_staff_nor_somebody_else(person, portal_staff):
    before = digests()
    with pytest.raises(StaffAccount):
        erase(portal_staff)
    with pytest.raises(NotYourself):
        actions.erase(person=person, by=portal_staff, now=ERASING)
    assert digests() == before


def test_nothing_is_written_about_them_afterwards(world, person, decider):
    application = registered_by(person)
    seen = User.objects.get(pk=person.pk)
    erase(person)
    with pytest.raises(Erased):
        actions.start(by=seen, now=ERASING, carried={}, choices=Choices.__new__(Choices))
    with pytest.raises(Erased):
        actions.note(application=application, text="They were keen.", by=decider, now=ERASING)


# Every field of what stays, as decided: a new one fails until somebody has said which it is.
EMPTIED = {
    "accounts.User": "email password full_name trn trn_verified date_of_birth is_active last_login erased_at "
    "merged_into",
    "applications.Application": "full_name date_of_birth trn workplace_reference workplace_name funding_facts "
    "decision_reason funding_review_reason erased_at state state_since waiting_number offer_ends_at "
    "undo_until before_decision",
    "applications.ClosedApplication": "form_answers sponsor messages",
    "applications.TrainingChange": "reason",
}
KEPT = {
    "accounts.User": "id is_staff is_superuser is_portal_staff date_joined groups user_permissions enabled_at "
    "dormancy_told_at dormant_at",
    "applications.Application": "id applicant started_at answers_saved_at reference registered_at term qualification "
    "provider provider_since course_run course_run_as_of funding_decision funding_outcome funding_reason "
    "funding_rules_version funding_evidence earlier_decisions funding_reviewed_at funding_reviewed_by funding_choice "
    "form submitted_at awaits_scores information_at decided_at funded_place",
    "applications.ClosedApplication": "id application provider qualification term reference registered_at "
    "submitted_at closed_at why",
    "applications.TrainingChange": "id application action on made_by made_at",
}
DELETED = {
    "accounts.SignInCode",
    "account.EmailAddress",
    "mfa.Authenticator",
    "admin.LogEntry",
    "accounts.Session",
    "mail.OutboxMessage",
    "catalogue.CourseAlert",
    "catalogue.Invitation",
    "applications.AllowedAddress",
    "applications.Interest",
    "catalogue.ProviderMembership",
    "catalogue.HubMembership",
    "applications.Answer",
    "applications.BulkDecisionLine",
    "applications.FormAnswer",
    "applications.Message",
    "applications.Note",
    "applications.Reminder",
    "applications.ReminderOff",
    "applications.SavedFilter",
    "applications.Score",
    "applications.Sponsor",
    "applications.SponsorLink",
    "applications.TwoPeople",
}
# Nothing of an applicant's: what is published, what staff set up, counts under hashes, and history without names.
HOLDS_NOBODY = {
    "accounts.RateLimit",
    "switches.Switches",
    "audit.AuditEvent",
    "applications.BulkDecision",
    "applications.EndedDraft",
    "applications.FundedPlaces",
    "applications.ProviderForm",
    "account.EmailConfirmation",
}
# Django's own table of sessions, which is empty: ours are accounts.Session.
LIBRARIES = ("sessions", "auth", "axes", "contenttypes", "procrastinate")


def test_every_table_and_every_field_of_what_stays_has_its_decision():
    assert EMPTIED.keys() == KEPT.keys()
    for label in EMPTIED:
        fields = {field.name for field in apps.get_model(label)._meta.get_fields() if not field.auto_created}
        fields |= {"id"}
        emptied, kept = set(EMPTIED[label].split()), set(KEPT[label].split())
        assert not emptied & kept, label
        assert emptied | kept == fields, label
    told = EMPTIED.keys() | DELETED | HOLDS_NOBODY
    tables = [model for model in apps.get_models() if not model._meta.proxy]
    others = {model._meta.label for model in tables if model._meta.app_label not in LIBRARIES}
    public = {label for label in others if label.partition(".")[0] in ("catalogue", "funding")}
    assert others - public == told - public
