"""Another course or provider until the decision: one application goes on; what was the old provider's stays there."""

from datetime import date

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone, NotOffered
from applications.models import Application, ClosedApplication, FormAnswer, Sponsor
from applications.states import State
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    LATER,
    NOW,
    SPONSOR,
    WRITTEN,
    ApplicationFactory,
    registered_by,
    staff_of,
    submitted_by,
    waiting_by,
)
from tests.factories.catalogue import CourseRunFactory

pytestmark = pytest.mark.django_db
ANY = {"course": "none"}


@pytest.fixture
def run(world):
    return run_with(world.ambition, world)


def run_with(provider, world, **fields):
    return CourseRunFactory(provider=provider, qualification=world.headship, term=world.term, **fields)


def to_course(application, run, by=None, now=LATER):
    return actions.change_course(application=application, run=run, by=by or application.applicant, now=now)


def to_provider(application, provider, by=None, now=LATER):
    return actions.change_provider(
        application=application, provider=provider, by=by or application.applicant, now=now
    )


def stored():
    return Application.objects.get()


class TestAnotherCourse:
    def test_it_is_kept_and_audited(self, world, teacher, run):
        application = to_course(submitted_by(teacher, course=ANY), run)
        assert application.course_run == stored().course_run == run
        assert stored().course_run_as_of == run.updated_at
        assert application.status is State.SUBMITTED
        event = AuditEvent.objects.get(action="applications.course_changed")
        assert (event.old["course_run"], event.new["course_run"]) == (None, run.pk)

    def test_back_to_none_in_particular(self, world, teacher, run):
        assert to_course(to_course(registered_by(teacher, course=ANY), run), None).course_run is None
        assert stored().course_run is stored().course_run_as_of is None
        chosen, none = OutboxMessage.objects.filter(template="applications/course_chosen").order_by("pk")
        assert (chosen.to, none.to) == (teacher.email, teacher.email)
        assert f"http://127.0.0.1:8000{run.get_absolute_url()}" in chosen.text
        assert "no particular course" in none.text

    def test_the_one_that_it_is_changes_nothing(self, world, teacher, run, left_behind):
        application = to_course(registered_by(teacher, course=ANY), run)
        before = left_behind()
        to_course(application, run)
        assert left_behind() == before

    @pytest.mark.parametrize(
        "fields", [{"state": "full"}, {"state": "cancelled"}, {"apply_by": date(2026, 11, 1)}]
    )
    def test_one_that_takes_no_applications_is_refused(self, world, teacher, fields):
        with pytest.raises(NotOffered):
            to_course(registered_by(teacher), run_with(world.ambition, world, **fields))
        assert stored().course_run is None

    def test_another_providers_is_refused(self, world, teacher):
        with pytest.raises(NotOffered):
            to_course(registered_by(teacher), run_with(world.other, world))


class TestAnotherProvider:
    def test_one_application_goes_on_under_its_reference(self, world, teacher, run):
        application = to_course(submitted_by(teacher, course=ANY), run)
        reference, decision = application.reference, application.funding_decision
        changed = to_provider(application, world.other)
        assert (changed.reference, changed.funding_decision) == (reference, decision)
        assert (changed.provider, changed.state, changed.course_run) == (world.other, "registered", None)
        assert (changed.form, changed.submitted_at) == (None, None)
        assert stored().provider == world.other

    def test_what_was_written_for_the_first_is_put_away(self, world, teacher):
        to_provider(submitted_by(teacher), world.other)
        assert not FormAnswer.objects.exists()
        assert not Sponsor.objects.exists()
        closed = ClosedApplication.objects.get()
        assert {
            "question": "Describe one change that you led across a school",
            "answer": "Reading across the school.",
        } in closed.form_answers
        assert [(each["who"], "endorsed" in each["became"]) for each in closed.sponsor] == [
            ("Sam Sponsor, sam@example.test", True)
        ]
        assert (closed.provider, closed.reference) == (world.ambition, stored().reference)
        assert (closed.registered_at, closed.submitted_at, closed.closed_at) == (NOW, NOW, LATER)

    def test_a_sponsor_who_was_asked_twice_is_kept_twice(self, world, teacher):
        application = waiting_by(teacher)
        actions.decline(sponsor=application.sponsors.get(), reason="Not now.", now=LATER)
        actions.save_form(application=stored(), answers=WRITTEN, sponsor=SPONSOR, by=teacher, now=LATER)
        actions.ask_sponsor(application=stored(), by=teacher, now=LATER)
        to_provider(stored(), world.other)
        closed = ClosedApplication.objects.get()
        assert [each["who"] for each in closed.sponsor] == ["Sam Sponsor, sam@example.test"] * 2
        assert "Not now." in closed.sponsor[0]["became"]

    def test_a_sponsor_who_still_waits_is_told_that_they_need_do_nothing(self, world, teacher):
        to_provider(waiting_by(teacher), world.other)
        told = OutboxMessage.objects.get(template="applications/sponsor_form_gone")
        assert told.to == "sam@example.test"
        assert "chose another lead provider. We had asked you" in told.text
        assert "with Ambition Institute: the link" in told.text

    def test_the_second_trace_begins_where_the_first_ended(self, world, teacher):
        to_provider(to_provider(registered_by(teacher), world.other), world.ambition)
        last, first = ClosedApplication.objects.order_by("-pk")
        assert (first.provider, last.provider) == (world.ambition, world.other)
        assert last.registered_at == first.closed_at

    def test_both_sides_are_told_and_the_first_not_where_to(self, world, teacher, decider):
        staff_of(world.ambition, email="colleague@example.test")
        staff_of(world.other, email="rival@example.test")
        application = to_provider(submitted_by(teacher), world.other)
        mine = OutboxMessage.objects.get(template="applications/provider_changed")
        assert mine.to == teacher.email
        assert mine.text.startswith("Fill in the form of Teach First by 6 December 2026")
        told = OutboxMessage.objects.filter(template="applications/provider_left")
        assert {mail.to for mail in told} == {"decider@example.test", "colleague@example.test"}
        for mail in told:
            for part in (mail.subject, mail.text, mail.html):
                assert "Teach First" not in part
                assert "Ada" not in part
            assert application.reference in mail.subject

    def test_it_leaves_one_audit_row(self, world, teacher):
        to_provider(registered_by(teacher), world.other)
        event = AuditEvent.objects.get(action="applications.provider_changed")
        assert (event.old, event.new) == (
            {"state": "registered", "provider": "ambition-institute"},
            {"state": "registered", "provider": "teach-first"},
        )

    def test_the_one_that_it_is_changes_nothing(self, world, teacher, left_behind):
        application = to_provider(registered_by(teacher), world.other)
        before = left_behind()
        to_provider(application, world.other)
        assert left_behind() == before
        assert ClosedApplication.objects.count() == 1

    def test_one_that_does_not_offer_it_is_refused(self, world, teacher, left_behind):
        world.other.offers.all().delete()
        application = submitted_by(teacher)
        before = left_behind()
        with pytest.raises(NotOffered):
            to_provider(application, world.other)
        assert left_behind() == before
        assert stored().provider == world.ambition
        assert FormAnswer.objects.count() == len(WRITTEN)

    def test_after_the_term_closed_it_is_refused(self, world, teacher):
        application = registered_by(teacher)
        world.term.registration_closes = date(2026, 11, 1)
        world.term.save()
        with pytest.raises(NotOffered):
            to_provider(application, world.other)

    def test_the_first_provider_decides_no_more(self, world, teacher, decider, rival):
        """Not even from a page that was opened before, when the second is as far."""
        seen = submitted_by(teacher)
        to_provider(Application.objects.get(), world.other)
        Application.objects.update(
            state="submitted", form=ApplicationFactory(submitted=True).form, submitted_at=LATER
        )
        with pytest.raises(AlreadyDone):
            actions.accept(application=seen, funded_place=False, by=decider, now=LATER)
        assert not Application.objects.filter(state="accepted").exists()
