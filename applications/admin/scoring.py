"""The page on which a scorer scores, which shows nobody else's scores; and all side by side, for those who decide.

The page shows the answers to the questions that are scored, and no others: neither access needs nor equality answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import mean
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.access import may_score, reads_scores
from applications.actions.errors import Decided, Refused, ScoresStand
from applications.admin.forms import one_of, words
from applications.form_definition import Question
from applications.models import Application, Score
from applications.models.score import FAR_APART, SCALE
from applications.provider_forms.fields import in_words
from applications.queries import form_answers_of, scored_questions, scores_stand
from applications.vocabulary import LONGEST_REASON
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin

CHOICES = [(str(number), f"{number}: {meaning}") for number, meaning in SCALE.items()]

SAVED = (
    "Your scores are saved. You can change them until another scorer has given theirs, or until the decision."
)
SAVED_FOR_GOOD = "Your scores are saved. You now see what others gave, so yours stay as they are."


class ScoreForm(forms.Form):
    """Two fields for each scored question: the score by the question's key, and the comment."""

    def __init__(self, questions: Iterable[Question], posted: Any, own: dict[str, Score]) -> None:
        super().__init__(posted)
        self.questions = list(questions)
        for number, question in enumerate(self.questions):
            was = own.get(question.key)
            self.fields[f"{number}-score"] = one_of(
                "Your score", CHOICES, f"Choose a score for “{question.label}”", str(was.score) if was else ""
            )
            comment = words(
                "Your comment", longest=LONGEST_REASON, rows=3, help_text="You can leave this empty."
            )
            comment.initial = was.comment if was else ""
            self.fields[f"{number}-comment"] = comment

    def parts(self) -> list[tuple[Question, forms.BoundField, forms.BoundField]]:
        return [
            (question, self[f"{number}-score"], self[f"{number}-comment"])
            for number, question in enumerate(self.questions)
        ]

    def given(self) -> dict[str, tuple[int, str]]:
        data = self.cleaned_data
        return {
            question.key: (int(data[f"{number}-score"]), data[f"{number}-comment"])
            for number, question in enumerate(self.questions)
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """One scored question: each scorer's score in the order of the table's columns, None where one gave none."""

    question: str
    scores: list[Score | None]

    @property
    def numbers(self) -> list[int]:
        return [each.score for each in self.scores if each]

    @property
    def average(self) -> float:
        return mean(self.numbers)

    @property
    def apart(self) -> int:
        """By how much the scorers differ, where that is much; else 0."""
        difference = max(self.numbers) - min(self.numbers)
        return difference if difference >= FAR_APART else 0


def scores_for(application: Application, user: User) -> dict[str, Any]:
    """What the screen about an application shows of its scores, to those who may read them."""
    scores, reads = may_score(user, application), reads_scores(user, application)
    context = {
        "may_score": scores and application.may_be_scored and bool(scored_questions(application)),
        "waits_to_score": scores and application.may_be_scored and not reads,
    }
    if not reads:
        return context
    given = list(application.scores.select_related("scorer").order_by("pk"))
    scorers = list(dict.fromkeys(each.scorer for each in given))
    compared = _compared(application, given, scorers)
    every = [each.score for each in given]
    return {
        **context,
        "may_score": context["may_score"] and not scores_stand(application, user),
        "scorers": scorers,
        "compared": compared,
        "average": mean(every) if every else None,
        "far_apart": sum(bool(each.apart) for each in compared),
    }


def _compared(application: Application, given: list[Score], scorers: list[User]) -> list[Compared]:
    labels = {question.key: question.label for question in scored_questions(application)}
    by_question = groupby(sorted(given, key=lambda each: each.question), key=lambda each: each.question)
    found = {key: {each.scorer: each for each in scores} for key, scores in by_question}
    return [
        Compared(labels[key], [found[key].get(scorer) for scorer in scorers])
        for key in labels
        if key in found
    ]


def score(site: ScopedModelAdmin, request: HttpRequest, application: Application) -> HttpResponse:
    """403 for those who do not score. One that is decided leads back to its screen."""
    user = person(request)
    if not may_score(user, application):
        raise PermissionDenied
    questions = scored_questions(application)
    if not application.may_be_scored or not questions:
        messages.warning(
            request, str(Decided()) if questions else "Its form has no questions that are scored."
        )
        return _back(application)
    if scores_stand(application, user):
        messages.warning(request, str(ScoresStand()))
        return _back(application)
    own = {each.question: each for each in application.scores.filter(scorer=user)}
    form = ScoreForm(questions, request.POST if request.method == "POST" else None, own)
    if request.method != "POST" or not form.is_valid():
        return _page(site, request, application, form, changes=bool(own))
    try:
        actions.score(application=application, given=form.given(), by=user, now=timezone.now())
        messages.success(request, SAVED if not scores_stand(application, user) else SAVED_FOR_GOOD)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return _back(application)


def _page(
    site: ScopedModelAdmin, request: HttpRequest, application: Application, form: ScoreForm, *, changes: bool
) -> HttpResponse:
    answers = form_answers_of(application)
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": "Change your scores" if changes else "Score this application",
        "application": application,
        "form": form,
        "parts": [(*part, in_words(part[0], answers)) for part in form.parts()],
    }
    return TemplateResponse(request, "admin/applications/score.html", context)


def _back(application: Application) -> HttpResponse:
    return redirect(reverse("admin:applications_application_change", args=[application.pk]))
