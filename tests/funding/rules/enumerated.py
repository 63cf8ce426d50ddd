"""Every combination of enumerated facts that a rule can tell apart, term by term.

All facts crossed with all would be hundreds of millions, nearly all of them
alike: a childminder's list means nothing to a school, and the coaching offer is
settled before a setting is looked at (`test_invariants` holds both). So there
are two full products. One is of every setting with the questions it asks and
every workplace and list. The other is of the facts that are looked at before
the setting.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

from funding.rules.facts import Establishment, Facts
from funding.rules.vocabulary import EarlyYearsKind, Employment, ListKind, Npq, NpqhStatus, Setting, Term
from tests.funding.rules.making import authority, childcare, college, school

LISTS = [(), *((kind,) for kind in ListKind), tuple(ListKind)]
WORKPLACES: list[Establishment | None] = [None]
for _lists in LISTS:
    WORKPLACES += [
        school(*_lists),
        school(*_lists, type_code="15"),
        school(*_lists, type_code="10"),
        school(*_lists, type_code="11"),
        school(*_lists, type_code="30"),
        school(*_lists, type_code=None, la_code="000"),
        college(*_lists),
        childcare(*_lists),
        childcare(*_lists, urn=None),
        authority(*_lists),
    ]
SOME_WORKPLACES = [None, school(*ListKind), authority()]
TRUTHS = (True, False, None)


def in_every_setting(term: Term, npq: Npq) -> Iterator[Facts]:
    base = Facts(term, npq, works_in_england=True)
    for workplace in SOME_WORKPLACES:
        yield replace(base, establishment=workplace)
        for referred in TRUTHS:
            yield replace(
                base,
                setting=Setting.OTHER,
                establishment=workplace,
                referred_by_return_to_teaching_adviser=referred,
            )
        for employment, day in product((*Employment, None), (date(2025, 4, 1), None)):
            for approved in TRUTHS if employment is Employment.LEAD_MENTOR else (False,):
                yield replace(
                    base,
                    setting=Setting.ANOTHER_SETTING,
                    employment=employment,
                    establishment=workplace,
                    itt_provider_approved=approved,
                    decided_on=day,
                )
    for workplace in WORKPLACES:
        for setting in (Setting.SCHOOL, Setting.ACADEMY_TRUST, Setting.SIXTEEN_TO_NINETEEN):
            for head in TRUTHS if npq is Npq.HEADSHIP else (False,):
                yield Facts(term, npq, True, setting, establishment=workplace, new_headteacher=head)
        for kind in (*EarlyYearsKind, None):
            yield Facts(term, npq, True, Setting.EARLY_YEARS, kind, establishment=workplace)


def before_any_setting(term: Term, npq: Npq) -> Iterator[Facts]:
    other = Npq.SENCO if npq is not Npq.SENCO else Npq.HEADSHIP
    befores = (frozenset(), frozenset({npq}), frozenset({other}), frozenset(Npq))
    for setting, works, head, status, before in product(
        (None, Setting.SCHOOL, Setting.OTHER), TRUTHS, TRUTHS, (*NpqhStatus, None), befores
    ):
        yield Facts(
            term,
            npq,
            works,
            setting,
            establishment=SOME_WORKPLACES[1],
            new_headteacher=head,
            npqh_status=status,
            previously_funded=before,
        )


def every_case(term: Term) -> Iterator[Facts]:
    """17,646 for each term, in a fixed order."""
    for npq in Npq:
        yield from in_every_setting(term, npq)
        yield from before_any_setting(term, npq)
