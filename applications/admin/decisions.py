"""What staff decide about one application: DECISIONS, each with its form, its verb, and the words for what was done.

Their pages are in `deciding`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms

from applications import actions
from applications.access import open_actions, role_of
from applications.admin.forms import (
    AcceptForm,
    AskForm,
    PlaceForm,
    RejectForm,
    RevertForm,
    RunForm,
    TrainingForm,
    WhyForm,
    WithdrawForm,
)
from applications.models import Application, FundedPlaces
from applications.models.training import WORDS
from applications.queries import order_of, other_runs, places_of, waiting_line
from applications.states import LIVE, Action, Role
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User

Given = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a decision's page is about: the application, what its reader may do to it now, and the funded places."""

    application: Application
    allowed: frozenset[Action]
    places: FundedPlaces | None

    @cached_property
    def line(self) -> list[Application]:
        """Everybody on its waiting list."""
        return waiting_line(self.application)

    @property
    def may_fund(self) -> bool:
        eligible = self.application.funding_outcome == Outcome.FUNDED
        return eligible and self.places is not None and self.places.left > 0


@dataclass(frozen=True, slots=True)
class Decision:
    """`label` is on the button that leads to its page, `title` on the page, `told` once it is done."""

    slug: str
    actions: tuple[Action, ...]
    label: str
    title: str
    told: str
    do: Callable[[Application, Given, dict[str, Any]], object]
    form: Callable[[Any, Asked], forms.Form] = lambda posted, _: forms.Form(posted)
    main: bool = False
    mailed: bool = True
    # Where it would be refused whatever is given: then it has no button.
    open_for: Callable[[Asked], bool] = lambda _: True

    @property
    def address(self) -> str:
        """The name of its page's address."""
        return f"applications_application_{self.slug.replace('-', '_')}"


def decides(user: User, application: Application) -> bool:
    return role_of(user, application) in (Role.PROVIDER, Role.PORTAL)


DECISIONS: dict[str, Decision] = {
    decision.slug: decision
    for decision in (
        Decision(
            "accept",
            (Action.ACCEPT,),
            "Accept",
            "Accept this application?",
            "{name} is accepted.",
            lambda application, given, signed: actions.accept(
                application=application,
                funded_place=given["place"] == "funded",
                reason=given["reason"],
                **signed,
            ),
            lambda posted, asked: AcceptForm(posted, with_places=asked.may_fund),
            main=True,
        ),
        Decision(
            "training",
            tuple(WORDS),
            "Record training",
            "What happened in the training?",
            "That is recorded.",
            lambda application, given, signed: actions.record_training(
                application=application,
                action=Action(given["action"]),
                on=given["on"],
                reason=given["reason"],
                **signed,
            ),
            lambda posted, asked: TrainingForm(posted, allowed=asked.allowed),
            main=True,
        ),
        Decision(
            "waiting-list",
            (Action.PUT_ON_WAITING_LIST,),
            "Put on the waiting list",
            "Put this application on the waiting list?",
            "{name} is on the waiting list.",
            lambda application, given, signed: actions.put_on_waiting_list(
                application=application, reason=given["reason"], **signed
            ),
            lambda posted, _: WhyForm(posted),
        ),
        Decision(
            "run",
            (Action.MOVE_TO_RUN,),
            "Move to another course run",
            "Move to another course run",
            "{name} is moved to another course run.",
            lambda application, given, signed: actions.move_to_run(
                application=application, run=given["run"], text=given["text"], **signed
            ),
            lambda posted, asked: RunForm(posted, runs=other_runs(asked.application)),
        ),
        Decision(
            "place",
            (Action.MOVE_IN_LINE,),
            "Move on the waiting list",
            "Move on the waiting list",
            "{name} has another place on the waiting list.",
            lambda application, given, signed: actions.move_in_line(
                application=application,
                to=given["place"],
                reason=given["reason"],
                order=given["order"],
                **signed,
            ),
            lambda posted, asked: PlaceForm(
                posted, initial={"order": order_of(row.pk for row in asked.line)}
            ),
            mailed=False,
        ),
        Decision(
            "offer",
            (Action.OFFER_PLACE,),
            "Offer a funded place",
            "Offer a funded place?",
            "A funded place is held for {name}.",
            lambda application, _, signed: actions.offer_place(application=application, **signed),
            open_for=lambda asked: asked.may_fund,
        ),
        Decision(
            "ask",
            (Action.ASK_FOR_MORE,),
            "Ask for more information",
            "What do you need to know?",
            "{name} is asked.",
            lambda application, given, signed: actions.ask_for_more(
                application=application, text=given["text"], **signed
            ),
            lambda posted, _: AskForm(posted),
        ),
        Decision(
            "reject",
            (Action.REJECT,),
            "Do not accept",
            "Do not accept this application?",
            "{name} is not accepted.",
            lambda application, given, signed: actions.reject(
                application=application, reason=given["reason"], **signed
            ),
            lambda posted, _: RejectForm(posted),
        ),
        Decision(
            "revert",
            (Action.REVERT,),
            "Let the provider decide again",
            "Let the provider decide again?",
            "The provider decides again about {name}.",
            lambda application, given, signed: actions.revert(
                application=application, reason=given["reason"], **signed
            ),
            lambda posted, _: RevertForm(posted),
        ),
        Decision(
            "withdraw",
            (Action.WITHDRAW,),
            "Withdraw it for them",
            "Withdraw this application for the applicant?",
            "The application of {name} is withdrawn.",
            lambda application, given, signed: actions.withdraw(
                application=application, reason=given["reason"], **signed
            ),
            lambda posted, _: WithdrawForm(posted),
        ),
    )
}


def open_decisions(user: User, application: Application) -> list[Decision]:
    if application.erased_at:
        return []  # Kept to be counted, as it ended.
    allowed = open_actions(user, application)
    asked = Asked(application, allowed, places_of(application) if Action.OFFER_PLACE in allowed else None)
    return [
        decision
        for decision in DECISIONS.values()
        if allowed & set(decision.actions) and decision.open_for(asked)
    ]


def open_to(user: User, application: Application, now: datetime) -> dict[str, Any]:
    """What the screen offers `user`: decisions, or first to undo the one of which nobody is told yet."""
    deciding, undoable = decides(user, application), application.can_be_undone(now)
    return {
        "decisions": [] if undoable else open_decisions(user, application),
        "may_undo": deciding and undoable,
        "told_at": application.undo_until if undoable else None,
        "seen": stands(application),
        "may_write": deciding and application.status in LIVE,
    }


def stands(application: Application) -> str:
    """Since when it is as it is, and its funding: a page that was opened before decides nothing."""
    return f"{application.state_since.isoformat()} {application.funding_outcome}"
