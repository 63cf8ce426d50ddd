"""Every verb that carries out an action, and what it leaves where it succeeds: one audit row, and these mails.

From which states and by whom it succeeds is not said here but in `states.TRANSITIONS` alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from applications import actions
from applications.actions.moving import move
from applications.models import Application, Sponsor
from applications.queries import order_of, waiting_line
from applications.states import Action, Role, State
from tests.applications.actions.cast import Cast
from tests.factories.applications import LATER, NOW, SPONSOR, WRITTEN

# The mail's template, and whom of the cast it goes to.
Mail = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Left:
    """Rows about another application than the one that moves, and mails beside the usual ones."""

    mails: tuple[Mail, ...]
    event: str = ""
    whose: str = ""  # the member of the cast whose application it is


@dataclass(frozen=True, slots=True)
class Verb:
    action: Action
    call: Callable[[Application, Any, Cast], object]
    event: str
    mails: tuple[Mail, ...] = ()
    # Where an action has several verbs, the states that this one is for.
    froms: frozenset[State] = frozenset(State)
    # Where a second call returns what is there and changes nothing: posting twice gives one result.
    again: frozenset[tuple[State, Role]] = frozenset()
    # By the state that is left: what it leaves elsewhere.
    also: Mapping[State, tuple[Left, ...]] = field(default_factory=dict)


# A freed place goes to the next in line, for whom the portal signs.
FREED = Left((("place_offered", "next in line"),), "place_offered", "next in line")
FREES = dict.fromkeys((State.OFFERED, State.ACCEPTED), (FREED,))
# What the same person has under another account ends.
CLOSED = Left((("closed", "same person"),), "closed_as_accepted_elsewhere", "same person")
CLOSES = dict.fromkeys(State, (CLOSED,))
# A provider is told that something is withdrawn once it has the form: who asked last, else all who decide.
HAD_IT = Left((("provider_withdrawn", "decider"), ("provider_withdrawn", "manager")))

# When the mail of a decision has gone out.
ONCE_TOLD = LATER + timedelta(hours=1)
COLLEAGUE = Left((("record_changed_to_provider", "manager"),))


def of_sponsor(
    verb: Callable[..., object], action: Action, event: str, **answer: str
) -> Callable[..., object]:
    """These verbs are signed by the sponsor asked, and no page calls them for anybody else: for all others the move
    itself is tried, which every verb goes through."""

    def call(application: Application, by: Any, cast: Cast) -> object:
        if isinstance(by, Sponsor) and by.application_id == application.pk:
            return verb(sponsor=by, **answer, now=LATER)
        return move(application=application, action=action, by=by, now=LATER, event=event)

    return call


def lapse(application: Application, by: Any, cast: Cast) -> object:
    """Signed by the portal alone; for all others as above."""
    if by is None:
        return actions.lapse(application=application, now=LATER + timedelta(days=30))
    return move(application=application, action=Action.LAPSE, by=by, now=LATER, event="offer_lapsed")


def training(action: Action, event: str) -> Verb:
    def call(application: Application, by: Any, cast: Cast) -> object:
        return actions.record_training(
            application=application, action=action, on=NOW.date(), reason="For a reason.", by=by, now=LATER
        )

    return Verb(action, call, event, told("training"))


def plain(verb: Callable[..., object], **arguments: Any) -> Callable[[Application, Any, Cast], object]:
    return lambda application, by, cast: verb(application=application, **arguments, by=by, now=LATER)


def told(template: str) -> tuple[Mail, ...]:
    """The applicant alone is told."""
    return ((template, "applicant"),)


WAITING_FOR_SPONSOR = frozenset({State.AWAITING_SPONSOR})
OTHER_SPONSOR = {"name": "Olu Other", "email": "other.sponsor@example.test", "role": "trust_leader"}

VERBS: dict[str, Verb] = {
    "answer": Verb(
        Action.ANSWER,
        lambda application, by, cast: actions.answer(
            application=application, step="name", value={"name": "Bo"}, choices=cast.choices, by=by, now=LATER
        ),
        "answered",
    ),
    "carry_over": Verb(
        Action.ANSWER,
        lambda application, by, cast: actions.carry_over(
            application=application, carried={"name": {"name": "Bo"}}, choices=cast.choices, by=by, now=LATER
        ),
        "answered",
    ),
    "register": Verb(
        Action.REGISTER,
        plain(actions.register),
        "registered",
        told("registered"),
        again=frozenset((state, Role.APPLICANT) for state in State if state is not State.DRAFT),
    ),
    "move_to_run": Verb(
        Action.MOVE_TO_RUN,
        lambda application, by, cast: actions.move_to_run(
            application=application, run=cast.run, text="This one is nearer.", by=by, now=LATER
        ),
        "moved_to_run",
        told("moved_to_run"),
    ),
    "move_in_line": Verb(
        Action.MOVE_IN_LINE,
        lambda application, by, cast: actions.move_in_line(
            application=application,
            to=1,
            reason="She waited longest.",
            order=order_of(row.pk for row in waiting_line(application)),
            by=by,
            now=LATER,
        ),
        "moved_in_line",
    ),
    "change_term": Verb(
        Action.CHANGE_TERM,
        lambda application, by, cast: actions.change_record(
            application=application,
            offer=cast.next_term,
            reason="By mistake.",
            payer="school",
            by=by,
            now=ONCE_TOLD,
        ),
        "record_changed",
        (("record_changed", "applicant"), ("record_changed_to_provider", "decider")),
        also={
            **dict.fromkeys(State, (COLLEAGUE,)),
            State.MORE_INFORMATION: (),  # Who asked is told, and nobody else.
            State.OFFERED: (COLLEAGUE, FREED),
            State.ACCEPTED: (COLLEAGUE, FREED),
        },
    ),
    "change_record": Verb(
        Action.CHANGE_RECORD,
        lambda application, by, cast: actions.change_record(
            application=application, offer=cast.elsewhere, reason="By mistake.", by=by, now=ONCE_TOLD
        ),
        "record_changed",
        (
            ("record_changed", "applicant"),
            ("record_changed_to_provider", "other provider's decider"),
            ("record_changed_to_provider", "other provider's manager"),
            ("provider_left", "decider"),
            ("provider_left", "manager"),
        ),
        also={
            State.AWAITING_SPONSOR: (Left((("sponsor_form_gone", "sponsor"),)),),
            State.OFFERED: (FREED,),
            State.ACCEPTED: (FREED,),
        },
    ),
    "change_course": Verb(
        Action.CHANGE_COURSE,
        lambda application, by, cast: actions.change_course(
            application=application, run=cast.run, by=by, now=LATER
        ),
        "course_changed",
        told("course_chosen"),
    ),
    "change_provider": Verb(
        Action.CHANGE_PROVIDER,
        lambda application, by, cast: actions.change_provider(
            application=application, provider=cast.world.other, by=by, now=LATER
        ),
        "provider_changed",
        (
            ("provider_changed", "applicant"),
            ("provider_left", "decider"),
            ("provider_left", "manager"),
        ),
        also={State.AWAITING_SPONSOR: (Left((("sponsor_form_gone", "sponsor"),)),)},
    ),
    "save_form": Verb(
        Action.SAVE_FORM, plain(actions.save_form, answers=WRITTEN, sponsor=SPONSOR), "form_saved"
    ),
    "ask_sponsor": Verb(
        Action.ASK_SPONSOR,
        plain(actions.ask_sponsor),
        "sponsor_asked",
        (("sponsor_invited", "sponsor"),),
        froms=frozenset({State.FORM_STARTED}),
        again=frozenset({(State.AWAITING_SPONSOR, Role.APPLICANT)}),
    ),
    "change_sponsor": Verb(
        Action.ASK_SPONSOR,
        plain(actions.change_sponsor, **OTHER_SPONSOR),
        "sponsor_changed",
        (("sponsor_invited", "other sponsor"), ("sponsor_replaced", "sponsor")),
        froms=WAITING_FOR_SPONSOR,
    ),
    "send_link_again": Verb(
        Action.ASK_SPONSOR,
        plain(actions.send_link_again),
        "sponsor_asked_again",
        (("sponsor_invited", "sponsor"),),
        froms=WAITING_FOR_SPONSOR,
    ),
    "endorse": Verb(
        Action.ENDORSE,
        of_sponsor(actions.endorse, Action.ENDORSE, "endorsed"),
        "endorsed",
        told("submitted"),
    ),
    "decline": Verb(
        Action.DECLINE,
        of_sponsor(actions.decline, Action.DECLINE, "sponsor_declined", reason="Not this year."),
        "sponsor_declined",
        told("sponsor_declined"),
    ),
    "say_wrong_person": Verb(
        Action.DECLINE,
        of_sponsor(actions.say_wrong_person, Action.DECLINE, "sponsor_was_wrong"),
        "sponsor_was_wrong",
        told("sponsor_was_wrong"),
    ),
    "ask_for_more": Verb(
        Action.ASK_FOR_MORE,
        plain(actions.ask_for_more, text="How many years?"),
        "asked_for_more",
        told("more_information"),
    ),
    "send_information": Verb(
        Action.SEND_INFORMATION,
        plain(actions.send_information, text="Twelve."),
        "information_sent",
        (("information_sent", "decider"),),  # who asked
    ),
    "put_on_waiting_list": Verb(
        Action.PUT_ON_WAITING_LIST,
        plain(actions.put_on_waiting_list),
        "put_on_waiting_list",
        told("waiting_list"),
    ),
    "offer_place": Verb(
        Action.OFFER_PLACE, plain(actions.offer_place), "place_offered", told("place_offered")
    ),
    "take_up": Verb(Action.TAKE_UP, plain(actions.take_up), "took_up", told("accepted"), also=CLOSES),
    "turn_down": Verb(
        Action.TURN_DOWN,
        plain(actions.turn_down),
        "turned_down",
        told("offer_turned_down"),
        also=FREES,
    ),
    "lapse": Verb(Action.LAPSE, lapse, "offer_lapsed", told("offer_lapsed"), also=FREES),
    "accept": Verb(
        Action.ACCEPT,
        plain(actions.accept, funded_place=True),
        "accepted",
        told("accepted"),
        also=CLOSES,
    ),
    "reject": Verb(
        Action.REJECT, plain(actions.reject, reason="Too many."), "rejected", told("rejected"), also=FREES
    ),
    "revert": Verb(
        Action.REVERT,
        plain(actions.revert, reason="By mistake."),
        "reverted",
        (
            ("reverted", "applicant"),
            ("reverted_to_provider", "decider"),
            ("reverted_to_provider", "manager"),
        ),
        also={State.ACCEPTED: (FREED,)},
    ),
    "withdraw": Verb(
        Action.WITHDRAW,
        plain(actions.withdraw, reason="Asked us to."),
        "withdrawn",
        told("withdrawn"),
        again=frozenset({(State.WITHDRAWN, Role.APPLICANT), (State.WITHDRAWN, Role.PORTAL)}),
        also={
            State.AWAITING_SPONSOR: (Left((("sponsor_not_needed", "sponsor"),)),),
            State.SUBMITTED: (HAD_IT,),
            State.MORE_INFORMATION: (Left((("provider_withdrawn", "decider"),)),),
            State.WAITING_LIST: (HAD_IT,),
            State.OFFERED: (HAD_IT, FREED),
            State.ACCEPTED: (HAD_IT, FREED),
        },
    ),
    "start_training": training(Action.START_TRAINING, "training_started"),
    "defer": training(Action.DEFER, "training_deferred"),
    "resume": training(Action.RESUME, "training_resumed"),
    "leave_training": training(Action.LEAVE_TRAINING, "training_left"),
    "pass": training(Action.PASS, "passed"),
    "fail": training(Action.FAIL, "failed"),
}

# How an application comes to each state: after which other, by which verb, by whom of the cast.
WAY: dict[State, tuple[State, str, str]] = {
    State.REGISTERED: (State.DRAFT, "register", "applicant"),
    State.FORM_STARTED: (State.REGISTERED, "save_form", "applicant"),
    State.AWAITING_SPONSOR: (State.FORM_STARTED, "ask_sponsor", "applicant"),
    State.SUBMITTED: (State.AWAITING_SPONSOR, "endorse", "sponsor"),
    State.MORE_INFORMATION: (State.SUBMITTED, "ask_for_more", "decider"),
    State.WAITING_LIST: (State.SUBMITTED, "put_on_waiting_list", "decider"),
    State.OFFERED: (State.WAITING_LIST, "offer_place", "decider"),
    State.ACCEPTED: (State.SUBMITTED, "accept", "decider"),
    State.REJECTED: (State.SUBMITTED, "reject", "decider"),
    State.WITHDRAWN: (State.SUBMITTED, "withdraw", "applicant"),
    State.ACTIVE: (State.ACCEPTED, "start_training", "decider"),
    State.DEFERRED: (State.ACTIVE, "defer", "decider"),
    State.LEFT_TRAINING: (State.ACTIVE, "leave_training", "decider"),
    State.PASSED: (State.ACTIVE, "pass", "decider"),
    State.FAILED: (State.ACTIVE, "fail", "decider"),
}
