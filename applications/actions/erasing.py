"""Erasing a person: everything that says who they were is deleted, what has to be counted stays without them.

Design, quality figures, 23: nothing that names the person is left in any table, and the figures stay as they were.
Somebody in training is not erased: the provider reports on them, and funding is paid for them by name, until the
training has ended.
"""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, Model, Q, TextField, Value, When

from applications.actions.drafts import delete_draft
from applications.actions.errors import Merged, NotYourself, StaffAccount, StillInTraining
from applications.actions.forgetting import forget_beside_applications
from applications.actions.mails import tell_earlier_providers, tell_provider
from applications.actions.moving import hold
from applications.actions.withdrawal import withdraw
from applications.models import (
    Answer,
    Application,
    BulkDecision,
    BulkDecisionLine,
    ClosedApplication,
    FormAnswer,
    Message,
    Note,
    Reminder,
    Score,
    Sponsor,
    TrainingChange,
)
from applications.queries import in_training
from applications.states import LIVE, State
from applications.vocabulary import ERASED_REASON
from npq_portal.accounts.models import ERASED, User
from npq_portal.audit.models import reference
from npq_portal.audit.recording import record
from npq_portal.mail.outbox import queue
from npq_portal.verbs import verb

# What says who it was about, in the order in which it is deleted.
PERSONAL = (Answer, FormAnswer, Sponsor, Message, Note, Reminder, Score, BulkDecisionLine)
# What reaches the person as somebody else's sponsor, who would wait in vain.
TO_SPONSORS = ("applications/sponsor_invited", "applications/sponsor_reminded")
# What the mail to a sponsor says of the application.
NAMED = ("application__qualification", "application__provider")
# Facts keep that there was a number, which the rules ask for, and not whose.
NUMBERS, SOME_NUMBER = ("urn", "ukprn"), "0"


@verb
def erase(*, person: User, by: User, now: datetime) -> None:
    """Delete what is personal, everywhere; keep registered applications without the person, to be counted.

    Drafts are deleted, live applications are withdrawn first and their places pass on. Each provider that has an
    application or once had it, and a sponsor who was asked, is told without a name; the person by a last mail, whose
    address is forgotten when it is sent. The address is free for a new account at once. Beside the withdrawals it
    leaves one audit row.

    Where somebody named the person as their sponsor, that stays: it is part of somebody else's application.
    A second call changes nothing. Raises NotYourself for anybody else, StaffAccount for staff, StillInTraining,
    MailBeingSent, and Merged for an account that was closed as it was merged into another.
    """
    if by.pk != person.pk:
        raise NotYourself
    # The applications before the person, as everybody holds them who writes both; then those begun in between.
    _held(person)
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.erased_at:
        return
    if held.merged_into_id:
        raise Merged
    applications = _held(person)
    _refuse(held, applications)
    references = [reference(application) for application in applications]
    asked = Sponsor.objects.waiting_at(now).filter(application__in=applications)
    waiting = list(asked.select_related(*NAMED))
    for application in applications:
        if application.status is State.DRAFT:
            delete_draft(application)
        else:
            _without_the_person(application, held, now)
    # Their mails with what the withdrawals above wrote: it named the person, and the mails below say the same without.
    forget_beside_applications(held, now=now, about=references, still_to_send=TO_SPONSORS)
    record(action="accounts.erased", subject=held, by=held, now=now)
    _tell(held, [each for each in applications if each.registered_at], waiting, now)


def _tell(person: User, applications: list[Application], sponsors: list[Sponsor], now: datetime) -> None:
    for application in applications:
        key = f"applications.erased:{application.pk}"
        tell_provider("person_erased", application, key=key, now=now, left=False)
        tell_earlier_providers("person_erased", application, key=key, now=now, left=True)
    for sponsor in sponsors:
        _last_mail(
            "applications/sponsor_not_asked",
            sponsor.email,
            key=f"applications.erased_for:{sponsor.pk}",
            about=sponsor.application,
            now=now,
            application=sponsor.application,
        )
    _last_mail("erased", person.email, key=f"accounts.erased:{person.pk}", about=person, now=now)


def _last_mail(template: str, to: str, *, key: str, about: Model, now: datetime, **context: Any) -> None:
    """Nothing of it is kept once it is sent, the address neither."""
    queue(
        template=template,
        to=to,
        context=context,
        dedupe_key=key,
        about=about,
        now=now,
        sensitive=True,
        forget_address=True,
    )


def _held(person: User) -> list[Application]:
    keys = hold(Application.objects.held_by(person))
    return list(Application.objects.with_names().filter(pk__in=keys).order_by("pk"))


def _refuse(person: User, applications: list[Application]) -> None:
    if person.has_staff_account:
        raise StaffAccount
    if any(in_training(application) for application in applications):
        raise StillInTraining


def _without_the_person(application: Application, person: User, now: datetime) -> None:
    if application.status in LIVE:
        withdraw(application=application, by=person, now=now)
    without_the_person(application, now, ERASED_REASON)


def without_the_person(application: Application, now: datetime, why: str) -> None:
    """Of an application that has ended, held by the caller; `why` stands where a reason was written."""
    # What was to be written to them among others, where that was interrupted.
    BulkDecision.objects.filter(lines__application=application).update(given={})
    for model in PERSONAL:
        model._default_manager.filter(application=application).delete()
    ClosedApplication.objects.filter(application=application).update(form_answers=[], sponsor=[], messages=[])
    TrainingChange.objects.filter(application=application).update(reason=_where_one_was("reason", why))
    Application.objects.filter(pk=application.pk).update(
        full_name=ERASED,
        date_of_birth=None,
        trn="",
        workplace_reference="",
        workplace_name="",
        funding_facts=_without_numbers(application.funding_facts or {}),
        funding_review_reason=_where_one_was("funding_review_reason", why),
        decision_reason=_where_one_was("decision_reason", why),
        erased_at=now,
        undo_until=None,
        before_decision=None,
    )


def _where_one_was(column: str, why: str) -> Case:
    return Case(When(~Q(**{column: ""}), then=Value(why)), default=F(column), output_field=TextField())


def _without_numbers(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts decide as before: a rule asks whether there is a number, and none which it is."""
    workplace = facts.get("establishment")
    if not workplace:
        return facts
    numbers = {name: SOME_NUMBER for name in NUMBERS if workplace.get(name)}
    return {**facts, "establishment": {**workplace, **numbers}}
