"""The provider's form: saved unfinished, sent whole, once."""

import pytest

from applications import actions
from applications.actions.errors import Incomplete
from applications.models import Application, Sponsor
from applications.states import NotAllowed, State
from tests.factories.applications import (
    LATER,
    SPONSOR,
    WRITTEN,
    ProviderFormFactory,
    draft_of,
    registered_by,
    submitted_by,
)


def save(application, by, answers=WRITTEN, sponsor=SPONSOR):
    return actions.save_form(application=application, answers=answers, sponsor=sponsor, by=by, now=LATER)


def submit(application, by):
    return actions.submit(application=application, by=by, now=LATER)


def written(application):
    return dict(application.form_answers.values_list("question", "value"))


def test_saving_keeps_what_is_written_so_far(world, teacher, left_behind):
    application = registered_by(teacher)
    save(application, teacher, {"why-this-npq": "To lead."}, None)
    stored = Application.objects.get()
    assert (stored.status, stored.form.version) == (State.FORM_STARTED, 1)
    assert written(stored) == {"why-this-npq": "To lead."}
    assert not Sponsor.objects.exists()
    assert left_behind()[0][1:] == ["applications.form_saved"]


def test_saving_again_replaces(world, teacher):
    application = registered_by(teacher)
    save(application, teacher, {"why-this-npq": "First."})
    save(
        application, teacher, {"why-this-npq": "Second."}, ("Sue Second", "sue@example.test", "trust_leader")
    )
    assert written(application)["why-this-npq"] == "Second."
    assert Sponsor.objects.get().name == "Sue Second"


def test_a_newer_version_does_not_reach_who_has_started(world, teacher):
    application = registered_by(teacher)
    save(application, teacher)
    ProviderFormFactory(provider=world.ambition)
    save(application, teacher)
    assert Application.objects.get().form.version == 1


def test_the_providers_own_form_comes_before_the_portals(world, teacher):
    own = ProviderFormFactory(provider=world.ambition)
    ProviderFormFactory(provider=world.ambition, published_at=None)
    application = registered_by(teacher)
    save(application, teacher, {"why": "Because.", "made-up": "x"})
    assert Application.objects.get().form == own
    assert written(application) == {"why": "Because."}


def test_access_needs_may_be_left_empty(world, teacher):
    application = registered_by(teacher)
    save(application, teacher, {**WRITTEN, "access-needs": ""})
    assert (
        actions.ask_sponsor(application=application, by=teacher, now=LATER).status is State.AWAITING_SPONSOR
    )


def test_a_draft_has_no_form(world, teacher):
    with pytest.raises(NotAllowed):
        save(draft_of(teacher), teacher)
    with pytest.raises(NotAllowed):
        submit(draft_of(teacher), teacher)


def test_nothing_is_changed_after_sending(world, teacher):
    application = submitted_by(teacher)
    with pytest.raises(NotAllowed):
        save(application, teacher, {"why-this-npq": "Changed."})
    assert written(application) == WRITTEN


def test_nobody_else_writes_or_sends(world, teacher, stranger, decider, portal_staff, left_behind):
    application = registered_by(teacher)
    save(application, teacher)
    before = left_behind()
    for person in (stranger, decider, portal_staff):
        with pytest.raises(NotAllowed):
            save(Application.objects.get(), person, {"why-this-npq": "Changed."})
        with pytest.raises(NotAllowed):
            submit(Application.objects.get(), person)
    assert left_behind() == before
    assert written(application) == WRITTEN


def test_what_the_provider_asked_to_have_changed_goes_back_without_the_sponsor(world, teacher, left_behind):
    application = submitted_by(teacher)
    Application.objects.filter(pk=application.pk).update(state=State.MORE_INFORMATION)
    application.refresh_from_db()
    save(application, teacher, {"why-this-npq": ""}, None)
    with pytest.raises(Incomplete):
        submit(application, teacher)
    save(application, teacher, {"why-this-npq": "To lead better."}, None)
    before = left_behind()
    assert submit(application, teacher).status is State.SUBMITTED
    assert submit(application, teacher).status is State.SUBMITTED
    audit, mails = left_behind()
    assert (audit[len(before[0]) :], mails[len(before[1]) :]) == (
        ["applications.submitted"],
        ["applications/submitted"],
    )
