"""The states of an application, and the one table that says who may move it from where to where.

Pure: the standard library alone. Nothing else in the portal changes a state, and a pair that is not in
`TRANSITIONS` is refused. The list of states is design/journeys.md, "States of an application".

An application becomes real at `registered`: the reference exists and the funding decision is frozen. It ends
in `rejected`, `withdrawn`, `left_training`, `passed` or `failed`; from those nothing leads out, but that portal
staff may take a rejection back.
"""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    REGISTERED = "registered"
    FORM_STARTED = "form_started"
    AWAITING_SPONSOR = "awaiting_sponsor"
    SUBMITTED = "submitted"
    MORE_INFORMATION = "more_information"
    WAITING_LIST = "waiting_list"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ACTIVE = "active"
    DEFERRED = "deferred"
    LEFT_TRAINING = "left_training"
    PASSED = "passed"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return LABELS[self]


class Action(StrEnum):
    ANSWER = "answer"
    REGISTER = "register"
    SAVE_FORM = "save_form"
    ASK_SPONSOR = "ask_sponsor"
    ENDORSE = "endorse"
    DECLINE = "decline"
    ASK_FOR_MORE = "ask_for_more"
    SEND_INFORMATION = "send_information"
    PUT_ON_WAITING_LIST = "put_on_waiting_list"
    MOVE_IN_LINE = "move_in_line"
    OFFER_PLACE = "offer_place"
    TAKE_UP = "take_up"
    TURN_DOWN = "turn_down"
    LAPSE = "lapse"
    ACCEPT = "accept"
    REJECT = "reject"
    REVERT = "revert"
    WITHDRAW = "withdraw"
    CHANGE_COURSE = "change_course"
    CHANGE_PROVIDER = "change_provider"
    CHANGE_TERM = "change_term"
    CHANGE_RECORD = "change_record"
    MOVE_TO_RUN = "move_to_run"
    START_TRAINING = "start_training"
    DEFER = "defer"
    RESUME = "resume"
    LEAVE_TRAINING = "leave_training"
    PASS = "pass"  # noqa: S105 - an outcome of training, not a password
    FAIL = "fail"


class Role(StrEnum):
    """The part a person plays towards one application; `access.role_of` works it out."""

    APPLICANT = "applicant"
    SPONSOR = "sponsor"
    PROVIDER = "provider"  # staff of the application's own provider who may decide
    PORTAL = "portal"
    SYSTEM = "system"


LABELS: dict[State, str] = {
    State.DRAFT: "Draft",
    State.REGISTERED: "Registered",
    State.FORM_STARTED: "Form started",
    State.AWAITING_SPONSOR: "Waiting for the sponsor",
    State.SUBMITTED: "With the provider",
    State.MORE_INFORMATION: "More information asked for",
    State.WAITING_LIST: "Waiting list",
    State.OFFERED: "Funded place offered",
    State.ACCEPTED: "Accepted",
    State.REJECTED: "Not accepted",
    State.WITHDRAWN: "Withdrawn",
    State.ACTIVE: "In training",
    State.DEFERRED: "Training paused",
    State.LEFT_TRAINING: "Left the training",
    State.PASSED: "Passed",
    State.FAILED: "Did not pass",
}

ENDED = frozenset({State.REJECTED, State.WITHDRAWN, State.LEFT_TRAINING, State.PASSED, State.FAILED})
# One person holds at most one of these for an NPQ and term (a constraint on Application says so too).
LIVE = frozenset(State) - ENDED - {State.DRAFT}
# The provider has the form, and has not answered for good.
BEING_DECIDED = frozenset({State.SUBMITTED, State.MORE_INFORMATION, State.WAITING_LIST, State.OFFERED})
# The provider trains the person now, or will when a pause is over.
IN_TRAINING = frozenset({State.ACTIVE, State.DEFERRED})
# The provider has said yes: whether there is a funded place is known.
TAKEN_ON = frozenset(
    {State.ACCEPTED, State.ACTIVE, State.DEFERRED, State.LEFT_TRAINING, State.PASSED, State.FAILED}
)


# What portal staff decide about the funding still makes a difference: the provider has given no place, funded or not.
REVIEWABLE = LIVE - TAKEN_ON

# What a provider decides; until the applicant is told of it, whoever decides there may undo it.
DECIDED = frozenset({State.WAITING_LIST, State.OFFERED, State.ACCEPTED, State.REJECTED})


class NotAllowed(Exception):  # noqa: N818 - the name says what happened
    """This role (None for somebody who plays no part) may not do this to an application in this state."""

    def __init__(self, state: State, action: Action, role: Role | None) -> None:
        super().__init__(f"{role or 'nobody'} may not {action} an application that is {state}")
        self.state, self.action, self.role = state, action, role


def _rows(
    froms: set[State], action: Action, roles: set[Role], to: State | None = None
) -> dict[tuple[State, Action, Role], State]:
    """The table's rows for one action; without `to` the application stays as it is."""
    return {(state, action, role): to or state for state in froms for role in roles}


_MINE = {Role.APPLICANT}
_DECIDERS = {Role.PROVIDER, Role.PORTAL}
_DECIDABLE = {State.SUBMITTED, State.MORE_INFORMATION, State.WAITING_LIST}
_BEFORE_AN_ANSWER = {State.REGISTERED, State.FORM_STARTED, State.AWAITING_SPONSOR}

TRANSITIONS: dict[tuple[State, Action, Role], State] = {
    # Registering
    **_rows({State.DRAFT}, Action.ANSWER, _MINE),
    **_rows({State.DRAFT}, Action.REGISTER, _MINE, State.REGISTERED),
    # Until the decision: another course of the same provider, or another provider, whose form comes next
    **_rows(_BEFORE_AN_ANSWER | _DECIDABLE, Action.CHANGE_COURSE, _MINE),
    **_rows(_BEFORE_AN_ANSWER | _DECIDABLE, Action.CHANGE_PROVIDER, _MINE, State.REGISTERED),
    # Portal staff put a record right, before training. Of another term alone, what was written still holds.
    **_rows(_BEFORE_AN_ANSWER | {State.SUBMITTED, State.MORE_INFORMATION}, Action.CHANGE_TERM, {Role.PORTAL}),
    **_rows(
        {State.WAITING_LIST, State.OFFERED, State.ACCEPTED},
        Action.CHANGE_TERM,
        {Role.PORTAL},
        State.SUBMITTED,
    ),
    **_rows(
        _BEFORE_AN_ANSWER | BEING_DECIDED | {State.ACCEPTED},
        Action.CHANGE_RECORD,
        {Role.PORTAL},
        State.REGISTERED,
    ),
    # The provider knows of a run that suits better, or has no room on the one that was chosen.
    **_rows(_BEFORE_AN_ANSWER | BEING_DECIDED | {State.ACCEPTED}, Action.MOVE_TO_RUN, _DECIDERS),
    # The provider's form
    **_rows({State.REGISTERED, State.FORM_STARTED}, Action.SAVE_FORM, _MINE, State.FORM_STARTED),
    # Asked while waiting: another sponsor, or the same one by a new link.
    **_rows({State.FORM_STARTED, State.AWAITING_SPONSOR}, Action.ASK_SPONSOR, _MINE, State.AWAITING_SPONSOR),
    **_rows({State.AWAITING_SPONSOR}, Action.ENDORSE, {Role.SPONSOR}, State.SUBMITTED),
    **_rows({State.AWAITING_SPONSOR}, Action.DECLINE, {Role.SPONSOR}, State.FORM_STARTED),
    # The decision
    **_rows({State.SUBMITTED}, Action.ASK_FOR_MORE, _DECIDERS, State.MORE_INFORMATION),
    **_rows({State.MORE_INFORMATION}, Action.SEND_INFORMATION, _MINE, State.SUBMITTED),
    **_rows({State.SUBMITTED}, Action.PUT_ON_WAITING_LIST, _DECIDERS, State.WAITING_LIST),
    **_rows(_DECIDABLE, Action.ACCEPT, _DECIDERS, State.ACCEPTED),
    **_rows({State.WAITING_LIST}, Action.MOVE_IN_LINE, _DECIDERS),
    # A funded place that became free is held for the person until the offer ends; then the provider decides again.
    **_rows({State.WAITING_LIST}, Action.OFFER_PLACE, _DECIDERS | {Role.SYSTEM}, State.OFFERED),
    **_rows({State.OFFERED}, Action.TAKE_UP, _MINE, State.ACCEPTED),
    **_rows({State.OFFERED}, Action.TURN_DOWN, _MINE, State.SUBMITTED),
    **_rows({State.OFFERED}, Action.LAPSE, {Role.SYSTEM}, State.SUBMITTED),
    # Accepted may turn into rejected only before training starts: from then on there is something to pay for.
    **_rows(_DECIDABLE | {State.OFFERED, State.ACCEPTED}, Action.REJECT, _DECIDERS, State.REJECTED),
    # Portal staff alone, and as the former only before training: the provider decides again.
    **_rows({State.ACCEPTED, State.REJECTED}, Action.REVERT, {Role.PORTAL}, State.SUBMITTED),
    # The system withdraws what the same person registered a second time, under another account.
    **_rows(
        _BEFORE_AN_ANSWER | _DECIDABLE | {State.OFFERED, State.ACCEPTED},
        Action.WITHDRAW,
        _MINE | {Role.PORTAL, Role.SYSTEM},
        State.WITHDRAWN,
    ),
    # Training
    **_rows({State.ACCEPTED}, Action.START_TRAINING, _DECIDERS, State.ACTIVE),
    **_rows({State.ACTIVE}, Action.DEFER, _DECIDERS, State.DEFERRED),
    **_rows({State.DEFERRED}, Action.RESUME, _DECIDERS, State.ACTIVE),
    **_rows({State.ACTIVE, State.DEFERRED}, Action.LEAVE_TRAINING, _DECIDERS, State.LEFT_TRAINING),
    **_rows({State.ACTIVE}, Action.PASS, _DECIDERS, State.PASSED),
    **_rows({State.ACTIVE}, Action.FAIL, _DECIDERS, State.FAILED),
}


def next_state(state: State, action: Action, role: Role | None) -> State:
    """Where `action` by `role` leads from `state`. Raises NotAllowed where the table has no such row."""
    after = TRANSITIONS.get((state, action, role)) if role else None
    if after is None:
        raise NotAllowed(state, action, role)
    return after


def may_undo(state: State, role: Role | None) -> bool:
    """Whether `role` may put back what was before a decision. Where to is no row of the table: it is where it was."""
    return state in DECIDED and role in _DECIDERS
