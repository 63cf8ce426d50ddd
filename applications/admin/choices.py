"""What can be decided about many applications at once: CHOICES, each one of the verbs that decide about one."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from applications import actions
from applications.admin.forms import AskForm, RejectForm
from applications.journey.deadlines import answer_expected
from applications.models import Application, Message
from applications.states import Action
from npq_portal.mail.rendering import Rendered, rendered

Given = dict[str, Any]
Signed = dict[str, Any]
# Stands in the mail that is shown before, for what is still to be written.
TO_BE_WRITTEN = "(what you write below)"


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is in the list of choices, `can` and `done` follow a number: "12 can be accepted", "12 were accepted".

    `mail` gives the template, and what it is given beside the application, as the person would have it.
    """

    slug: str
    action: Action
    label: str
    can: str
    done: str
    do: Callable[[Application, Given, Signed], object]
    mail: Callable[[Application, datetime], tuple[str, Given]]
    form: Callable[[Any], forms.Form] = forms.Form
    funded: bool = False

    def example(self, application: Application, now: datetime) -> Rendered:
        """The mail that its applicant would get. Nothing is changed, nor queued."""
        told = copy(application)
        template, context = self.mail(told, now)
        given = {"application": told, "path": application.get_absolute_url(), **context}
        return rendered(f"applications/{template}", given)


def _accepting(funded: bool) -> Callable[[Application, Given, Signed], object]:
    return lambda application, _, signed: actions.accept(
        application=application, funded_place=funded, **signed
    )


def _accepted(funded: bool) -> Callable[[Application, datetime], tuple[str, Given]]:
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


CHOICES: dict[str, Choice] = {
    choice.slug: choice
    for choice in (
        Choice(
            "accept-funded",
            Action.ACCEPT,
            "Accept with a funded place",
            "can be accepted with a funded place",
            "accepted with a funded place",
            _accepting(True),
            _accepted(True),
            funded=True,
        ),
        Choice(
            "accept-unfunded",
            Action.ACCEPT,
            "Accept without a funded place",
            "can be accepted without a funded place",
            "accepted without a funded place",
            _accepting(False),
            _accepted(False),
        ),
        Choice(
            "waiting-list",
            Action.PUT_ON_WAITING_LIST,
            "Put on the waiting list",
            "can be put on the waiting list",
            "put on the waiting list",
            lambda application, _, signed: actions.put_on_waiting_list(application=application, **signed),
            _listed,
        ),
        Choice(
            "ask",
            Action.ASK_FOR_MORE,
            "Ask for more information",
            "can be asked for more information",
            "asked for more information",
            lambda application, given, signed: actions.ask_for_more(
                application=application, text=given["text"], **signed
            ),
            _asked,
            AskForm,
        ),
        Choice(
            "reject",
            Action.REJECT,
            "Do not accept",
            "can be told that they are not accepted",
            "not accepted",
            lambda application, given, signed: actions.reject(
                application=application, reason=given["reason"], **signed
            ),
            _rejected,
            RejectForm,
        ),
    )
}
