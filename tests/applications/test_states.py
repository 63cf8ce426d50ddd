"""The table of moves against the words of the design. That every verb keeps to it: actions/test_every_move."""

import pytest

from applications.states import (
    ENDED,
    LABELS,
    LIVE,
    TAKEN_ON,
    TRANSITIONS,
    Action,
    NotAllowed,
    Role,
    State,
    next_state,
)


def test_nothing_leads_out_of_an_end_but_a_rejection_that_portal_staff_take_back():
    out = [move for move in TRANSITIONS if move[0] in ENDED]
    assert out == [(State.REJECTED, Action.REVERT, Role.PORTAL)]


def test_a_decision_is_taken_back_by_portal_staff_before_training():
    assert sources(Action.REVERT, Role.PORTAL) == {State.ACCEPTED, State.REJECTED}
    assert {role for _, action, role in TRANSITIONS if action is Action.REVERT} == {Role.PORTAL}


def test_every_state_can_be_reached_and_named():
    reached, grown = {State.DRAFT}, True
    while grown:
        further = {to for (state, _, _), to in TRANSITIONS.items() if state in reached} - reached
        reached, grown = reached | further, bool(further)
    assert reached == set(State)
    assert all(LABELS[state] for state in State)


def test_draft_live_and_ended_share_no_state():
    assert LIVE | ENDED | {State.DRAFT} == set(State)
    assert not LIVE & ENDED
    assert TAKEN_ON <= LIVE | ENDED


def sources(action, role):
    return {state for state, done, by in TRANSITIONS if done is action and by is role}


# What the design says in words, held against the table by hand.
def test_only_the_applicant_registers_and_asks_a_sponsor():
    theirs = (Action.REGISTER, Action.SAVE_FORM, Action.ASK_SPONSOR)
    assert {role for state, action, role in TRANSITIONS if action in theirs} == {Role.APPLICANT}


def test_what_a_sponsor_endorsed_is_not_changed():
    assert sources(Action.SAVE_FORM, Role.APPLICANT) == {State.REGISTERED, State.FORM_STARTED}


def test_only_the_provider_and_portal_staff_decide():
    deciding = {Action.ACCEPT, Action.REJECT, Action.PUT_ON_WAITING_LIST, Action.ASK_FOR_MORE}
    assert {role for _, action, role in TRANSITIONS if action in deciding} == {Role.PROVIDER, Role.PORTAL}


def test_accepting_needs_the_form_to_have_been_sent():
    assert sources(Action.ACCEPT, Role.PROVIDER) == {
        State.SUBMITTED,
        State.MORE_INFORMATION,
        State.WAITING_LIST,
    }


def test_an_acceptance_is_taken_back_only_before_training():
    assert next_state(State.ACCEPTED, Action.REJECT, Role.PROVIDER) is State.REJECTED
    with pytest.raises(NotAllowed):
        next_state(State.ACTIVE, Action.REJECT, Role.PROVIDER)


def test_withdrawing_is_open_until_training_starts():
    before_training = LIVE - {State.ACTIVE, State.DEFERRED}
    assert sources(Action.WITHDRAW, Role.APPLICANT) == before_training


def test_a_sponsor_touches_nothing_but_the_endorsement():
    assert {action for _, action, role in TRANSITIONS if role is Role.SPONSOR} == {
        Action.ENDORSE,
        Action.DECLINE,
    }
