"""Scorers score the answers of the provider's form, each for themselves."""

from collections.abc import Mapping
from datetime import datetime

from applications.access import may_score
from applications.actions.errors import Decided, NotYours, ScoresStand
from applications.actions.moving import locked
from applications.models import Application, Score
from applications.models.score import ENOUGH_SCORERS
from applications.queries import scored_questions, scores_stand
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def score(
    *, application: Application, given: Mapping[str, tuple[int, str]], by: User, now: datetime
) -> Application:
    """`given` is a number and a comment for each scored question, by its key: all of them, or ValueError.

    Given again they take the place of the scorer's own, as long as there are no others: these are shown to whoever has
    given theirs, so from then on they stand (ScoresStand). Raises NotYours for who is no scorer of the provider, or is
    the applicant, and Decided where the decision is made. The state stays as it is.
    """
    application = locked(application)
    if not may_score(by, application):
        raise NotYours
    if not application.may_be_scored:
        raise Decided
    asked = [question.key for question in scored_questions(application)]
    if set(asked) != set(given) or application.form is None:
        raise ValueError("A scoring gives a score to every scored question, and to nothing else.")
    if scores_stand(application, by):
        raise ScoresStand
    before = dict(application.scores.filter(scorer=by).values_list("question", "score"))
    Score.objects.bulk_create(
        [
            Score(
                application=application,
                scorer=by,
                question=key,
                form=application.form,
                score=given[key][0],
                comment=given[key][1].strip(),
                submitted_at=now,
            )
            for key in asked
        ],
        update_conflicts=True,
        unique_fields=["application", "scorer", "question"],
        update_fields=["form", "score", "comment", "submitted_at"],
    )
    scorers = application.scores.order_by().values("scorer").distinct().count()
    Application.objects.filter(pk=application.pk).update(awaits_scores=scorers < ENOUGH_SCORERS)
    record(
        action="applications.scored",
        subject=application,
        by=by,
        now=now,
        old=before or None,
        new={key: given[key][0] for key in asked},
    )
    return application
