"""Applicants are reminded in the morning: of what is due and wanted, once, and of nothing that is over."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from applications import actions, tasks
from applications.journey import reminders
from applications.journey.reminders import reminders_due
from applications.models import Application, Reminder, ReminderOff
from applications.models.reminder import off_path
from applications.vocabulary import ReminderKind
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    NOW,
    ApplicationFactory,
    draft_of,
    registered_by,
    waiting_by,
)
from tests.factories.catalogue import CourseRunFactory
from tests.people import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def morning(passed, now=NOW):
    """08:20 in London, so many days after `now`."""
    return datetime.combine(now.date() + timedelta(days=passed), datetime.min.time(), UTC).replace(
        hour=8, minute=20
    )


def remind(now):
    """What the task does at `now`: how many mails."""
    done = [
        actions.remind_applicant(application=each.application, due=each.due, about=each.about, now=now)
        for each in reminders_due(timezone.localdate(now))
    ]
    return sum(done)


def sent():
    mails = OutboxMessage.objects.filter(template__startswith="applications/reminder").order_by("pk")
    return [mail.template.removeprefix("applications/reminder_") for mail in mails]


def over(days):
    for passed in range(days):
        remind(morning(passed))
    return sent()


def last():
    return OutboxMessage.objects.order_by("pk").last()


def test_a_draft_is_named_twice_and_says_where_to_go_on(world, teacher):
    draft = draft_of(teacher)
    assert over(40) == ["draft", "draft"]
    mail = last()
    assert mail.to == teacher.email
    assert mail.subject == "Your registration for Headship is not finished"
    assert f"http://127.0.0.1:8000/applications/{draft.pk}/" in mail.text
    assert "22 November 2026" in mail.text
    assert mail.unsubscribe == f"http://127.0.0.1:8000{off_path(teacher, ReminderKind.DRAFT)}"
    assert mail.unsubscribe in mail.text
    assert mail.unsubscribe in mail.html
    assert teacher.email not in mail.unsubscribe
    assert list(Reminder.objects.values_list("days", "sent_on")) == [
        (3, date(2026, 11, 25)),
        (10, date(2026, 12, 2)),
    ]
    assert set(AuditEvent.objects.values_list("action", "actor")) == {
        ("applications.applicant_reminded", "system")
    }


def test_saving_counts_anew(world, teacher):
    draft_of(teacher)
    assert remind(morning(3)) == 1
    Application.objects.update(answers_saved_at=NOW + timedelta(days=5))
    assert [remind(morning(passed)) for passed in range(4, 16)] == [0] * 4 + [1] + [0] * 6 + [1]


def test_an_empty_draft_is_named_without_an_npq(world, teacher):
    ApplicationFactory(applicant=teacher)
    assert remind(morning(3)) == 1
    assert last().subject == "Your registration is not finished"


def test_of_several_drafts_the_newest_is_named(world, teacher):
    ApplicationFactory(applicant=teacher, answers_saved_at=NOW - timedelta(hours=5))
    newest = draft_of(teacher)
    assert [each.application.pk for each in reminders_due(morning(3).date())] == [newest.pk]


@pytest.mark.parametrize("ended", ["registered since", "account closed", "nobody can register"])
def test_a_draft_that_leads_nowhere_is_not_named(world, teacher, ended):
    draft_of(teacher)
    if ended == "registered since":
        ApplicationFactory(registered=True, applicant=teacher, registered_at=NOW + timedelta(hours=1))
        Application.objects.registered().update(state="withdrawn")
    elif ended == "account closed":
        teacher.is_active = False
        teacher.save()
    else:
        world.term.registration_closes = NOW.date()
        world.term.save()
    assert over(40) == []


def test_the_terms_last_day_is_said_to_a_draft(world, teacher):
    world.term.registration_closes = date(2027, 1, 15)
    world.term.save()
    draft_of(teacher)
    assert [remind(morning((date(2027, 1, day) - NOW.date()).days)) for day in (7, 8, 9, 13, 14)] == [
        0,
        1,
        0,
        1,
        0,
    ]
    assert sent() == ["term_closes", "term_closes"]
    assert last().subject == "Register by Friday 15 January 2027 for Headship"


def test_the_last_day_of_the_chosen_course_is_said(world, teacher):
    run = CourseRunFactory(
        provider=world.ambition, qualification=world.headship, term=world.term, apply_by=date(2026, 11, 30)
    )
    draft_of(teacher, course={"course": str(run.pk)})
    assert over(10) == ["course_closes", "course_closes"]
    assert run.headline in last().text
    assert "Finish your registration by Monday 30 November 2026" in last().text


def test_a_registered_person_is_reminded_until_the_form_should_be_in(world, teacher):
    application = registered_by(teacher)
    assert over(60) == ["form", "form_by", "form_by", "form"]
    first, target = OutboxMessage.objects.filter(template__contains="reminder_").order_by("pk")[:2]
    assert first.subject == f"Start the form of Ambition Institute ({application.reference})"
    assert target.text.startswith("Send your form by Sunday 6 December 2026: Ambition Institute decides only")
    assert "That day is our own target" in target.text
    assert "It should have been in by 6 December 2026" in last().text
    assert f"Go to the form: http://127.0.0.1:8000/applications/{application.pk}/form/" in last().text


def test_a_form_that_is_started_has_its_deadline_alone(world, teacher):
    application = registered_by(teacher)
    actions.save_form(application=application, answers={"called": "Ada"}, sponsor=None, by=teacher, now=NOW)
    assert over(60) == ["form_by", "form_by"]


def test_the_course_of_a_registered_person_closes_first(world, teacher):
    run = CourseRunFactory(
        provider=world.ambition, qualification=world.headship, term=world.term, apply_by=date(2026, 12, 1)
    )
    registered_by(teacher, course={"course": str(run.pk)})
    assert over(11) == ["course_closes", "course_closes"]
    assert last().text.startswith("Send the form by Tuesday 1 December 2026")


def test_the_form_should_be_in_before_the_course_closes(world, teacher):
    run = CourseRunFactory(
        provider=world.ambition, qualification=world.headship, term=world.term, apply_by=date(2026, 12, 1)
    )
    registered_by(teacher, course={"course": str(run.pk)})
    remind(morning(21))
    assert sent() == ["form"]
    assert "It should have been in by 1 December 2026" in last().text


@pytest.mark.parametrize("state", ["cancelled", "closed"])
def test_a_course_that_is_off_has_no_last_day(world, teacher, state):
    run = CourseRunFactory(
        provider=world.ambition, qualification=world.headship, term=world.term, apply_by=date(2026, 12, 1)
    )
    registered_by(teacher, course={"course": str(run.pk)})
    run.state = state
    run.save()
    assert over(11) == ["form", "form_by"]


def test_a_sponsor_who_does_not_answer(world, teacher):
    application = waiting_by(teacher)
    assert over(60) == ["sponsor_link_ends", "sponsor_link_ends"]
    assert last().subject == f"Sam Sponsor has not answered yet ({application.reference})"
    assert "Sunday 20 December 2026" in last().text


def test_an_offer_two_days_before_its_end(world, teacher):
    ApplicationFactory(offered=True, applicant=teacher)
    assert over(20) == ["offer_ends"]
    assert last().subject.startswith("Answer by Sunday 29 November 2026: a funded place is held for you")
    assert Reminder.objects.get().sent_on == date(2026, 11, 27)


def test_nobody_else_is_reminded(world):
    for state in (
        "submitted",
        "more_information",
        "waiting_list",
        "accepted",
        "active",
        "rejected",
        "withdrawn",
    ):
        ApplicationFactory(**{state: True}, applicant__email=f"{state}@example.test")
    over(40)
    assert list(OutboxMessage.objects.values_list("to", "template")) == []


def test_what_is_switched_off_is_not_sent(world, teacher):
    registered_by(teacher)
    actions.switch_off(user=teacher, kind=ReminderKind.DEADLINE, now=NOW)
    assert over(60) == ["form", "form"]


@pytest.mark.parametrize("change", ["withdrawn", "saved", "switched off", "closed"])
def test_what_happens_after_the_rows_were_read_counts(world, teacher, change):
    application = draft_of(teacher) if change == "saved" else registered_by(teacher)
    wanted = list(reminders_due(morning(4).date()))
    assert len(wanted) == 1
    if change == "withdrawn":
        actions.withdraw(application=application, by=teacher, now=NOW)
    elif change == "saved":
        Application.objects.update(answers_saved_at=NOW + timedelta(days=3, hours=22))
    elif change == "switched off":
        actions.switch_off(user=teacher, kind=ReminderKind.FORM, now=NOW)
    else:
        teacher.is_active = False
        teacher.save()
    for each in wanted:
        assert not actions.remind_applicant(
            application=each.application, due=each.due, about=each.about, now=morning(4)
        )
    assert not Reminder.objects.exists()
    assert sent() == []


def test_a_second_look_on_the_same_morning_sends_nothing(world, teacher):
    registered_by(teacher)
    wanted = list(reminders_due(morning(4).date()))
    assert [remind(morning(4)), remind(morning(4))] == [1, 0]
    each = wanted[0]
    assert not actions.remind_applicant(
        application=each.application, due=each.due, about=each.about, now=morning(4)
    )
    assert sent() == ["form"]


def test_days_are_those_of_england(world, teacher):
    """23:30 in universal time on a summer's evening is the next day in London."""
    late = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)
    draft_of(teacher, now=late)
    assert not list(reminders_due(date(2027, 7, 4)))
    assert [each.due.counted_from for each in reminders_due(date(2027, 7, 5))] == [date(2027, 7, 2)]


def test_one_that_fails_does_not_stop_the_rest(world, caplog, monkeypatch):
    now = timezone.now()
    for _ in range(3):
        draft_of(UserFactory(), now=now - timedelta(days=3), seen=False)
    failing = Application.objects.order_by("pk")[1]
    real = tasks.remind_applicant

    def fail_once(*, application, **rest):
        if application.pk == failing.pk:
            raise RuntimeError("no")
        return real(application=application, **rest)

    monkeypatch.setattr(tasks, "remind_applicant", fail_once)
    with caplog.at_level(logging.ERROR):
        tasks.remind_applicants(0)
    assert sent() == ["draft", "draft"]
    assert str(failing.pk) in caplog.text


def test_reading_takes_as_many_queries_for_many_as_for_few(world, monkeypatch):
    draft_of(UserFactory())
    registered_by(UserFactory())
    few = queries_of(lambda: list(reminders_due(morning(4).date())))
    for _ in range(6):
        draft_of(UserFactory())
        registered_by(UserFactory())
    found = []
    assert queries_of(lambda: found.extend(reminders_due(morning(4).date()))) == few
    assert len(found) == 14
    monkeypatch.setattr(reminders, "CHUNK", 5)
    assert len(list(reminders_due(morning(4).date()))) == 14


class TestSwitches:
    def test_each_kind_on_and_off(self, teacher, left_behind):
        actions.choose_reminders(user=teacher, wanted={ReminderKind.FORM}, now=NOW)
        assert ReminderOff.objects.of(teacher).kinds() == {ReminderKind.DRAFT, ReminderKind.DEADLINE}
        actions.choose_reminders(user=teacher, wanted=set(ReminderKind), now=NOW)
        assert not ReminderOff.objects.exists()
        assert left_behind() == (["applications.reminders_chosen"] * 2, [])

    def test_the_same_again_leaves_nothing(self, teacher, left_behind):
        actions.choose_reminders(user=teacher, wanted=set(ReminderKind), now=NOW)
        assert left_behind() == ([], [])
        for _ in range(2):
            actions.switch_off(user=teacher, kind=ReminderKind.FORM, now=NOW)
        assert left_behind() == (["applications.reminders_chosen"], [])
        event = AuditEvent.objects.get()
        assert (event.actor, event.old, event.new) == (f"user:{teacher.pk}", {"off": []}, {"off": ["form"]})

    def test_they_are_one_persons(self, teacher, stranger):
        actions.switch_off(user=teacher, kind=ReminderKind.FORM, now=NOW)
        assert not ReminderOff.objects.of(stranger).kinds()

    def test_they_go_with_the_account(self, teacher):
        actions.switch_off(user=teacher, kind=ReminderKind.FORM, now=NOW)
        teacher.delete()
        assert not ReminderOff.objects.exists()
