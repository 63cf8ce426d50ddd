"""Which reminder is due on which morning: the issue's days, each once, nothing that is long past."""

from datetime import date, timedelta

import pytest

from applications.journey.deadlines import FORM_WITHIN
from applications.journey.reminding import (
    AFTER_SAVING,
    AFTER_THE_PROVIDER,
    BEFORE_A_DEADLINE,
    Deadline,
    Due,
    Ends,
    Sent,
    after,
    before,
    chosen,
)
from applications.vocabulary import ReminderKind

DRAFT, FORM, DEADLINE = ReminderKind
START = date(2026, 11, 2)
FORM_BY = Deadline(START + FORM_WITHIN, Ends.FORM)


def mornings(dues_on, days=200, off=(), missed=()):
    """The day and the count of what is sent, where the portal looks every morning but for those `missed`."""
    sent = []
    for passed in range(days):
        day = START + timedelta(days=passed)
        if passed not in missed and (due := chosen(dues_on(day), off, sent, day)):
            sent.append(Sent(due.kind, due.counted_from, due.days, day))
    return [((each.on - START).days, each.kind, each.days) for each in sent]


def of_a_draft(day):
    return after(DRAFT, START, AFTER_SAVING, day)


def of_a_form(day):
    yield from before([FORM_BY], BEFORE_A_DEADLINE, day)
    yield from after(FORM, START, AFTER_THE_PROVIDER, day)


def test_a_draft_after_3_and_10_days():
    assert mornings(of_a_draft) == [(3, DRAFT, 3), (10, DRAFT, 10)]


def test_a_form_that_is_not_started():
    assert mornings(of_a_form) == [(4, FORM, 4), (7, DEADLINE, 7), (12, DEADLINE, 2), (21, FORM, 21)]


def test_what_is_switched_off_is_left_out():
    assert mornings(of_a_form, off={DEADLINE}) == [(4, FORM, 4), (21, FORM, 21)]
    assert mornings(of_a_form, off={FORM}) == [(7, DEADLINE, 7), (12, DEADLINE, 2)]
    assert mornings(of_a_draft, off={DRAFT}) == []


def test_a_morning_or_two_without_a_worker_loses_none():
    assert mornings(of_a_draft, missed={3, 4}) == [(5, DRAFT, 3), (10, DRAFT, 10)]


def test_what_is_long_overdue_is_let_go():
    """Where the portal begins to remind, a draft of two months brings no mail."""
    assert mornings(of_a_draft, missed=range(60)) == []
    assert mornings(of_a_draft, missed=range(6)) == [(10, DRAFT, 10)]


def test_a_draft_near_a_deadline_brings_no_two_mails_close_together():
    closes = Deadline(START + timedelta(days=11), Ends.TERM)

    def dues(day):
        yield from before([closes], BEFORE_A_DEADLINE, day)
        yield from of_a_draft(day)

    assert mornings(dues) == [(3, DRAFT, 3), (4, DEADLINE, 7), (9, DEADLINE, 2)]


@pytest.mark.parametrize("left", range(-2, 12))
def test_only_the_days_before_count(left):
    due = list(before([FORM_BY], BEFORE_A_DEADLINE, FORM_BY.on - timedelta(days=left)))
    wanted = 7 if left in (5, 6, 7) else 2 if left in (0, 1, 2) else None
    assert due == ([Due(DEADLINE, FORM_BY.on, wanted, Ends.FORM)] if wanted else [])


def test_of_several_deadlines_the_nearest_is_told_once():
    sooner = Deadline(FORM_BY.on - timedelta(days=1), Ends.COURSE)

    def dues(day):
        return before([FORM_BY, sooner], BEFORE_A_DEADLINE, day)

    assert [(day, count) for day, _, count in mornings(dues)] == [(6, 7), (11, 2), (14, 2)]
    assert [due.ends for due in dues(sooner.on)] == [Ends.COURSE]


def test_without_a_deadline_there_is_none():
    assert not list(before([], BEFORE_A_DEADLINE, START))


def test_a_deadline_that_moves_is_told_again():
    sent = [Sent(DEADLINE, START, 7, START - timedelta(days=7))]
    moved = [Due(DEADLINE, START + timedelta(days=3), 7, Ends.COURSE)]
    assert chosen(moved, set(), sent, START - timedelta(days=4)) == moved[0]
