"""Reads about one application that pages, forms and actions share."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from applications.form_definition import Question, UnusableForm
from applications.models import Answer, Application, FormAnswer, FundedPlaces, ProviderForm, Sponsor
from applications.models.application_sets import HELD_A_PLACE, HOLDS_A_PLACE
from applications.states import IN_TRAINING
from catalogue.models import CourseRun, Qualification, Term
from funding.impact import StoredDecision
from npq_portal.accounts.models import User
from npq_portal.audit.models import reference
from npq_portal.mail.models import MailState, OutboxMessage

# Fewer than so many could be known by the figure.
LEAST_TOLD = 5


def in_training(application: Application) -> bool:
    return application.status in IN_TRAINING


def answers_of(application: Application) -> dict[str, Mapping[str, Any]]:
    """The answers given so far, by step, in the order in which they were given."""
    # Their own order would look up the application's as well.
    return dict(application.answers.order_by("answered_at").values_list("step", "value"))


def drafts_with_answers(drafts: Iterable[Application]) -> dict[UUID, dict[str, Mapping[str, Any]]]:
    """The answers of several applications, by application and step, in one query."""
    found: dict[UUID, dict[str, Mapping[str, Any]]] = {draft.pk: {} for draft in drafts}
    for pk, step, value in Answer.objects.filter(application__in=found).values_list(
        "application", "step", "value"
    ):
        found[pk][step] = value
    return found


def live_for(user: User, npq: str | None, term: str | None, now: datetime) -> Application | None:
    """The person's live application for the NPQ and term of these identifiers, if there is one.

    One that ended without their being told yet is live: else who tried to register again would know.
    """
    live = Application.objects.told_live(now).held_by(user)
    return live.filter(qualification__identifier=npq, term__identifier=term).first()


@dataclass(frozen=True, slots=True)
class PlacesTold:
    """How many funded places a provider has left, going by the decisions that applicants are told of."""

    left: int
    is_example: bool


def places_by_provider(qualification: Qualification, term: Term, now: datetime) -> dict[str, PlacesTold]:
    """Provider slug -> its funded places for the NPQ in the term, where it is known how many.

    Anybody reads them: one that moved with a decision of which the applicant is not told yet would tell them.
    """
    same = {name: OuterRef(name) for name in ("provider", "qualification", "term")}
    untold = Application.objects.filter(**same).untold(now)
    given, freed = _number(untold.filter(HOLDS_A_PLACE)), _number(untold.filter(HELD_A_PLACE))
    # A place that an untold rejection freed may be offered to the next already: then two count it.
    left = Greatest(F("cap") - F("taken") + given - freed, 0)
    places = FundedPlaces.objects.filter(qualification=qualification, term=term).order_by()
    told = places.values_list("provider__slug", left, "is_example")
    return {slug: PlacesTold(left, is_example) for slug, left, is_example in told}


def _number(rows: QuerySet[Application]) -> Coalesce:
    """How many they are, for each row of the query around them."""
    counted = rows.order_by().annotate(number=Func("pk", function="count", output_field=IntegerField()))
    return Coalesce(Subquery(counted.values("number")), 0)


def form_answers_of(application: Application) -> dict[str, Any]:
    """What has been answered in the provider's form so far, by key."""
    return dict(application.form_answers.values_list("question", "value"))


def counted(form: ProviderForm, user: User) -> list[tuple[Question, list[tuple[str, int]]]]:
    """How often each option was chosen of the questions that are only counted, in sent applications that `user` sees.

    0 stands for anything under LEAST_TOLD. None of it says whose an answer was.
    """
    questions = {each.key: each for each in form.definition.questions if each.reporting_only}
    sent = Application.objects.visible_to(user).filter(form=form, submitted_at__isnull=False)
    given = FormAnswer.objects.filter(application__in=sent, question__in=questions)
    chosen: Counter[tuple[str, str]] = Counter()
    for key, value in given.values_list("question", "value"):
        chosen.update((key, option) for option in (value if isinstance(value, list) else [value]))
    return [
        (question, [(option, _told_number(chosen[key, option])) for option in question.options])
        for key, question in questions.items()
    ]


def scored_questions(application: Application) -> list[Question]:
    """Of the form's version that the application answered; none where there is no form, or one that cannot be read."""
    try:
        questions = application.form.definition.questions if application.form else ()
    except UnusableForm:
        return []
    return [question for question in questions if question.scored]


def scores_stand(application: Application, scorer: User) -> bool:
    """Whether `scorer` has given scores and has seen those of others since, so that theirs are no longer blind."""
    scorers = set(application.scores.order_by().values_list("scorer", flat=True))
    return scorer.pk in scorers and len(scorers) > 1


def _told_number(number: int) -> int:
    return number if number >= LEAST_TOLD else 0


def places_of(application: Application) -> FundedPlaces | None:
    """The provider's funded places for the NPQ and term; None where it has not said how many."""
    return FundedPlaces.objects.filter(
        provider=application.provider, qualification=application.qualification, term=application.term
    ).first()


def other_runs(application: Application) -> QuerySet[CourseRun]:
    """Those of its provider, NPQ and term that are not cancelled, but for the one that it is for; the soonest first."""
    same = CourseRun.objects.filter(
        provider=application.provider_id,
        qualification=application.qualification_id,
        term=application.term_id,
    )
    others = same.exclude(state=CourseRun.State.CANCELLED).exclude(pk=application.course_run_id or 0)
    named = others.select_related("provider", "hub", "partner", "qualification", "term")
    return named.order_by(F("starts_on").asc(nulls_last=True), "pk")


def waiting_line(application: Application) -> list[Application]:
    """Everybody who waits for the same provider, NPQ and term, the next first."""
    return list(Application.objects.alike(application).waiting().with_names().without_decisions())


def order_of(line: Iterable[UUID]) -> str:
    """One text for one order: a page that shows another is out of date."""
    return sha256(" ".join(key.hex for key in line).encode()).hexdigest()[:16]


def place_in_line(application: Application) -> int:
    """1 for the next, among those who wait for the same provider, NPQ and term; 0 for somebody who does not wait."""
    if application.waiting_number is None:
        return 0
    before = Application.objects.alike(application).filter(waiting_number__lt=application.waiting_number)
    return before.count() + 1


def failed_invitation(sponsor: Sponsor) -> OutboxMessage | None:
    """The newest mail that asks `sponsor`, where it was given up: their server refused it, or was gone for a day."""
    invited = OutboxMessage.objects.filter(
        about=reference(sponsor.application), template="applications/sponsor_invited", to=sponsor.email
    )
    newest = invited.order_by("-pk").first()
    return newest if newest and newest.state == MailState.DEAD else None


def open_decisions(term: Term) -> Iterator[StoredDecision]:
    """The funding of every live application of the term as it was frozen, a few hundred at a time."""
    live = Application.objects.live().filter(term=term).order_by("pk")
    # The decision's own outcome: what a person decided afterwards no list would change.
    rows = live.values_list("funding_facts", "funding_decision__outcome", "funding_rules_version")
    for facts, outcome, rules_version in rows.iterator(chunk_size=500):
        yield StoredDecision(facts or {}, outcome, rules_version)
