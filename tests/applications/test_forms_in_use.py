"""Which form somebody is asked, that a published one stays as it is, and what is only counted of its answers."""

import pytest
from django.db import DatabaseError, transaction

from applications.models import ProviderForm
from applications.provider_forms.default import SHIPPED, publish_defaults
from applications.queries import counted
from applications.vocabulary import Purpose
from tests.factories.applications import NOW, ApplicationFactory, ProviderFormFactory, staff_of
from tests.factories.catalogue import LeadProviderFactory, QualificationFactory
from tests.people import PortalStaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    publish_defaults(NOW)
    return LeadProviderFactory()


def asked(provider, npq):
    return ProviderForm.objects.current_for(provider, QualificationFactory(identifier=npq))


@pytest.mark.parametrize("npq", ["npq-headship", "npq-early-headship-coaching-offer"])
def test_heads_are_asked_the_form_for_headship(provider, npq):
    assert asked(provider, npq).purpose == "headship"
    assert asked(provider, "npq-senco").purpose == "general"


def test_a_providers_own_comes_first_and_of_those_the_one_for_the_npq(provider):
    general = ProviderFormFactory(provider=provider)
    assert asked(provider, "npq-headship") == general
    headship = ProviderFormFactory(provider=provider, purpose="headship")
    assert asked(provider, "npq-headship") == headship
    assert asked(provider, "npq-senco") == general


def test_drafts_and_other_providers_forms_are_not_asked(provider):
    ProviderFormFactory(provider=provider, published_at=None)
    ProviderFormFactory(provider=LeadProviderFactory())
    assert asked(provider, "npq-senco").provider is None


def test_the_newest_version_is_asked(provider):
    older, newer = (ProviderFormFactory(provider=provider, version=version) for version in (1, 2))
    assert asked(provider, "npq-senco") == newer != older


@pytest.mark.parametrize(
    "change", [{"questions": []}, {"title": "Other"}, {"published_at": None}, {"provider": None}, None]
)
def test_a_published_form_is_never_changed(provider, change):
    form = ProviderFormFactory(provider=provider)
    stored = ProviderForm.objects.filter(pk=form.pk)
    with pytest.raises(DatabaseError, match="a published form never changes"), transaction.atomic():
        stored.update(**change) if change else stored.delete()
    assert stored.values().get()["title"] == "Form"


def test_a_draft_is_changed_and_deleted(provider):
    draft = ProviderForm.objects.filter(pk=ProviderFormFactory(provider=provider, published_at=None).pk)
    assert draft.update(title="Other") == 1
    assert draft.delete()[0] == 1


def test_publishing_the_defaults_again_changes_nothing(provider):
    before = list(ProviderForm.objects.values())
    publish_defaults(NOW)
    assert list(ProviderForm.objects.values()) == before
    assert [form["purpose"] for form in before] == ["general", "headship"]


def test_a_form_that_ships_otherwise_now_gets_a_next_version(provider):
    for version in (8, 9):
        ProviderFormFactory(provider=None, version=version)
    publish_defaults(NOW)
    made = ProviderForm.objects.newest_of(None, "general")
    assert (made.version, made.questions) == (10, SHIPPED[Purpose.GENERAL][1])


@pytest.mark.parametrize("changed", [{"edited_at": NOW}, {"draft": True}])
def test_but_not_where_staff_have_it_in_hand(provider, changed):
    draft = changed.pop("draft", False)
    newest = ProviderFormFactory(provider=None, version=8, **changed)
    if draft:
        ProviderFormFactory(provider=None, version=9, published_at=None)
    publish_defaults(NOW)
    assert ProviderForm.objects.newest_of(None, "general") == newest


def test_what_is_only_counted_is_told_from_five_on_of_those_one_may_see(provider):
    questions = [
        {"key": "a", "kind": "one_choice", "label": "A", "options": ["Yes", "No"], "reporting_only": True}
    ]
    form = ProviderFormFactory(provider=None, questions=questions)
    theirs = {"submitted": True, "form": form, "provider": provider}
    for answer in ["Yes"] * 5 + ["No"] * 4:
        ApplicationFactory(**theirs).form_answers.create(question="a", value=answer, answered_at=NOW)
    ApplicationFactory(submitted=True, form=form).form_answers.create(
        question="a", value="No", answered_at=NOW
    )
    [(question, figures)] = counted(form, staff_of(provider))
    assert (question.key, figures) == ("a", [("Yes", 5), ("No", 0)])
    [(question, figures)] = counted(form, PortalStaffFactory())
    assert figures == [("Yes", 5), ("No", 5)]
