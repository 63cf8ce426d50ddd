"""Twenty posts of the same draft at once: one application, one reference, one mail."""

import pytest

from applications import actions
from applications.actions.errors import AlreadyApplied, AlreadyDone
from applications.journey.offered import choices_on
from applications.models import Application
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import NOW, SPONSOR, WRITTEN, draft_of, registered_by

pytestmark = pytest.mark.django_db(transaction=True)


def registering(draft, teacher):
    return lambda: (
        actions.register(application=Application.objects.get(pk=draft.pk), by=teacher, now=NOW).reference
    )


def test_one_draft_registered_by_twenty_gives_one_reference_and_one_mail(world, teacher):
    draft = draft_of(teacher)
    references = all_at_once([registering(draft, teacher)] * 20)
    assert set(references) == {Application.objects.get().reference}
    assert AuditEvent.objects.filter(action="applications.registered").count() == 1
    assert OutboxMessage.objects.count() == 1


def test_two_drafts_for_the_same_npq_and_term_make_one_application(world, teacher):
    drafts = [draft_of(teacher) for _ in range(6)]
    results = all_at_once([registering(draft, teacher) for draft in drafts])
    first = Application.objects.live().get()
    assert [each for each in results if each == first.reference] == [first.reference]
    assert sum(isinstance(each, AlreadyApplied) for each in results) == 5
    assert OutboxMessage.objects.count() == 1


def test_starting_at_once_makes_one_draft(world, teacher):
    choices = choices_on(NOW.date())
    all_at_once([lambda: actions.start(by=teacher, now=NOW, carried={}, choices=choices)] * 10)
    assert Application.objects.count() == 1


def test_asking_the_sponsor_at_once_asks_once(world, teacher):
    application = registered_by(teacher)
    actions.save_form(application=application, answers=WRITTEN, sponsor=SPONSOR, by=teacher, now=NOW)

    def ask():
        return actions.ask_sponsor(application=Application.objects.get(), by=teacher, now=NOW).state

    assert set(all_at_once([ask] * 10)) == {"awaiting_sponsor"}
    assert OutboxMessage.objects.filter(template="applications/sponsor_invited").count() == 1


def test_an_answer_at_the_moment_of_registering_is_in_or_refused(world, teacher):
    """Never a registered application whose frozen columns differ from its answers."""
    draft, choices = draft_of(teacher), choices_on(NOW.date())

    def rename():
        row, value = Application.objects.get(pk=draft.pk), {"name": "New Name"}
        actions.answer(application=row, step="name", value=value, choices=choices, by=teacher, now=NOW)

    all_at_once([registering(draft, teacher), rename] * 4)
    stored = Application.objects.get()
    assert stored.full_name == stored.answers.get(step="name").value["name"]


def test_deleting_the_draft_at_the_moment_of_registering_deletes_no_application(world, teacher):
    for _ in range(5):
        draft = draft_of(teacher)
        pages = [Application.objects.get(pk=draft.pk) for _ in range(2)]
        registered, deleted = all_at_once(
            [
                lambda page=pages[0]: actions.register(application=page, by=teacher, now=NOW),
                lambda page=pages[1]: actions.discard(application=page, by=teacher, now=NOW),
            ]
        )
        assert isinstance(registered, AlreadyDone) != isinstance(deleted, AlreadyDone)
        kept = Application.objects.filter(pk=draft.pk).first()
        assert (kept is None) == isinstance(registered, AlreadyDone)
        if kept:
            actions.withdraw(application=kept, by=teacher, now=NOW)
