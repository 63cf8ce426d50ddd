"""A question as it is asked of somebody now: what its page and its checks share is worked out once a request."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from applications.journey.choices import Choices
from applications.journey.decision import Funding, decide_for
from applications.journey.forms import StepForm, form_for
from applications.journey.offered import choices_on
from applications.journey.shape import Answers, Step, said
from applications.journey.walker import Walk, walk
from applications.models import Application
from applications.queries import answers_of
from catalogue.models import Qualification, Term


@dataclass(frozen=True)
class Place:
    """Where a person is in the registration."""

    choices: Choices
    walk: Walk
    # The term that has closed while they answered: they can be there no more, and what they sent is kept.
    closed: str = ""


def place_of(application: Application, now: datetime) -> Place:
    choices = choices_on(timezone.localdate(now), application.applicant.email)
    return Place(choices, walk(answers_of(application), choices))


def as_it_was_open(application: Application, place: Place, now: datetime) -> Place:
    """`place`, where the term that they chose can still be chosen; else where they were before it closed."""
    given = answers_of(application)
    term = said(given, "term") or ""
    if not term or term in place.choices.terms:
        return place
    choices = choices_on(timezone.localdate(now), application.applicant.email, kept=term)
    return Place(choices, walk(given, choices), choices.terms.get(term, ""))


@dataclass
class Asked:
    application: Application
    step: Step
    place: Place

    def form(self, **given: Any) -> StepForm:
        return form_for(self.step, self.place.walk.answers, self.place.choices, **given)

    @property
    def known(self) -> Answers:
        """The answers before this question."""
        return self.place.walk.known_at(self.step)

    @cached_property
    def funding(self) -> Funding:
        """The decision that what is known leads to. Only where it is known enough: from the NPQ on."""
        return decide_for(self.known, self.application.applicant, timezone.now())

    @cached_property
    def term(self) -> Term:
        return Term.objects.get(identifier=said(self.known, "term"))

    @cached_property
    def npq(self) -> Qualification:
        return Qualification.objects.get(identifier=said(self.known, "npq"))
