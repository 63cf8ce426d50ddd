"""Hub staff add runs to their own hub, and a form that is sent twice adds one."""

import uuid

import pytest

from catalogue.actions.course_runs import add_run
from catalogue.confirming import UNCONFIRMED
from catalogue.models import CourseRun, Session
from catalogue.run_forms import WHOSE, SessionForm
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.catalogue.conftest import NOW
from tests.factories.catalogue import (
    CourseRunFactory,
    HubMembershipFactory,
    LeadProviderFactory,
    OfferFactory,
    QualificationFactory,
    TermFactory,
)

ADD = "/admin/catalogue/courserun/add/"


@pytest.fixture(autouse=True)
def offer(run):
    """Its provider offers it, so that nothing is asked about."""
    return OfferFactory(provider=run.provider, qualification=run.qualification, term=run.term)


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


@pytest.mark.parametrize("hub", ["rival", "none", "never was"])
def test_no_other_hub_is_taken(desk, run, rival, hub):
    """Another's is answered as one that never was."""
    chosen = {"rival": rival.hub_id, "none": "", "never was": rival.hub_id + 1_000}[hub]
    answer = desk.post(ADD, answers(run, hub=chosen))
    assert answer.context["adminform"].form.errors == {"hub": [WHOSE["hub"]]}
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
    assert CourseRun.objects.get(added_with=token).sessions.count() == 1
    assert AuditEvent.objects.filter(action="catalogue.run_added").count() == 1


class TestWhatMayBeASlip:
    """It is asked about once, in boxes to be ticked, and then taken."""

    def asked_about(self, desk, run, **changed):
        form = desk.post(ADD, answers(run, **changed)).context["adminform"].form
        assert form.errors == {"confirmed": [UNCONFIRMED]}
        assert not added(run).exists()
        return dict(form.fields["confirmed"].widget.choices)

    def test_an_offer_that_is_not_known(self, desk, run, offer):
        offer.delete()
        ((key, text),) = self.asked_about(desk, run).items()
        offers = f"{run.provider} offers {run.qualification} in {run.term}"
        assert text == f"We do not know that {offers}. Ask them before you save."
        assert desk.post(ADD, answers(run, confirmed=key)).status_code == 302
        assert added(run).count() == 1

    def test_a_past_term(self, desk, run):
        term = TermFactory(identifier="spring-2025", starts_on=None, registration_opens=None, position=0)
        boxes = self.asked_about(desk, run, term=term.pk)
        assert len(boxes) == 2
        assert self.asked_about(desk, run, term=term.pk, confirmed=next(iter(boxes))) == boxes
        assert desk.post(ADD, answers(run, term=term.pk, confirmed=list(boxes))).status_code == 302

    def test_a_box_confirms_what_it_says_and_nothing_else(self, desk, run, offer):
        offer.delete()
        (key,) = self.asked_about(desk, run)
        other = LeadProviderFactory()
        (other_key,) = self.asked_about(desk, run, provider=other.pk, confirmed=key)
        assert other_key != key

    def test_nothing_is_asked_without_a_doubt(self, desk, run):
        assert not desk.get(ADD).context["adminform"].form["confirmed"].as_widget()

    def test_the_newest_term_is_never_past(self, desk, run):
        term = TermFactory(identifier="autumn-2030", starts_on=None, registration_opens=None)
        OfferFactory(provider=run.provider, qualification=run.qualification, term=term)
        assert desk.post(ADD, answers(run, term=term.pk)).status_code == 302


def test_how_it_is_taught_starts_unknown(desk, run):
    assert desk.get(ADD).context["adminform"].form["mode"].value() in (None, "")
    assert desk.post(ADD, answers(run, mode="")).status_code == 302
    assert added(run).get().mode == ""


@pytest.mark.parametrize("name", ["qualification", "term", "provider", "hub", "state"])
def test_what_is_missing_is_said_in_words_of_its_own(desk, run, name):
    errors = desk.post(ADD, answers(run, **{name: ""})).context["adminform"].form.errors
    assert errors[name] == [WHOSE[name]]


@pytest.mark.parametrize(
    ("on", "starts", "ends", "about"),
    [
        ("2027-03-28", "01:30", "", ["starts_at"]),
        ("2027-03-28", "00:30", "01:00", ["ends_at"]),
        ("2027-03-28", "02:00", "03:00", []),
        ("2027-03-27", "01:30", "", []),
        # Twice: the first is meant.
        ("2027-10-31", "01:30", "02:30", []),
        ("", "09:30", "", ["on"]),
    ],
)
def test_an_hour_that_the_clocks_leave_out(on, starts, ends, about):
    form = SessionForm({"on": on, "starts_at": starts, "ends_at": ends})
    assert list(form.errors) == about
    for name in set(about) - {"on"}:
        assert "the clocks go forward" in form.errors[name][0]


def test_whoever_keeps_one_hub_alone_finds_it_chosen(desk, staff, run):
    chosen = f'<option value="{run.hub_id}" selected>'
    assert chosen in desk.get(ADD).content.decode()
    HubMembershipFactory(user=staff)
    assert chosen not in desk.get(ADD).content.decode()
