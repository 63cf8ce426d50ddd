"""Managers build, preview and publish their own provider's form; nobody else's; and never a published one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications import actions
from applications.access import builds_forms_of
from applications.actions.errors import NotYours, StaleForm
from applications.models import Application, ProviderForm
from applications.vocabulary import Purpose
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import LATER, NOW, registered_by, staff_of
from tests.people import sign_in

LIST = "/admin/applications/providerform/"


@pytest.fixture
def manager(world):
    return staff_of(world.ambition, role="manager", email="manager@example.test")


@pytest.fixture
def building(client, manager):
    return sign_in(client, manager)


@pytest.fixture
def draft(world, manager):
    return begin(world.ambition, manager)


def begin(provider, by, purpose=Purpose.GENERAL):
    return actions.begin_draft(provider=provider, purpose=purpose, by=by, now=NOW)


def page(form, name="change"):
    return reverse(f"admin:applications_providerform_{name}", args=[form.pk])


def posted(form, *entries, **more):
    """The build page as it is sent: the stored title and time, and these questions."""
    form.refresh_from_db()
    data = {"title": form.title, "seen": form.edited_at.isoformat(), **more}
    data |= {"entries-TOTAL_FORMS": len(entries), "entries-INITIAL_FORMS": 0}
    for place, entry in enumerate(entries):
        data |= {f"entries-{place}-{name}": value for name, value in {"required": "on", **entry}.items()}
    return data


WHY = {"kind": "long_text", "label": "Why now?", "max_words": "250", "scored": "on"}
PICK = {"kind": "one_choice", "label": "Which?", "options": "A\n\n B \nC"}


def test_a_draft_begins_with_what_is_asked_now(building, world, manager):
    answer = building.post(f"{LIST}add/", {"provider": world.ambition.pk, "purpose": "headship"})
    draft = ProviderForm.objects.drafts().get()
    assert answer.url == page(draft)
    assert (draft.version, draft.provider, draft.purpose) == (1, world.ambition, "headship")
    assert draft.questions == ProviderForm.objects.get(provider=None, purpose="headship").questions
    html = building.get(page(draft)).content.decode()
    assert "Describe one change that you led across a school" in html
    assert begin(world.ambition, manager, Purpose.HEADSHIP) == draft
    assert AuditEvent.objects.filter(action="applications.form_drafted").count() == 1


def test_questions_are_added_ordered_and_taken_out(building, draft):
    heading = {"kind": "section", "label": "First", "ORDER": "1"}
    sent = posted(draft, {**WHY, "ORDER": "3"}, {**PICK, "ORDER": "2"}, heading, {**WHY, "DELETE": "on"})
    assert building.post(page(draft), sent).url == page(draft)
    draft.refresh_from_db()
    asked = draft.definition
    assert [(each.key, each.label) for each in asked.questions] == [
        ("which", "Which?"),
        ("why-now", "Why now?"),
    ]
    assert asked.sections[0].title == "First"
    assert asked.questions[0].options == ("A", "B", "C")
    assert (asked.questions[1].max_words, asked.questions[1].scored) == (250, True)


def test_what_is_on_the_page_comes_back_as_it_was(building, draft):
    """The stored questions, sent as the page shows them, are the same questions: keys too."""
    html = building.get(page(draft)).content.decode()
    before = list(draft.questions)
    sent = dict(re.findall(r'<input type="hidden" name="(entries-\d+-key)" value="([^"]+)"', html))
    assert list(sent.values()) == [entry["key"] for entry in before if "key" in entry]
    assert html.count("review-entry") == len(before) + 2


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([], "Add at least one question."),
        ([{"kind": "section", "label": "Empty"}], "The section “Empty” has no questions."),
        ([{**PICK, "options": ""}], "Question 1 (“Which?”): a choice needs options"),
        ([{**WHY, "max_words": "0"}], "Question 1 (“Why now?”): a word limit is a whole number from 1"),
        ([{**WHY, "max_words": "many"}], "Enter a whole number, like 250"),
        ([{**WHY, "hidden_from_scorers": "on"}], "is scored and hidden"),
        ([{**WHY, "key": "why"}, {**PICK, "key": "why"}], "another question has the key"),
        ([{**WHY, "kind": ""}], "Choose what it is"),
        ([{**WHY, "kind": "colour"}], "Select a valid choice"),
        ([{"kind": "date", "label": "When?"}] * 201, "Use 60 questions and headings or fewer."),
    ],
)
def test_what_could_not_be_asked_is_refused_by_name(building, draft, entries, words):
    before = ProviderForm.objects.values().get(pk=draft.pk)
    html = building.post(page(draft), posted(draft, *entries)).content.decode()
    assert words in html.replace("&#x27;", "'")
    assert "<title>Error: " in html
    assert ProviderForm.objects.values().get(pk=draft.pk) == before


def test_a_page_that_is_out_of_date_changes_nothing(building, draft, manager):
    sent = posted(draft, WHY)
    save = {"form": draft, "title": "Newer", "questions": draft.questions, "by": manager}
    actions.save_draft(**save, seen=draft.edited_at, now=LATER)
    answer = building.post(page(draft), sent, follow=True)
    assert "Somebody changed or published this form" in answer.content.decode()
    assert ProviderForm.objects.get(pk=draft.pk).title == "Newer"


def test_publishing_reaches_who_begins_and_not_who_has_begun(building, draft, world, teacher):
    begun = registered_by(teacher)
    actions.save_form(application=begun, answers={}, sponsor=None, by=teacher, now=NOW)
    building.post(page(draft), posted(draft, WHY))
    assert ProviderForm.objects.current_for(world.ambition, None).provider is None  # a draft is not asked
    assert building.get(page(draft, "publish")).status_code == 200
    draft.refresh_from_db()
    assert building.post(page(draft, "publish"), {"seen": draft.edited_at.isoformat()}).url == page(draft)
    assert ProviderForm.objects.current_for(world.ambition, None) == draft
    assert Application.objects.get().form.provider is None
    assert AuditEvent.objects.filter(action="applications.form_published").count() == 1
    following = building.post(f"{LIST}add/", {"provider": world.ambition.pk, "purpose": "general"})
    assert following.status_code == 302
    assert ProviderForm.objects.drafts().get().version == 2


def test_it_is_published_once(draft, manager):
    seen = draft.edited_at
    actions.publish_form(form=draft, seen=seen, by=manager, now=NOW)
    with pytest.raises(StaleForm):
        actions.publish_form(form=draft, seen=seen, by=manager, now=NOW)
    with pytest.raises(StaleForm):
        actions.save_draft(form=draft, title="X", questions=draft.questions, seen=seen, by=manager, now=NOW)


def test_the_preview_is_the_applicants_page_and_saves_nothing(building, draft):
    html = building.get(page(draft, "preview")).content.decode()
    assert "This is a preview." in html
    assert "Why do you want to take this NPQ now?" in html
    assert 'data-maxlength="250"' in html
    checked = building.post(page(draft, "preview"), {"job": "Head"}).content.decode()
    assert "Answer the question: How many years" in checked
    assert not Application.objects.exists()


def test_a_form_that_cannot_be_asked_is_looked_at_without_an_error(building, draft):
    ProviderForm.objects.filter(pk=draft.pk).update(questions={"no": "list"})
    assert building.get(page(draft)).status_code == 200
    shown = building.get(page(draft, "preview"), follow=True).content.decode()
    assert "This form cannot be shown: A form is a list" in shown
    sent = {"seen": draft.edited_at.isoformat()}
    assert "A form is a list" in building.post(page(draft, "publish"), sent, follow=True).content.decode()
    assert ProviderForm.objects.get(pk=draft.pk).published_at is None


@pytest.mark.parametrize("name", ["change", "preview", "publish", "delete", "history"])
def test_another_providers_form_is_as_if_it_never_was(client, world, manager, draft, name):
    rival = sign_in(client, staff_of(world.other, role="manager"))
    theirs, none = rival.get(page(draft, name)), rival.get(page(ProviderForm(pk=2_000_000_000), name))
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert rival.post(page(draft, name), {"seen": ""}).status_code == 404
    assert f"/{draft.pk}/" not in rival.get(LIST).content.decode()


@pytest.mark.parametrize("role", ["viewer", "scorer", "decider"])
def test_only_managers_build(client, world, draft, role):
    colleague = staff_of(world.ambition, role=role)
    looking = sign_in(client, colleague)
    before = ProviderForm.objects.values().get(pk=draft.pk)
    assert "Save the draft" not in looking.get(page(draft)).content.decode()
    assert looking.post(page(draft), posted(draft, WHY)).status_code == 403
    assert looking.post(page(draft, "publish"), {"seen": before["edited_at"].isoformat()}).status_code == 403
    assert looking.post(page(draft, "delete"), {"post": "yes"}).status_code == 403
    assert (
        looking.post(f"{LIST}add/", {"provider": world.ambition.pk, "purpose": "general"}).status_code == 403
    )
    with pytest.raises(NotYours):
        actions.publish_form(form=draft, seen=draft.edited_at, by=colleague, now=NOW)
    assert ProviderForm.objects.values().get(pk=draft.pk) == before


def test_nobody_begins_a_form_for_another_provider(building, world, manager):
    answer = building.post(f"{LIST}add/", {"provider": world.other.pk, "purpose": "general"})
    assert "Choose whose form it is" in answer.content.decode()
    with pytest.raises(NotYours):
        begin(world.other, manager)
    with pytest.raises(NotYours):
        begin(None, manager)


def test_portal_staff_build_the_portals_own(client, portal_staff, world):
    staff = sign_in(client, portal_staff)
    staff.post(f"{LIST}add/", {"provider": "", "purpose": "general"})
    assert (ProviderForm.objects.drafts().get().provider, ProviderForm.objects.drafts().get().version) == (
        None,
        2,
    )
    assert builds_forms_of(portal_staff, world.other)


def test_a_draft_is_deleted_and_a_published_form_is_not(building, draft, world):
    own = ProviderForm.objects.get(provider=None, purpose="general")
    assert building.post(page(own, "delete"), {"post": "yes"}).status_code == 403
    assert building.post(page(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not ProviderForm.objects.drafts().exists()
    assert AuditEvent.objects.filter(action="applications.providerform_deleted").count() == 1


def test_the_list_asks_the_database_as_often_for_many(building, draft, world, manager):
    building.get(LIST)
    with CaptureQueriesContext(connection) as few:
        building.get(LIST)
    begin(world.ambition, manager, Purpose.HEADSHIP)
    with CaptureQueriesContext(connection) as many:
        building.get(LIST)
    assert len(many) == len(few)
