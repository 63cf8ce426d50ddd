"""What has been kept long enough goes, nothing else does, and the figures stay."""

from datetime import date, datetime, time, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from applications import actions, tasks
from applications.actions import retention
from applications.actions.letting_go import NotAllGone, in_batches
from applications.actions.retention import apply_all, due
from applications.figures.count import Chosen, counted
from applications.figures.weeks import last_weeks
from applications.models import AllowedAddress, Application, BulkDecision, EndedDraft, Interest
from applications.vocabulary import ERASED_REASON
from catalogue.models import CourseAlert, Invitation, RunUpload
from funding.models import EditionUpload, ExtractUpload
from npq_portal.accounts.models import ERASED, RateLimit, Session, SignInCode, User
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from npq_portal.retention import BY_KEY, RULES, Then
from tests.factories.applications import (
    NOW,
    AllowedAddressFactory,
    ApplicationFactory,
    InterestFactory,
    draft_of,
    registered_by,
    submitted_by,
)
from tests.factories.catalogue import CourseAlertFactory, InvitationFactory
from tests.factories.funding import ExtractUploadFactory
from tests.funding.models.test_imports import upload as edition_upload
from tests.people import UserFactory
from tests.rows import holding

DAY = timedelta(days=1)
MARK = "zqxretained"


def after(key, since=NOW):
    """The first moment at which it is not kept any longer."""
    return since + timedelta(days=BY_KEY[key].days)


def ended(state, **changes):
    return ApplicationFactory(**{"submitted": True, "state": state, "state_since": NOW, **changes})


def trained(state="passed", **changes):
    return ended(state, funded_place=False, decided_at=NOW, **changes)


def gone(now, key):
    return apply_all(now=now).gone[key]


def test_a_draft_goes_90_days_after_its_last_answer_and_stays_counted(world):
    draft_of(UserFactory())
    fresh = draft_of(UserFactory(), now=NOW + DAY)
    assert gone(after("drafts") - timedelta(seconds=1), "drafts") == 0
    assert gone(after("drafts"), "drafts") == 1
    assert list(Application.objects.all()) == [fresh]
    assert EndedDraft.objects.get().qualification == world.headship
    assert AuditEvent.objects.get(action="applications.draft_expired").actor == "system"


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_refused_and_withdrawn_ones_are_anonymised_after_2_years(db, state):
    decided = {"decided_at": NOW, "decision_reason": f"{MARK} was late."} if state == "rejected" else {}
    application = ended(state, full_name=MARK, **decided)
    assert gone(after("ended") - DAY, "ended") == 0
    assert gone(after("ended"), "ended") == 1
    application.refresh_from_db()
    assert (application.full_name, application.trn, application.state) == (ERASED, "", state)
    assert application.decision_reason == ("Erased when it had been kept long enough." if decided else "")
    assert AuditEvent.objects.filter(action="applications.anonymised").count() == 1


def test_trained_ones_7_years_after_the_term_s_longest_course(db):
    application = trained(
        term__starts_on=date(2026, 11, 1), qualification__total_months_high=22, state_since=NOW
    )
    taught_until = date(2028, 9, 1)
    too_soon = after("trained")
    assert gone(too_soon, "trained") == 0
    now = NOW.replace(year=taught_until.year, month=9, day=1, hour=0) + timedelta(days=7 * 365)
    assert gone(now - DAY, "trained") == 0
    assert gone(now, "trained") == 1
    application.refresh_from_db()
    assert application.full_name == ERASED


def test_without_a_known_start_the_end_of_the_training_counts(db):
    trained("left_training", term__starts_on=None)
    assert gone(after("trained") - DAY, "trained") == 0
    assert gone(after("trained"), "trained") == 1


@pytest.mark.parametrize("state", ["accepted", "active", "deferred", "submitted", "registered"])
def test_what_has_not_ended_is_kept_however_old(db, state):
    accepted = (
        {"funded_place": False, "decided_at": NOW} if state in ("accepted", "active", "deferred") else {}
    )
    ended(state, **accepted)
    counts = apply_all(now=NOW + timedelta(days=20 * 365)).gone
    assert (counts["ended"], counts["trained"]) == (0, 0)


def test_nothing_says_who_it_was_and_the_figures_stay(world, portal_staff):
    person = UserFactory(email=f"{MARK}@example.test", full_name=MARK, last_login=NOW)
    application = submitted_by(person, name={"name": MARK})
    actions.withdraw(application=application, by=person, now=NOW)
    OutboxMessage.objects.update(state="sent", sent_at=NOW, next_try_at=None)
    mondays = last_weeks(NOW, 4)
    before = counted(user=portal_staff, chosen=Chosen(), mondays=mondays)
    now = after("ended")
    counts = apply_all(now=now).gone
    assert (counts["ended"], counts["accounts"]) == (1, 1)
    assert holding(MARK) == set()
    assert counted(user=portal_staff, chosen=Chosen(), mondays=mondays) == before


def test_an_account_that_is_used_or_has_something_left_stays(world):
    used, other = (UserFactory(last_login=NOW) for _ in range(2))
    for person in (used, other):
        application = registered_by(person)
        actions.withdraw(application=application, by=person, now=NOW)
    now = after("ended")
    User.objects.filter(pk=used.pk).update(last_login=now - DAY)
    draft_of(other, now=now)
    assert gone(now, "accounts") == 0
    assert not User.objects.exclude(erased_at=None).exists()


def test_the_text_of_mails_goes_90_days_after_sending(world):
    registered_by(UserFactory())
    OutboxMessage.objects.update(state="sent", sent_at=NOW, next_try_at=None)
    assert gone(after("mails") - DAY, "mails") == 0
    number = OutboxMessage.objects.count()
    assert gone(after("mails"), "mails") == number
    assert set(OutboxMessage.objects.values_list("text", "html")) == {("", "")}
    assert OutboxMessage.objects.filter(sent_at=NOW).count() == number


def test_a_mail_that_still_waits_keeps_its_text(world):
    registered_by(UserFactory())
    apply_all(now=NOW + timedelta(days=80))
    assert not OutboxMessage.objects.filter(text="").exists()


def test_mails_that_were_given_up_are_deleted(world):
    registered_by(UserFactory())
    OutboxMessage.objects.update(state="dead", next_try_at=None)
    number = OutboxMessage.objects.count()
    assert gone(after("undelivered"), "undelivered") == number
    assert not OutboxMessage.objects.exists()


def preview():
    RunUpload.objects.create(by=UserFactory(), file_name="x.csv", rows=[], made_at=NOW, expires_at=NOW + DAY)


def list_preview():
    edition_upload(made_at=NOW, expires_at=NOW + DAY)


def extract_preview():
    ExtractUploadFactory(made_at=NOW, expires_at=NOW + DAY)


def session():
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=NOW + DAY)


def code():
    SignInCode.objects.create(email="tess@example.test", digest="0" * 64, expires_at=NOW + DAY)


def limit():
    RateLimit.objects.create(name="x", key="x", started_at=NOW + DAY, count=1)


def invitation():
    InvitationFactory(sent_at=NOW, expires_at=NOW + DAY)


def allowed():
    AllowedAddressFactory(added_at=NOW + DAY)


def together():
    BulkDecision.objects.create(by=UserFactory(), choice="ask", made_at=NOW + DAY)


def interest():
    InterestFactory(asked_at=NOW, confirmed_at=NOW + DAY)


def alert():
    CourseAlertFactory(asked_at=NOW, confirmed_at=NOW, ends_on=timezone.localdate(NOW))


def unconfirmed_alert():
    CourseAlertFactory(asked_at=NOW + DAY, confirmed_at=None, ends_on=(NOW + 300 * DAY).date())


def unconfirmed():
    InterestFactory(asked_at=NOW + DAY, confirmed_at=None)


@pytest.mark.parametrize(
    ("key", "model", "made"),
    [
        ("together", BulkDecision, together),
        ("previews", RunUpload, preview),
        ("previews", EditionUpload, list_preview),
        ("previews", ExtractUpload, extract_preview),
        ("sessions", Session, session),
        ("sessions", SignInCode, code),
        ("limits", RateLimit, limit),
        ("invitations", Invitation, invitation),
        ("allowed", AllowedAddress, allowed),
        ("interest", Interest, interest),
        ("unconfirmed", Interest, unconfirmed),
        ("unconfirmed_alerts", CourseAlert, unconfirmed_alert),
    ],
)
def test_what_is_over_is_deleted(db, key, model, made):
    """Each is made so that its count begins a day after NOW."""
    made()
    over = after(key, NOW + DAY)
    assert gone(over - timedelta(seconds=1), key) == 0
    assert model.objects.count() == 1
    assert gone(over + timedelta(seconds=1), key) == 1
    assert not model.objects.exists()


def test_an_alert_goes_when_its_last_day_is_over(db):
    alert()
    midnight = datetime.combine(
        timezone.localdate(NOW) + DAY, time.min, tzinfo=timezone.get_current_timezone()
    )
    assert gone(midnight - timedelta(seconds=1), "alerts") == 0
    assert gone(midnight, "alerts") == 1
    assert not CourseAlert.objects.exists()


def test_finished_jobs_are_deleted(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
            " VALUES ('portal', 'x', 'succeeded', '{}'), ('portal', 'y', 'todo', '{}')"
        )
        cursor.execute("UPDATE procrastinate_events SET at = %s", [NOW])
    assert gone(after("jobs"), "jobs") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE task_name IN ('x', 'y')")
        assert cursor.fetchall() == [("y",)]


def test_an_invitation_that_was_answered_stays_without_its_address(db):
    InvitationFactory(sent_at=NOW, expires_at=NOW + DAY, accepted_at=NOW, email="")
    assert gone(NOW + timedelta(days=20 * 365), "invitations") == 0


def test_an_account_that_is_forgotten_leaves_its_address_nowhere(world):
    person = UserFactory(email=f"{MARK}@example.test", last_login=NOW)
    actions.withdraw(application=registered_by(person), by=person, now=NOW)
    OutboxMessage.objects.update(state="sent", sent_at=NOW, next_try_at=None)
    now = after("ended")
    # Of yesterday: no rule of their own has let them go.
    AllowedAddressFactory(email=person.email, added_at=now - DAY)
    InterestFactory(email=person.email, asked_at=now - DAY, confirmed_at=now - DAY)
    InvitationFactory(email=person.email, sent_at=now - DAY, expires_at=now + DAY)
    assert gone(now, "accounts") == 1
    assert holding(MARK) == set()


def failing_at_the_first(monkeypatch):
    """Of what is let go one by one, the first cannot be."""
    seen, real = [], retention.without_the_person

    def fails(application, *given):
        seen.append(application.pk)
        if application.pk == seen[0]:
            raise ValueError(MARK)
        real(application, *given)

    monkeypatch.setattr(retention, "without_the_person", fails)
    return seen


def test_one_that_fails_keeps_no_other_and_is_told_without_what_it_says(db, monkeypatch, caplog):
    for _ in range(3):
        ended("withdrawn", full_name=MARK)
    session()
    bad = failing_at_the_first(monkeypatch)
    result = apply_all(now=after("ended"))
    assert (result.gone["ended"], result.gone["sessions"], result.failed) == (2, 1, {"ended": 1})
    assert [each.pk for each in Application.objects.filter(erased_at=None)] == bad[:1]
    assert f"applications.Application {bad[0]}: ValueError at " in caplog.text
    assert MARK not in caplog.text


def test_the_command_and_the_nightly_job_end_badly_where_one_failed(db, monkeypatch):
    for _ in range(2):
        ended(
            "withdrawn",
            state_since=NOW - timedelta(days=20 * 365),
            registered_at=NOW - timedelta(days=21 * 365),
        )
    failing_at_the_first(monkeypatch)
    told = StringIO()
    with pytest.raises(CommandError, match=r"^1 could not be let go \(1 of ended\)\. The rest is done\."):
        call_command("apply_retention", stdout=told)
    line = next(each for each in told.getvalue().splitlines() if "refused or withdrawn" in each)
    assert " 1 " in line
    with pytest.raises(NotAllGone):
        tasks.apply_retention(timestamp=0)


def test_of_a_batch_one_that_fails_keeps_no_other(db):
    bad = InterestFactory()
    other = InterestFactory()

    def delete(rows):
        if rows.filter(pk=bad.pk).exists():
            raise ValueError
        rows.delete()

    step = in_batches(lambda now: Interest.objects.all(), delete)
    assert [sum(each) for each in zip(*step.apply(NOW), strict=True)] == [1, 1]
    assert not Interest.objects.filter(pk=other.pk).exists()


def test_a_step_that_cannot_look_stops_no_other(db, monkeypatch):
    def blind(now):
        raise ValueError

    monkeypatch.setitem(retention.STEPS, "ended", in_batches(blind))
    session()
    result = apply_all(now=NOW + 2 * DAY)
    assert (result.failed, result.gone["sessions"]) == ({"ended": 1}, 1)


def test_what_somebody_went_on_with_since_it_was_looked_for_stays(db):
    row, looked = InterestFactory(asked_at=NOW, confirmed_at=None), []

    def due_until_now(now):
        found = Interest.objects.filter(confirmed_at=None)
        looked.append(found)
        if len(looked) == 2:
            Interest.objects.update(confirmed_at=NOW)
        return found

    assert list(in_batches(due_until_now).apply(NOW)) == [(0, 0)]
    assert Interest.objects.get() == row


def test_a_second_run_finds_nothing_and_what_was_killed_is_gone_on_with(db, monkeypatch):
    for _ in range(3):
        ended("withdrawn")
    now, seen = after("ended"), []
    real = retention.without_the_person

    def killed_at_the_second(application, *given):
        seen.append(application)
        if len(seen) == 2:
            raise KeyboardInterrupt
        real(application, *given)

    monkeypatch.setattr(retention, "without_the_person", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        apply_all(now=now)
    assert Application.objects.exclude(erased_at=None).count() == 1
    assert gone(now, "ended") == 2
    assert set(apply_all(now=now).gone.values()) == {0}


def test_what_is_due_is_what_goes(world):
    draft_of(UserFactory())
    ended("withdrawn")
    trained()
    now = NOW + timedelta(days=11 * 365)
    expected = due(now)
    counts = apply_all(now=now).gone
    assert {**counts, "accounts": 0} == {**expected, "accounts": 0}
    assert (expected["accounts"], counts["accounts"]) == (0, 2), "their applications go first"


def test_erased_rows_may_go_back_over_the_migration(db):
    """Its reverse gives them the words that the constraint knew before."""
    back = import_module("applications.migrations.0028_erased_when_kept_long_enough").at_the_persons_request
    application = ended("rejected", decided_at=NOW, decision_reason="Late.")
    apply_all(now=after("ended"))
    back(apps, None)
    application.refresh_from_db()
    assert application.decision_reason == ERASED_REASON


def test_the_command_says_what_is_due_and_changes_nothing(world):
    draft_of(UserFactory(), seen=False, now=NOW - timedelta(days=20 * 365))
    told = StringIO()
    call_command("apply_retention", "--dry-run", stdout=told)
    line = next(each for each in told.getvalue().splitlines() if "not registered" in each)
    assert " 1 " in line
    assert "90 days after the last answer" in line
    assert told.getvalue().endswith("Nothing was changed.\n")
    assert Application.objects.count() == 1
    call_command("apply_retention", stdout=StringIO())
    assert Application.objects.count() == 0


def test_each_rule_that_lets_something_go_has_its_step():
    assert set(retention.STEPS) == {rule.key for rule in RULES if rule.then is not Then.KEPT}


def test_the_privacy_page_tells_every_rule(client, db):
    html = client.get("/privacy/").content.decode()
    for rule in RULES:
        assert rule.what in html
