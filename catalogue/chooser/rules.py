"""The kinds of rules that advice is made of, each a line of data: in `fits` and in `limits`. Pure.

Besides the answers they may turn on "duty", which is worked out from them: yes, maybe or no.
"""

from dataclasses import dataclass
from datetime import date

from catalogue.chooser.vocabulary import Npq, When

AS_OF = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class For:
    npq: Npq
    points: int
    because: str
    when: When


@dataclass(frozen=True, slots=True)
class Against:
    """Takes the NPQ out of the ranking. `cannot`: they do not meet its condition; else it only does not fit now."""

    npq: Npq
    because: str
    instead: str
    when: When
    cannot: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """Something to find out before applying for an NPQ that fits otherwise."""

    npq: Npq
    words: str
    when: When
