"""The chooser's rules, as a table: what somebody says, what fits in order, and what not to take."""

from collections.abc import Iterator

import pytest

from catalogue.chooser.advise import MOST, advise
from catalogue.chooser.fits import FOR
from catalogue.chooser.limits import AGAINST, CHECKS
from catalogue.chooser.questions import QUESTIONS, unanswered
from catalogue.chooser.vocabulary import Answers, Npq

T, LTD, LBC, LL, LPM = (
    Npq.TEACHING,
    Npq.TEACHER_DEVELOPMENT,
    Npq.BEHAVIOUR,
    Npq.LITERACY,
    Npq.PRIMARY_MATHS,
)
SL, H, EL, EYL, SENCO, EHCO = (
    Npq.SENIOR,
    Npq.HEADSHIP,
    Npq.EXECUTIVE,
    Npq.EARLY_YEARS,
    Npq.SENCO,
    Npq.COACHING,
)


def said(words: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in words.split())


TABLE = [
    # what was said; what fits, the best first; what not to take
    ("role=teacher next=area phase=primary lead=teachers", [LTD, T], []),
    ("role=middle next=area phase=secondary lead=teaching", [T, LTD], []),
    ("role=teacher next=area phase=secondary lead=behaviour", [LBC, SL], []),
    ("role=teacher next=same phase=primary lead=literacy", [LL, T], []),
    ("role=teacher next=area phase=primary lead=maths mastery=yes", [LPM, T], []),
    ("role=teacher next=area phase=primary lead=maths mastery=cannot_show", [T], [LPM]),
    ("role=teacher next=area phase=secondary lead=maths", [T], [LPM]),
    ("role=teacher next=area phase=primary lead=send", [SENCO, LBC], []),
    ("role=teacher next=senco phase=primary", [SENCO], []),
    ("role=teacher next=unsure phase=primary lead=unsure", [T, LTD, LBC], []),
    ("role=teacher next=head phase=primary head=no npqh=none", [H, SL], [EHCO]),
    ("role=teacher next=executive phase=primary", [SL], [EL]),
    ("role=other next=same phase=primary lead=unsure", [T, LBC], []),
    ("role=middle next=senior phase=secondary", [SL], []),
    ("role=middle next=unsure phase=secondary lead=unsure", [SL, T, LTD, LBC], []),
    ("role=senior next=same phase=secondary lead=school", [SL, H], []),
    ("role=senior next=unsure phase=secondary lead=unsure", [SL, H], []),
    ("role=senior next=head phase=primary head=no npqh=none", [H], [EHCO]),
    ("role=senior next=head phase=primary head=no npqh=completed", [EL], [H, EHCO]),
    ("role=senior next=head phase=primary head=appointed npqh=will_start", [EHCO, EL], [H]),
    ("role=senior next=head phase=primary head=appointed npqh=withdrew", [H], [EHCO]),
    ("role=senior next=executive phase=primary", [EL, H], []),
    ("role=head next=same phase=primary lead=school head=new npqh=completed", [EHCO, EL], [H]),
    ("role=head next=same phase=primary lead=school head=new npqh=none", [H, EL], [EHCO]),
    ("role=head next=same phase=primary lead=literacy head=new npqh=withdrew", [LL, H, T, EL], [EHCO]),
    ("role=head next=executive phase=primary head=longer npqh=completed", [EL], [H, EHCO]),
    ("role=head next=unsure phase=primary lead=unsure head=longer npqh=none", [H, EL], [EHCO]),
    ("role=head next=senior phase=primary head=longer npqh=none", [EL, H], [SL, EHCO]),
    ("role=executive next=same phase=several lead=school", [EL, H], []),
    ("role=early_years next=same phase=early_years lead=unsure level3=yes", [EYL], []),
    ("role=early_years next=early_years phase=early_years level3=no", [LTD], [EYL]),
    ("role=teacher next=early_years phase=early_years level3=unsure", [EYL], []),
    ("role=teacher next=area phase=early_years lead=teaching", [T, LTD, EYL], []),
    ("role=senco next=same phase=primary lead=send since=2025-09-01 mainstream=yes", [SENCO, LBC], []),
    (
        "role=senco next=head phase=primary since=2025-09 mainstream=yes head=no npqh=none",
        [SENCO, H, SL],
        [EHCO],
    ),
    ("role=senco next=senior phase=primary since=2024-08-31 mainstream=yes", [SL, SENCO], []),
    ("role=senco next=senior phase=primary since=2025-09-01 mainstream=no", [SL, SENCO], []),
    ("role=senco next=senior phase=primary since=unknown mainstream=unsure", [SENCO, SL], []),
    ("role=ect next=area phase=primary lead=behaviour", [LBC, SL], []),
    ("role=ect next=senior phase=primary", [T], [SL]),
    ("role=ect next=head phase=primary head=no npqh=none", [T], [H, EHCO]),
    ("role=ect next=executive phase=primary", [T], [EL]),
    ("role=ect next=senco phase=primary", [T], [SENCO]),
]


@pytest.mark.parametrize(("words", "fits", "not_now"), TABLE, ids=[row[0] for row in TABLE])
def test_the_advice(words, fits, not_now):
    answers = said(words)
    assert unanswered(answers) is None
    advice = advise(answers)
    assert [fit.npq for fit in advice.fits] == fits
    assert [rule.npq for rule in advice.not_now] == not_now


@pytest.mark.parametrize(
    ("words", "duty"),
    [
        ("role=senco since=2024-09-01 mainstream=yes", "yes"),
        ("role=senco since=2024-09 mainstream=yes", "yes"),
        ("role=senco since=2024-08-31 mainstream=yes", "no"),
        ("role=senco since=2024-08-31 mainstream=unsure", "no"),
        ("role=senco since=2025-01-06 mainstream=no", "no"),
        ("role=senco since=2025-01-06 mainstream=unsure", "maybe"),
        ("role=senco since=unknown mainstream=yes", "maybe"),
        ("role=teacher next=senco", "no"),
    ],
)
def test_whether_the_law_on_sencos_binds(words, duty):
    assert advise(said(words)).duty == duty


@pytest.mark.parametrize(
    ("words", "npq", "check"),
    [
        ("role=ect next=area phase=primary lead=literacy", LL, "induction"),
        (
            "role=teacher next=area phase=primary lead=maths mastery=unsure",
            LPM,
            "Ask a lead provider what counts",
        ),
        (
            "role=teacher next=early_years phase=early_years level3=unsure",
            EYL,
            "full and relevant at level 3",
        ),
        ("role=other next=area phase=primary lead=behaviour", LBC, "Without qualified teacher status"),
        ("role=senior next=head phase=primary head=no npqh=withdrew", H, "no scholarship pays for it again"),
        (
            "role=senior next=head phase=primary head=appointed npqh=studying",
            EHCO,
            "once you are a headteacher",
        ),
    ],
)
def test_what_to_find_out_first(words, npq, check):
    fit = next(fit for fit in advise(said(words)).fits if fit.npq is npq)
    assert any(check in told for told in fit.checks)


def everybody(answers: Answers) -> Iterator[Answers]:
    """All that can be said, in all its combinations."""
    question = unanswered(answers)
    if question is None:
        yield answers
        return
    values = [option.value for option in question.options]
    for value in values or ["unknown", "2023-09-01", "2025-09"]:
        yield from everybody({**answers, question.param: value})


def test_everybody_gets_advice():
    """Something fits, with a reason; nothing is advised and advised against; four can be compared."""
    for answers in everybody({}):
        advice = advise(answers)
        against = {rule.npq for rule in advice.not_now}
        assert 0 < len(advice.fits) <= MOST, answers
        assert all(fit.reasons and fit.npq not in against for fit in advice.fits), answers


def test_every_rule_speaks_of_answers_that_can_be_given():
    can_be: dict[str, set[str]] = {"duty": {"yes", "maybe"}}
    for question in QUESTIONS:
        can_be.setdefault(question.param, set()).update(option.value for option in question.options)
    for rule in (*FOR, *AGAINST, *CHECKS):
        for param, wanted in rule.when.items():
            assert set(wanted.split()) <= can_be[param], rule


def test_every_rule_is_of_use():
    """Each holds for somebody."""
    people = [{**answers, "duty": advise(answers).duty} for answers in everybody({})]
    for rule in (*FOR, *AGAINST, *CHECKS):
        assert any(
            all(person.get(param) in wanted.split() for param, wanted in rule.when.items())
            for person in people
        ), rule


def test_nothing_said_is_no_error():
    assert advise({}).fits == ()
