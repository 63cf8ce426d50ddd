"""Building a provider's form: a draft at a time for each purpose, saved as often as needed, published for good."""

from datetime import datetime
from typing import Any

from applications.access import builds_forms_of
from applications.actions.errors import NotYours, StaleForm
from applications.form_definition import parse
from applications.models import ProviderForm
from applications.vocabulary import Purpose
from catalogue.models import LeadProvider
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def begin_draft(*, provider: LeadProvider | None, purpose: Purpose, by: User, now: datetime) -> ProviderForm:
    """The draft of the next version, made from what is in use now: the provider's own, else the portal's.

    Where there is one already, that one. Nobody who applies sees it. NotYours where `by` does not build these forms.
    """
    if not builds_forms_of(by, provider):
        raise NotYours
    forms = ProviderForm.objects
    in_use = forms.newest_of(provider, purpose)
    model = in_use or forms.newest_of(None, purpose) or forms.newest_of(None, Purpose.GENERAL)
    draft, made = forms.drafts().get_or_create(
        provider=provider,
        purpose=purpose.value,
        published_at=None,
        defaults={
            "version": in_use.version + 1 if in_use else 1,
            "title": model.title if model else "Application form",
            "questions": model.questions if model else [],
            "edited_at": now,
        },
    )
    if made:
        record(action="applications.form_drafted", subject=draft, by=by, now=now)
    return draft


@verb
def save_draft(
    *, form: ProviderForm, title: str, questions: list[Any], seen: datetime | None, by: User, now: datetime
) -> None:
    """Keep the draft as it is on the page. Raises UnusableForm for what could not be asked, naming the question.

    StaleForm where it is not as it was at `seen`, when the page was opened; a published version never changes.
    """
    if not builds_forms_of(by, form.provider):
        raise NotYours
    parse(questions)
    draft = ProviderForm.objects.drafts().filter(pk=form.pk, edited_at=seen)
    if draft.update(title=title, questions=questions, edited_at=now) != 1:
        raise StaleForm
    record(action="applications.form_edited", subject=form, by=by, now=now, new={"entries": len(questions)})


@verb
def publish_form(*, form: ProviderForm, seen: datetime | None, by: User, now: datetime) -> None:
    """From now on who begins the provider's form is asked this version; who has begun keeps theirs.

    Of two who publish at once one does, and StaleForm tells the other; so it does where the draft is not as it was at
    `seen`. Raises UnusableForm for what could not be asked.
    """
    if not builds_forms_of(by, form.provider):
        raise NotYours
    draft = ProviderForm.objects.drafts().filter(pk=form.pk, edited_at=seen)
    parse(form.questions)
    if draft.update(published_at=now) != 1:
        raise StaleForm
    record(action="applications.form_published", subject=form, by=by, now=now, new={"version": form.version})
