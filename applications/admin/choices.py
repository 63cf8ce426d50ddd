"""What can be decided about many applications at once.

CHOICES are decisions about one (`decisions`), in which nothing is left to choose but words.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from applications.admin.decisions import DECISIONS, Decision, stands
from applications.admin.forms import AskForm, RejectForm, WhyForm
from applications.admin.why_not import why_not
from applications.journey.deadlines import answer_expected
from applications.models import Application, Message
from applications.states import Action, Role, State
from npq_portal.mail.rendering import Rendered, rendered

Given = dict[str, Any]
Signed = dict[str, Any]
Mail = Callable[[Application, datetime], tuple[str, Given]]
# Stands in the mail that is shown before, for what is still to be written.
TO_BE_WRITTEN = "(what you write below)"
IS_ACCEPTED = "It is accepted. Take that back on its own page, where its place is seen."


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is in the list of choices, `can` and `done` follow a number: "12 can be accepted", "12 were accepted".

    `mail` gives the template, and what it is given beside the application, as the person would have it.
    """

    slug: str
    decision: Decision
    label: str
    can: str
    done: str
    mail: Mail
    form: Callable[[Any], forms.Form] = forms.Form
    funded: bool | None = None

    @property
    def action(self) -> Action:
        return self.decision.actions[0]

    def why_not(self, application: Application, role: Role | None, now: datetime) -> str:
        """Empty where it is open to `role`. Asked again when it is done: its verb alone would take an acceptance back.

        Not whether a place is left, nor what else is known of the person: that is for the verb.
        """
        told = why_not(application, [self.action], role, now)
        if not told and self.action is Action.REJECT and application.status is State.ACCEPTED:
            return IS_ACCEPTED
        return told

    def do(self, application: Application, given: Given, signed: Signed) -> object:
        """The decision's own verb, asked for the place that this choice stands for."""
        place = {} if self.funded is None else {"place": "funded" if self.funded else "unfunded"}
        return self.decision.do(application, given | place, signed)

    def example(self, application: Application, now: datetime) -> Rendered:
        """The mail that its applicant would get. Nothing is changed, nor queued."""
        told = copy(application)
        template, context = self.mail(told, now)
        given = {"application": told, "path": application.get_absolute_url(), **context}
        return rendered(f"applications/{template}", given)


def token(application: Application) -> str:
    """What a post confirms: its key, and how it stands."""
    return f"{application.pk} {stands(application)}"


def _accepted(funded: bool) -> Mail:
    def mail(application: Application, now: datetime) -> tuple[str, Given]:
        application.funded_place = funded
        return "accepted", {}

    return mail


def _rejected(application: Application, now: datetime) -> tuple[str, Given]:
    application.decision_reason = TO_BE_WRITTEN
    return "rejected", {}


def _listed(application: Application, now: datetime) -> tuple[str, Given]:
    return "waiting_list", {"place": Application.objects.alike(application).waiting().count() + 1}


def _asked(application: Application, now: datetime) -> tuple[str, Given]:
    answer_by = answer_expected(now, application.course_run)
    return "more_information", {"message": Message(text=TO_BE_WRITTEN), "answer_by": answer_by}


def _as_for_one(
    slug: str, can: str, done: str, mail: Mail, form: Callable[[Any], forms.Form] = forms.Form
) -> Choice:
    return Choice(slug, DECISIONS[slug], DECISIONS[slug].label, can, done, mail, form)


CHOICES: dict[str, Choice] = {
    choice.slug: choice
    for choice in (
        Choice(
            "accept-funded",
            DECISIONS["accept"],
            "Accept with a funded place",
            "can be accepted with a funded place",
            "accepted with a funded place",
            _accepted(True),
            WhyForm,
            funded=True,
        ),
        Choice(
            "accept-unfunded",
            DECISIONS["accept"],
            "Accept without a funded place",
            "can be accepted without a funded place",
            "accepted without a funded place",
            _accepted(False),
            WhyForm,
            funded=False,
        ),
        _as_for_one(
            "waiting-list", "can be put on the waiting list", "put on the waiting list", _listed, WhyForm
        ),
        _as_for_one(
            "ask", "can be asked for more information", "asked for more information", _asked, AskForm
        ),
        _as_for_one(
            "reject", "can be told that they are not accepted", "not accepted", _rejected, RejectForm
        ),
    )
}
