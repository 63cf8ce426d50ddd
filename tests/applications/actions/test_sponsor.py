"""The sponsor is asked, answers once, is reminded, and somebody else can be asked instead."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from applications import actions, tasks
from applications.actions.errors import AlreadyDone, Incomplete, TooManyInvitations
from applications.actions.sponsor import INVITATIONS_A_DAY
from applications.models import Application, Sponsor, SponsorLink
from applications.models.sponsor import hash_of
from applications.states import State
from applications.working_days import working_day_after
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, NOW, SPONSOR, WRITTEN, registered_by, waiting_by
from tests.people import UserFactory

OTHER = {"name": "Olu Other", "email": "olu@example.test", "role": "trust_leader"}


@pytest.fixture
def application(world, teacher):
    return waiting_by(teacher)


def sponsor_of(application):
    return application.sponsors.get(state="waiting")


def tokens():
    mails = OutboxMessage.objects.filter(template__startswith="applications/sponsor_").order_by("pk")
    return [found[1] for mail in mails if (found := re.search(r"/sponsor/([\w-]+)/", mail.text))]


def test_asking_mails_a_link_of_which_only_the_hash_is_stored(application, left_behind):
    assert left_behind()[0][-1] == "applications.sponsor_asked"
    assert left_behind()[1][-1] == "applications/sponsor_invited"
    (token,) = tokens()
    assert len(token) >= 40
    assert SponsorLink.objects.get().token_hash == hash_of(token) != token
    mail = OutboxMessage.objects.get(template="applications/sponsor_invited")
    assert (mail.to, mail.sensitive) == (SPONSOR[1], True)
    assert sponsor_of(application).expires_at == NOW + timedelta(days=28)
    assert Sponsor.objects.of_link(token) == sponsor_of(application)


@pytest.mark.parametrize(
    ("answers", "sponsor"),
    [
        ({**WRITTEN, "why-this-npq": ""}, SPONSOR),
        ({**WRITTEN, "difference": "word " * 251}, SPONSOR),
        (WRITTEN, None),
    ],
)
def test_nobody_is_asked_before_the_form_is_complete(world, teacher, answers, sponsor, left_behind):
    application = registered_by(teacher)
    actions.save_form(application=application, answers=answers, sponsor=sponsor, by=teacher, now=NOW)
    before = left_behind()
    with pytest.raises(Incomplete):
        actions.ask_sponsor(application=application, by=teacher, now=NOW)
    assert left_behind() == before
    assert Application.objects.get().status is State.FORM_STARTED


def test_endorsing_sends_the_form_to_the_provider(application, left_behind):
    before = left_behind()
    assert actions.endorse(sponsor=sponsor_of(application), now=LATER) is None
    stored = Application.objects.get()
    assert (stored.status, stored.submitted_at) == (State.SUBMITTED, LATER)
    assert (stored.sponsors.get().state, stored.sponsors.get().answered_at) == ("endorsed", LATER)
    audit, mails = left_behind()
    assert audit[len(before[0]) :] == ["applications.endorsed"]
    assert mails[len(before[1]) :] == ["applications/submitted"]
    assert "Sam Sponsor has endorsed your application." in OutboxMessage.objects.latest("pk").text


def test_declining_gives_the_reason_and_the_form_is_open_again(application, teacher, left_behind):
    before = left_behind()
    sponsor = sponsor_of(application)
    with pytest.raises(Incomplete):
        actions.decline(sponsor=sponsor, reason="  ", now=LATER)
    assert left_behind() == before
    actions.decline(sponsor=sponsor, reason="Too <busy> & tired.", now=LATER)
    stored = Application.objects.get()
    assert (stored.status, stored.submitted_at) == (State.FORM_STARTED, None)
    audit, mails = left_behind()
    assert audit[len(before[0]) :] == ["applications.sponsor_declined"]
    assert mails[len(before[1]) :] == ["applications/sponsor_declined"]
    mail = OutboxMessage.objects.latest("pk")
    assert "Too <busy> & tired." in mail.text
    assert "Too &lt;busy&gt; &amp; tired." in mail.html
    actions.save_form(application=stored, answers={}, sponsor=SPONSOR, by=teacher, now=LATER)
    assert actions.ask_sponsor(application=stored, by=teacher, now=LATER).status is State.AWAITING_SPONSOR
    assert [each.state for each in stored.sponsors.all()] == ["declined", "waiting"]


def test_the_wrong_person_says_so(application, left_behind):
    before = left_behind()
    assert actions.say_wrong_person(sponsor=sponsor_of(application), now=LATER) is None
    assert Application.objects.get().status is State.FORM_STARTED
    audit, mails = left_behind()
    assert audit[len(before[0]) :] == ["applications.sponsor_was_wrong"]
    assert mails[len(before[1]) :] == ["applications/sponsor_was_wrong"]


ANSWERS = {
    "endorse": lambda sponsor, now: actions.endorse(sponsor=sponsor, now=now),
    "decline": lambda sponsor, now: actions.decline(sponsor=sponsor, reason="No.", now=now),
    "wrong person": lambda sponsor, now: actions.say_wrong_person(sponsor=sponsor, now=now),
}


@pytest.mark.parametrize("again", ANSWERS)
@pytest.mark.parametrize("first", [*ANSWERS, "run out", "replaced", "withdrawn"])
def test_an_answer_is_given_once_and_in_time(application, teacher, left_behind, first, again):
    sponsor, now = sponsor_of(application), LATER
    if first in ANSWERS:
        ANSWERS[first](sponsor, LATER)
    elif first == "run out":
        now = NOW + timedelta(days=28)
    elif first == "replaced":
        actions.change_sponsor(application=application, **OTHER, by=teacher, now=LATER)
    else:
        actions.withdraw(application=application, by=teacher, now=LATER)
    before = left_behind(), list(Sponsor.objects.values()), Application.objects.values().get()
    with pytest.raises(AlreadyDone):
        ANSWERS[again](sponsor, now)
    assert (left_behind(), list(Sponsor.objects.values()), Application.objects.values().get()) == before


def test_somebody_else_is_asked_instead_and_the_first_is_told(application, teacher, left_behind):
    before = left_behind()
    actions.change_sponsor(application=application, **OTHER, by=teacher, now=LATER)
    assert [(each.name, each.state) for each in application.sponsors.all()] == [
        ("Sam Sponsor", "replaced"),
        ("Olu Other", "waiting"),
    ]
    audit, mails = left_behind()
    assert audit[len(before[0]) :] == ["applications.sponsor_changed"]
    assert mails[len(before[1]) :] == ["applications/sponsor_invited", "applications/sponsor_replaced"]
    told = OutboxMessage.objects.get(template="applications/sponsor_replaced")
    assert told.to == SPONSOR[1]
    assert "Olu" not in told.text + told.html


def test_whose_link_has_run_out_is_not_told(application, teacher):
    late = NOW + timedelta(days=29)
    actions.change_sponsor(application=application, **OTHER, by=teacher, now=late)
    assert not OutboxMessage.objects.filter(template="applications/sponsor_replaced").exists()


def test_a_link_sent_again_works_from_then_and_so_does_the_first(application, teacher):
    late = NOW + timedelta(days=29)
    actions.send_link_again(application=application, by=teacher, now=late)
    first, second = tokens()
    assert Sponsor.objects.of_link(first) == Sponsor.objects.of_link(second)
    assert sponsor_of(application).expires_at == late + timedelta(days=28)
    actions.endorse(sponsor=Sponsor.objects.of_link(first), now=late)
    assert Application.objects.get().status is State.SUBMITTED


def test_links_are_sent_a_few_times_a_day(application, teacher, left_behind):
    for _ in range(INVITATIONS_A_DAY - 1):
        actions.send_link_again(application=application, by=teacher, now=LATER)
    before = left_behind()
    with pytest.raises(TooManyInvitations):
        actions.send_link_again(application=application, by=teacher, now=LATER)
    with pytest.raises(TooManyInvitations):
        actions.change_sponsor(application=application, **OTHER, by=teacher, now=LATER)
    assert left_behind() == before
    assert sponsor_of(application).name == SPONSOR[0]
    actions.send_link_again(application=application, by=teacher, now=LATER + timedelta(days=1))


def test_the_next_who_waits_for_the_same_address_is_offered(application):
    second = waiting_by(UserFactory(), sponsor=("Sam S", SPONSOR[1].upper(), SPONSOR[2]), now=LATER)
    waiting_by(UserFactory(), sponsor=("Olu", "olu@example.test", SPONSOR[2]))
    following = actions.endorse(sponsor=sponsor_of(application), now=LATER)
    assert Sponsor.objects.of_link(following) == sponsor_of(second)
    assert actions.decline(sponsor=sponsor_of(second), reason="No.", now=LATER) is None


def test_the_wrong_person_is_offered_nothing(application):
    waiting_by(UserFactory())
    assert actions.say_wrong_person(sponsor=sponsor_of(application), now=LATER) is None
    assert SponsorLink.objects.count() == 2


@pytest.mark.parametrize(
    ("asked", "fifth", "tenth"),
    [
        ("2026-11-20", "2026-11-27", "2026-12-04"),  # a Friday
        ("2026-11-22", "2026-11-27", "2026-12-04"),  # a Sunday
        ("2026-12-18", "2026-12-29", "2027-01-06"),  # over Christmas, Boxing Day's substitute and New Year
        ("2027-03-24", "2027-04-02", "2027-04-09"),  # over Easter
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(asked, fifth, tenth):
    day = datetime.fromisoformat(asked).date()
    assert [str(working_day_after(day, count)) for count in (5, 10)] == [fifth, tenth]


def test_reminders_go_out_after_5_and_10_working_days_once_each(application, left_behind):
    def morning(day, month=11):
        sponsor = Sponsor.objects.get()
        return actions.remind(sponsor=sponsor, now=datetime(2026, month, day, 8, 10, tzinfo=UTC))

    before = left_behind()
    assert not morning(26)
    assert [morning(27), morning(27), morning(30)] == [True, False, False]
    assert [morning(4, 12), morning(7, 12)] == [True, False]
    audit, mails = left_behind()
    assert audit[len(before[0]) :] == ["applications.sponsor_reminded"] * 2
    assert mails[len(before[1]) :] == ["applications/sponsor_reminded"] * 2
    assert Sponsor.objects.of_link(tokens()[-1]) == Sponsor.objects.get()


def test_every_morning_whoever_is_due_is_reminded(world):
    long_ago = timezone.now() - timedelta(days=20)
    for person in range(2):
        waiting_by(UserFactory(email=f"t{person}@example.test"), now=long_ago)
    waiting_by(UserFactory(), now=timezone.now())
    for _ in range(2):
        tasks.remind_sponsors(0)
    assert sorted(Sponsor.objects.values_list("reminders_sent", flat=True)) == [0, 2, 2]
    assert OutboxMessage.objects.filter(template="applications/sponsor_reminded").count() == 2


def test_after_a_long_outage_one_reminder_is_sent(application):
    later = datetime(2026, 12, 9, 8, 10, tzinfo=UTC)
    assert actions.remind(sponsor=Sponsor.objects.get(), now=later)
    assert not actions.remind(sponsor=Sponsor.objects.get(), now=later)


@pytest.mark.parametrize("end", ["endorsed", "withdrawn", "run out"])
def test_nobody_is_reminded_of_what_is_over(application, teacher, end):
    now = NOW + timedelta(days=27)
    if end == "endorsed":
        actions.endorse(sponsor=Sponsor.objects.get(), now=LATER)
    elif end == "withdrawn":
        actions.withdraw(application=application, by=teacher, now=LATER)
    else:
        now = NOW + timedelta(days=28)
    assert not actions.remind(sponsor=Sponsor.objects.get(), now=now)
    assert not Sponsor.objects.waiting_at(now).exists()


def test_when_the_mail_cannot_be_written_nothing_happened(application, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("applications.actions.mails.queue", broken)
    with pytest.raises(RuntimeError):
        actions.endorse(sponsor=sponsor_of(application), now=LATER)
    assert Application.objects.get().status is State.AWAITING_SPONSOR
    assert sponsor_of(application).answered_at is None
