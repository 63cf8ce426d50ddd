"""What the queue is narrowed by. KNOWN are the names that they have in its address: no other part of it is saved."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from applications.elsewhere import is_elsewhere
from applications.journey.deadlines import DECISION_WITHIN
from applications.models import Application, Score
from applications.models.queue import LABELS, Task, conditions
from applications.states import State
from catalogue.models import CourseRun
from npq_portal.accounts.requests import person
from npq_portal.staff.scoping import visible_rows

LATE = "late"
FOR_ME = "for-me"
# Beyond so many nobody finds theirs: first an NPQ or a term is chosen.
MOST_RUNS = 30


class OfChoices(admin.SimpleListFilter):
    """Each choice has the condition that its rows meet. What is no choice narrows nothing."""

    choices_by_value: ClassVar[dict[str, tuple[str, Callable[[HttpRequest], Q]]]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.choices_by_value.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        chosen = self.choices_by_value.get(self.value() or "")
        return queryset.filter(chosen[1](request)) if chosen else queryset


class Counted:
    """Left to the queue to apply, which counts the states of all the others."""

    def condition(self) -> Q:
        return Q()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> None:
        return None


class TaskFilter(Counted, admin.SimpleListFilter):
    title = "what to do"
    parameter_name = "doing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((task.value, LABELS[task]) for task in Task), (LATE, "Waiting longer than they were told")]

    def condition(self) -> Q:
        now = timezone.now()
        late = Q(state=State.SUBMITTED.value, state_since__lt=now - DECISION_WITHIN)
        told: dict[str, Q] = {LATE: late, **{task.value: each for task, each in conditions(now).items()}}
        return told.get(self.value() or "", Q())


class StateFilter(Counted, admin.SimpleListFilter):
    """Its choices are the counts above the list, so it has none beside it."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in State if state is not State.DRAFT]

    def condition(self) -> Q:
        return Q(state=self.value()) if self.value() in set(State) else Q()


class ChosenFilter(admin.RelatedFieldListFilter):
    """Offers what one of the rows has: asked for each choice, of which there are few, and not of the rows, which are
    many. Every application that staff see has one, so "none" is no choice; and one alone is nothing to filter by.
    """

    include_empty_choice = False

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        with_it = visible_rows(Application, request).filter(**{field.name: OuterRef("pk")})
        there = field.remote_field.model._default_manager.filter(Exists(with_it.order_by()))
        return [(row.pk, str(row)) for row in there]


class RunFilter(admin.SimpleListFilter):
    """Of the NPQ and term that are chosen, where there are more than MOST_RUNS."""

    title = "course run"
    parameter_name = "run"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = {"qualification": "qualification__id__exact", "term": "term__id__exact"}
        chosen = {f"{name}_id": request.GET.get(key, "") for name, key in names.items()}
        with_it = visible_rows(Application, request).filter(course_run=OuterRef("pk")).order_by()
        runs = CourseRun.objects.filter(
            Exists(with_it), **{name: value for name, value in chosen.items() if value.isdecimal()}
        )
        found = list(runs.select_related("qualification", "provider", "hub", "partner")[: MOST_RUNS + 1])
        return [(str(run.pk), str(run)) for run in found] if len(found) <= MOST_RUNS else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        value = self.value() or ""
        return (
            queryset.filter(course_run=int(value[:18])) if value.isascii() and value.isdecimal() else queryset
        )


class PlaceFilter(OfChoices):
    title = "funded place"
    parameter_name = "place"
    choices_by_value: ClassVar = {
        "funded": ("Has one", lambda _: Q(funded_place=True)),
        "unfunded": ("Accepted without one", lambda _: Q(funded_place=False)),
        "open": ("Not decided", lambda _: Q(funded_place=None)),
    }


def _scores(request: HttpRequest | None = None) -> Q:
    """Of the applications that somebody has scored, or whoever asks."""
    given = Score.objects.filter(application=OuterRef("pk"))
    return Q(Exists(given.filter(scorer=person(request)) if request else given))


def _for_me_to_score(request: HttpRequest) -> Q:
    """As the first page counts them."""
    return Q(pk__in=Application.objects.to_score_by(person(request)).values("pk"))


class ScoredFilter(OfChoices):
    title = "scores"
    parameter_name = "scored"
    choices_by_value: ClassVar = {
        "yes": ("Scored", lambda _: _scores()),
        "no": ("Not scored yet", lambda _: ~_scores()),
        "me": ("Scored by me", lambda request: _scores(request)),
        "not-me": ("Not scored by me", lambda request: ~_scores(request)),
        FOR_ME: ("For me to score", _for_me_to_score),
    }


class ElsewhereFilter(OfChoices):
    title = "same person elsewhere"
    parameter_name = "elsewhere"
    choices_by_value: ClassVar = {
        "yes": ("In another application", lambda _: is_elsewhere()),
        "no": ("Nowhere else", lambda _: ~is_elsewhere()),
    }


KNOWN = (
    TaskFilter.parameter_name,
    StateFilter.parameter_name,
    "funding_outcome__exact",
    PlaceFilter.parameter_name,
    ScoredFilter.parameter_name,
    ElsewhereFilter.parameter_name,
    "qualification__id__exact",
    "term__id__exact",
    RunFilter.parameter_name,
    "provider__id__exact",
)
