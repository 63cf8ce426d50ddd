"""The provider's form: saved unfinished, sent whole, once."""

import pytest

from applications import actions
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


def test_nothing_is_changed_after_sending(world, teacher):
    application = submitted_by(teacher)
    with pytest.raises(NotAllowed):
        save(application, teacher, {"why-this-npq": "Changed."})
    assert written(application) == WRITTEN


def test_what_was_endorsed_stays_when_the_provider_asks_for_more(world, teacher, decider):
    application = submitted_by(teacher)
    actions.ask_for_more(application=application, text="Which key stage?", by=decider, now=LATER)
    with pytest.raises(NotAllowed):
        save(Application.objects.get(), teacher, {"why-this-npq": "Changed."}, None)
    assert written(application) == WRITTEN
