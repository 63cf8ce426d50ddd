"""The rules that change from term to term: one frozen Policy value for each term.

Source: design, funding rules, section 3 (autumn 2026) and section 4 (the other
eleven). A policy is data; `checks` is the one engine that reads it. When a
term's rules are corrected, add a new value with the next version number and
leave the old one in `EVERY_POLICY`, so that a stored decision can still be made
again exactly as it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from funding.rules import types
from funding.rules.policy import EarlyYearsRule, NurseryList, Policy
from funding.rules.vocabulary import Employment, ListKind, Npq, Term

SUITE_2021 = frozenset(
    {
        Npq.LEADING_TEACHER_DEVELOPMENT,
        Npq.LEADING_TEACHING,
        Npq.LEADING_BEHAVIOUR_CULTURE,
        Npq.SENIOR_LEADERSHIP,
        Npq.HEADSHIP,
        Npq.EXECUTIVE_LEADERSHIP,
    }
)
SUITE_2022 = SUITE_2021 | {Npq.LEADING_LITERACY, Npq.EARLY_YEARS_LEADERSHIP}
SUITE_2023 = SUITE_2022 | {Npq.LEADING_PRIMARY_MATHEMATICS}
SUITE_2024 = SUITE_2023 | {Npq.SENCO}

DETAINED_OR_IN_HOSPITAL = frozenset({Employment.HOSPITAL_SCHOOL, Employment.YOUNG_OFFENDER_INSTITUTION})
BY_A_LOCAL_AUTHORITY = frozenset({Employment.VIRTUAL_SCHOOL, Employment.SUPPLY_TEACHER})


def _next(policy: Policy, term: Term, **differences: Any) -> Policy:
    return replace(policy, term=term, version=f"{term}/1", **differences)


# [C] The top 30% by pupil premium; LTD for every eligible school; headship for new heads as well.
AUTUMN_2021_FIRST = Policy(
    term=Term.AUTUMN_2021_FIRST,
    version="autumn-2021-first/1",
    offered=SUITE_2021 | {Npq.ADDITIONAL_SUPPORT},
    new_head_window="first 24 months",
    eligible_types=types.ELIGIBLE - {types.INDEPENDENT_SPECIAL},
    open_to_all=frozenset({Npq.LEADING_TEACHER_DEVELOPMENT}),
    school_list=ListKind.HIGH_PUPIL_PREMIUM_2021,
    sixteen_to_nineteen_list=ListKind.HIGH_PUPIL_PREMIUM_2021,
    new_head_opens=frozenset({Npq.HEADSHIP}),
    state_schools_in_doubt=True,
    lead_mentors=False,
)

# [C] All state-funded schools and 16-to-19, every NPQ of the suite. A nursery school is one of
# them, and section 3 funds it for headship and senior leadership too, so for those two no doubt is left.
AUTUMN_2021 = _next(
    AUTUMN_2021_FIRST,
    Term.AUTUMN_2021,
    open_to_all=SUITE_2021,
    school_list=ListKind.PP50_SCHOOLS,
    sixteen_to_nineteen_list=ListKind.PP50_16_TO_19,
    new_head_opens=frozenset(),
    nursery_npqs=frozenset({Npq.HEADSHIP, Npq.SENIOR_LEADERSHIP}),
)
SPRING_2022 = _next(AUTUMN_2021, Term.SPRING_2022)

# [C] Adds independent special schools, the four employments and Early years leadership.
AUTUMN_2022 = _next(
    SPRING_2022,
    Term.AUTUMN_2022,
    offered=SUITE_2022 | {Npq.EARLY_HEADSHIP_COACHING},
    new_head_window="first five years",
    eligible_types=types.ELIGIBLE,
    open_to_all=SUITE_2022,
    early_years_rule=EarlyYearsRule.REGISTERED,
    employment_npqs=SUITE_2022,
    funded_employments=DETAINED_OR_IN_HOSPITAL | BY_A_LOCAL_AUTHORITY,
)
SPRING_2023 = _next(AUTUMN_2022, Term.SPRING_2023, lead_mentors=True)
AUTUMN_2023 = _next(
    SPRING_2023,
    Term.AUTUMN_2023,
    offered=SUITE_2023 | {Npq.EARLY_HEADSHIP_COACHING},
    open_to_all=SUITE_2023,
    employment_npqs=SUITE_2023,
)
SPRING_2024 = _next(AUTUMN_2023, Term.SPRING_2024)

# [C] Three NPQs stay open to all; the rest need a list.
_OPEN_2024 = frozenset({Npq.HEADSHIP, Npq.SENCO, Npq.LEADING_PRIMARY_MATHEMATICS})
AUTUMN_2024 = Policy(
    term=Term.AUTUMN_2024,
    version="autumn-2024/1",
    offered=SUITE_2024 | {Npq.EARLY_HEADSHIP_COACHING},
    open_to_all=_OPEN_2024,
    early_years_list_in_schools=True,
    early_years_rule=EarlyYearsRule.LISTED,
    nursery_npqs=_OPEN_2024,
    employment_npqs=_OPEN_2024,
    funded_employments=DETAINED_OR_IN_HOSPITAL,
    reviewed_employments=BY_A_LOCAL_AUTHORITY,
)
SPRING_2025 = _next(
    AUTUMN_2024,
    Term.SPRING_2025,
    nursery_list=NurseryList.FUNDS_EVERY_NPQ,
    reviewed_from=date(2025, 4, 2),
)

# [C] RISE wins over type; leading primary mathematics becomes list-only.
_OPEN_2025 = frozenset({Npq.HEADSHIP, Npq.SENCO})
AUTUMN_2025 = Policy(
    term=Term.AUTUMN_2025,
    version="autumn-2025/1",
    offered=AUTUMN_2024.offered,
    rise=True,
    open_to_all=_OPEN_2025,
    early_years_rule=EarlyYearsRule.LISTED,
    nursery_npqs=_OPEN_2025 | {Npq.EARLY_YEARS_LEADERSHIP},
    nursery_list=NurseryList.REQUIRED,
    employment_npqs=_OPEN_2025,
    reviewed_employments=DETAINED_OR_IN_HOSPITAL | BY_A_LOCAL_AUTHORITY,
)

# [C] Nothing is funded.
SPRING_2026 = Policy(
    term=Term.SPRING_2026,
    version="spring-2026/1",
    offered=AUTUMN_2025.offered,
    has_scholarships=False,
)

# [C] Section 3.
_OPEN_2026 = frozenset({Npq.HEADSHIP, Npq.SENCO, Npq.SENIOR_LEADERSHIP})
AUTUMN_2026 = Policy(
    term=Term.AUTUMN_2026,
    version="autumn-2026/1",
    offered=AUTUMN_2025.offered,
    rise=True,
    open_to_all=_OPEN_2026 | {Npq.EARLY_YEARS_LEADERSHIP},
    early_years_rule=EarlyYearsRule.OPEN,
    nursery_npqs=_OPEN_2026,
    employment_npqs=_OPEN_2026,
    reviewed_employments=DETAINED_OR_IN_HOSPITAL | BY_A_LOCAL_AUTHORITY,
)

# Oldest first; of two versions of one term the later stands later, and is the one in use.
EVERY_POLICY = (
    AUTUMN_2021_FIRST,
    AUTUMN_2021,
    SPRING_2022,
    AUTUMN_2022,
    SPRING_2023,
    AUTUMN_2023,
    SPRING_2024,
    AUTUMN_2024,
    SPRING_2025,
    AUTUMN_2025,
    SPRING_2026,
    AUTUMN_2026,
)
POLICIES: Mapping[Term, Policy] = MappingProxyType({policy.term: policy for policy in EVERY_POLICY})
BY_VERSION: Mapping[str, Policy] = MappingProxyType({policy.version: policy for policy in EVERY_POLICY})
RULES_VERSION: Mapping[Term, str] = MappingProxyType(
    {term: policy.version for term, policy in POLICIES.items()}
)
