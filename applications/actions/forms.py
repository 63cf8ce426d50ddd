"""The provider's form: saved as often as the person likes, sent once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from applications.access import role_of
from applications.actions.errors import Incomplete
from applications.actions.mails import tell_applicant
from applications.actions.moving import locked, move, verb
from applications.journey.tracker import decision_expected
from applications.models import Application, FormAnswer, Sponsor
from applications.provider_forms.saved import asked_of, saved_form
from applications.states import Action, State, next_state
from applications.vocabulary import SponsorState
from npq_portal.accounts.models import User


@verb
def save_form(
    *,
    application: Application,
    answers: Mapping[str, Any],
    sponsor: tuple[str, str, str] | None,
    by: User,
    now: datetime,
) -> Application:
    """Keep what has been written so far; nothing need be finished.

    The first save fixes the form's version for this application. Answers to questions that this version does
    not ask are not kept. `sponsor` is a name, an e-mail address and a role; None leaves the sponsor as it was.
    Nobody is asked yet.
    """
    form = asked_of(application)
    move(
        application=application,
        action=Action.SAVE_FORM,
        by=by,
        now=now,
        event="form_saved",
        new={"form": form.pk},
        form=form,
        answers_saved_at=now,
    )
    FormAnswer.objects.bulk_create(
        [
            FormAnswer(application=application, question=key, value=answers[key], answered_at=now)
            for question in form.definition.questions
            for key in question.keys
            if key in answers
        ],
        update_conflicts=True,
        unique_fields=["application", "question"],
        update_fields=["value", "answered_at"],
    )
    if sponsor is not None:
        name, email, role = sponsor
        Sponsor.objects.update_or_create(
            application=application,
            state=SponsorState.NAMED.value,
            defaults={"name": name, "email": email, "role": role},
        )
    return application


@verb
def submit(*, application: Application, by: User, now: datetime) -> Application:
    """Send the provider what it asked to have changed. A second call changes nothing.

    The first time the sponsor sends it, by endorsing (`sponsor.endorse`). Raises Incomplete("form") where a required
    answer is missing or a word limit is passed: what was saved is checked again here, whatever the page showed.
    """
    application = locked(application)
    if application.status is State.SUBMITTED and application.applicant_id == by.pk:
        return application
    next_state(application.status, Action.SUBMIT, role_of(by, application))
    if not saved_form(application, strict=True).is_valid():
        raise Incomplete("form", "Finish the questions marked below, then send your form.")
    key = move(
        application=application,
        action=Action.SUBMIT,
        by=by,
        now=now,
        event="submitted",
        submitted_at=now,
    )
    tell_applicant("submitted", application, key=key, now=now, decision_by=decision_expected(now))
    return application
