"""The shape of one term's rules: what can differ, and what most terms share.

Source: design, funding rules, sections 3 and 4; `policies` holds the twelve values.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from funding.rules import types
from funding.rules.vocabulary import Employment, ListKind, Npq, Setting, Term


class EarlyYearsRule(Enum):
    """How Early years leadership is funded for people in early years settings."""

    NOT_OFFERED = "the NPQ does not exist yet"
    REGISTERED = "settings on Ofsted's Early Years Register"
    LISTED = "settings on the disadvantaged list, childminders on theirs"
    OPEN = "every setting, childminders on their list"


class NurseryList(Enum):
    """What the list of local authority nurseries does."""

    UNUSED = "nothing"
    FUNDS_EVERY_NPQ = "funds every NPQ"
    REQUIRED = "is required of every local authority nursery school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One term's rules. The defaults are what most terms share.

    `open_to_all` and the two lists are for staff of schools, trusts and 16 to 19
    organisations: an offered NPQ that is not open to all needs the list of the
    setting. `early_years_list_in_schools` lets a school have Early years
    leadership from the early years list too; `new_head_opens` are the NPQs that
    a new head has with no list.
    `nursery_npqs` are the NPQs a type 15 nursery gets when the person answers
    "early years". `state_schools_in_doubt`: every state-funded school was
    funded and the text does not say whether that holds for people who answered
    "early years", so they are reviewed. `employment_npqs` are what
    `funded_employments` and `reviewed_employments` get; from `reviewed_from`
    on (None: no such day) the former are reviewed too.
    """

    term: Term
    version: str
    offered: frozenset[Npq]
    has_scholarships: bool = True
    new_head_window: str = "first five years"
    eligible_types: frozenset[str] = types.ELIGIBLE
    rise: bool = False
    open_to_all: frozenset[Npq] = frozenset()
    school_list: ListKind = ListKind.PP50_SCHOOLS
    sixteen_to_nineteen_list: ListKind = ListKind.PP50_16_TO_19
    early_years_list_in_schools: bool = False
    new_head_opens: frozenset[Npq] = frozenset()
    early_years_rule: EarlyYearsRule = EarlyYearsRule.NOT_OFFERED
    nursery_npqs: frozenset[Npq] = frozenset()
    nursery_list: NurseryList = NurseryList.UNUSED
    state_schools_in_doubt: bool = False
    lead_mentors: bool = True
    employment_npqs: frozenset[Npq] = frozenset()
    funded_employments: frozenset[Employment] = frozenset()
    reviewed_employments: frozenset[Employment] = frozenset()
    reviewed_from: date | None = None

    def list_for(self, setting: Setting | None) -> ListKind:
        """The one list that a list-only NPQ is looked up on; never both."""
        if setting is Setting.SIXTEEN_TO_NINETEEN:
            return self.sixteen_to_nineteen_list
        return self.school_list
