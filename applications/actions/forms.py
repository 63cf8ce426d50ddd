"""The provider's form: saved as often as the person likes, until the sponsor is asked (`sponsor.ask_sponsor`).

What the sponsor endorsed is not changed afterwards: a provider that needs more asks for it (`messages.ask_for_more`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from applications.actions.moving import move
from applications.models import Application, FormAnswer, Sponsor
from applications.provider_forms.saved import asked_of
from applications.states import Action
from applications.vocabulary import SponsorState
from npq_portal.accounts.models import User
from npq_portal.verbs import verb


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
