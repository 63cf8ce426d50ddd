"""Hub staff add runs to their own hub, and a form that is sent twice adds one."""

import uuid

import pytest

from catalogue.actions.course_runs import add_run
from catalogue.models import CourseRun, Session
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.catalogue.conftest import NOW
from tests.factories.catalogue import CourseRunFactory, LeadProviderFactory, QualificationFactory

ADD = "/admin/catalogue/courserun/add/"


def answers(run, **changed):
    return {
        "token": str(uuid.uuid4()),
        "qualification": run.qualification_id,
        "term": run.term_id,
        "provider": run.provider_id,
        "hub": run.hub_id,
        "state": "announced",
        "mode": "blended",
        "starts_on": "2027-03-03",
        "sessions-TOTAL_FORMS": "1",
        "sessions-INITIAL_FORMS": "0",
        "sessions-0-on": "2027-03-03",
        **changed,
    }


def added(run):
    return CourseRun.objects.exclude(pk=run.pk)


def test_a_run_with_its_sessions(desk, staff, run):
    assert desk.post(ADD, answers(run)).status_code == 302
    new = added(run).get()
    assert (new.hub, new.sessions.count()) == (run.hub, 1)
    event = AuditEvent.objects.about(new).get()
    assert (event.action, event.actor) == ("catalogue.run_added", f"user:{staff.pk}")


def test_only_their_own_hub_may_be_chosen(desk, run, rival):
    page = desk.get(ADD)
    assert list(page.context["adminform"].form.fields["hub"].queryset) == [run.hub]
    assert rival.hub.name not in page.content.decode()


@pytest.mark.parametrize("hub", ["rival", "none"])
def test_no_other_hub_is_taken(desk, run, rival, hub):
    chosen = {"rival": rival.hub_id, "none": ""}[hub]
    answer = desk.post(ADD, answers(run, hub=chosen))
    assert "hub" in answer.context["adminform"].form.errors
    assert not added(run).exclude(pk=rival.pk).exists()


def test_no_provider_that_has_left_and_no_hidden_npq(desk, run):
    left = LeadProviderFactory(left_on="January 2023")
    hidden = QualificationFactory(hidden=True)
    form = desk.get(ADD).context["adminform"].form
    assert left not in form.fields["provider"].queryset
    assert hidden not in form.fields["qualification"].queryset


def test_what_is_not_theirs_to_say_is_passed_over(desk, run):
    desk.post(ADD, answers(run, is_example="on"))
    assert not added(run).get().is_example


def test_the_same_form_twice_adds_one(desk, run):
    same = answers(run)
    first, second = desk.post(ADD, same), desk.post(ADD, same)
    assert first.status_code == second.status_code == 302
    new = added(run).get()
    assert AuditEvent.objects.about(new).count() == 1
    assert new.sessions.count() == 1


def test_two_forms_add_two(desk, run):
    desk.post(ADD, answers(run))
    desk.post(ADD, answers(run))
    assert added(run).count() == 2


@pytest.mark.parametrize("token", ["", "no token", "9" * 5_000])
def test_a_forged_token(desk, run, token):
    assert desk.post(ADD, answers(run, token=token)).status_code == 302
    assert added(run).count() == 1


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment():
    """Whoever comes second waits for the first, and is given its run."""
    like = CourseRunFactory()
    token = uuid.uuid4()

    def add():
        new = CourseRun(
            provider_id=like.provider_id,
            hub_id=like.hub_id,
            qualification_id=like.qualification_id,
            term_id=like.term_id,
        )
        return add_run(run=new, sessions=[Session()], added_with=token, by=None, now=NOW)

    runs = all_at_once([add] * 6)
    assert len({run.pk for run in runs}) == 1
    assert added(like).get().sessions.count() == 1
    assert AuditEvent.objects.filter(action="catalogue.run_added").count() == 1
