"""Pins the decisions of every enumerated case: `python -m tests.funding.rules.golden` writes golden.json.

Run it only when a rule is meant to change, and read the difference: the counts
say how many cases moved and to where, the named cases say what that means.
The words of a trace are not pinned; they may be improved at any time.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from funding.rules.decide import decide
from funding.rules.policies import RULES_VERSION
from funding.rules.vocabulary import Term
from tests.funding.rules.enumerated import every_case
from tests.funding.rules.making import (
    ALL_TEN,
    EHCO,
    EYL,
    PP50,
    RISE,
    H,
    answer,
    childcare,
    early_years,
    employed,
    facts,
    nursery,
    school,
)

PINNED = Path(__file__).with_name("golden.json")


def named_cases(term: Term) -> dict[str, str]:
    """The questions people really ask, for reading."""
    cases = {f"{npq}, school on no list": facts(term, npq, establishment=school()) for npq in ALL_TEN}
    cases |= {
        f"{npq}, school on the PP50 list": facts(term, npq, establishment=school(PP50)) for npq in ALL_TEN
    }
    cases |= {
        f"{H}, independent school on the RISE list": facts(
            term, H, establishment=school(RISE, type_code="11")
        ),
        f"{H}, nursery school": early_years(term, H, "local_authority_maintained_nursery", nursery()),
        f"{EYL}, private nursery": early_years(term, EYL, "private_nursery", childcare()),
        f"{EYL}, childminder": early_years(term, EYL, "childminder", childcare()),
        f"{H}, hospital school": employed(term, H, "hospital_school"),
        f"{H}, virtual school": employed(term, H, "local_authority_virtual_school"),
        f"{EHCO}, new headteacher": facts(term, EHCO, new_headteacher=True),
    }
    return {name: answer(given) for name, given in cases.items()}


def pin(term: Term) -> dict[str, Any]:
    """Decides every case of a term; raises if any raises, or if an incomplete one names no need."""
    outcomes: Counter[str] = Counter()
    digest = hashlib.sha256()
    for given in every_case(term):
        decision = decide(given)
        assert (decision.outcome == "incomplete") == (decision.needs is not None), given
        result = f"{decision.outcome}: {decision.needs or decision.reason}"
        outcomes[result] += 1
        digest.update(result.encode() + b"\n")
    return {
        "rules_version": RULES_VERSION[term],
        "cases": outcomes.total(),
        "outcomes": dict(sorted(outcomes.items())),
        "sha256_of_outcomes_in_order": digest.hexdigest(),
        "named": named_cases(term),
    }


if __name__ == "__main__":
    PINNED.write_text(json.dumps({term.value: pin(term) for term in Term}, indent=1) + "\n")
