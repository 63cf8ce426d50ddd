"""What somebody has said of themselves so far, as it stands in the page's address. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from funding.rules.entry import Mastery
from funding.rules.numbers import ofsted_number
from funding.rules.settings import SCHOOL_SETTINGS, has_an_ofsted_number, is_lead_mentor, names_a_school
from funding.rules.vocabulary import EarlyYearsKind, Employment, Npq, NpqhStatus, Setting, Term
from npq_portal.text import clean

# The answer of someone who has no such number, does not know it, or is not in the list.
NONE_GIVEN = "none"
YES_NO = {"yes": True, "no": False}
LONGEST = 160
REFERENCE = re.compile(r"[A-Za-z0-9-]{1,20}")
# What only some NPQs' answers turn on.
ABOUT_YOU = ("head", "npqh", "mastery", "had")


class Query(Protocol):
    """Django's QueryDict, as far as it is read here."""

    def get(self, key: str, default: str, /) -> str | Any: ...
    def getlist(self, key: str, /) -> list[Any]: ...


@dataclass(frozen=True)
class Situation:
    """Each field is a parameter of the address. Empty or None means that it was not said.

    workplace: an establishment's reference, or NONE_GIVEN for a nursery class whose school is not found.
    ofsted: an Ofsted URN, or NONE_GIVEN. authority: a local authority's GIAS code. itt: the legal name of a
    training provider, or NONE_GIVEN. had: the NPQs that were funded before.
    term: the term decided for; None for the one to register for now.
    `not_known` are the parts of the address that could not be used, in the reader's words.
    """

    setting: Setting | None = None
    kind: EarlyYearsKind | None = None
    employment: Employment | None = None
    workplace: str = ""
    ofsted: str = ""
    authority: str = ""
    itt: str = ""
    adviser: bool | None = None
    england: bool | None = None
    head: bool | None = None
    npqh: NpqhStatus | None = None
    mastery: Mastery | None = None
    term: Term | None = None
    had: frozenset[Npq] = frozenset()
    not_known: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, query: Query) -> "Situation":
        """Takes any query; what it cannot use is told in `not_known`."""
        said: dict[str, Any] = {}
        not_known = []
        for name, (kind, called) in READERS.items():
            typed = clean(query.get(name, ""), LONGEST)
            try:
                said[name] = kind(typed) if typed else None
            except ValueError:
                not_known.append(f"the {called} “{typed[:40]}”")
        given = {name: value for name, value in said.items() if value is not None}
        had = frozenset(Npq(each) for each in query.getlist("had") if each in Npq.__members__.values())
        return cls(**given, had=had, not_known=tuple(not_known))

    @property
    def in_a_school(self) -> bool:
        """Whether the rules look the workplace up among schools and colleges."""
        return names_a_school(self.setting, self.kind)

    @property
    def reference(self) -> str:
        """The establishment's, or empty."""
        return "" if self.workplace == NONE_GIVEN else self.workplace

    @property
    def ofsted_urn(self) -> str:
        return "" if self.ofsted == NONE_GIVEN else self.ofsted

    def but(self, **said: Any) -> "Situation":
        """As this, with other answers; those that no longer belong are dropped."""
        return replace(self, **said, not_known=()).tidy()

    def answering(self, param: str, typed: str) -> "Situation":
        """With this answer, as an address would hold it. Raises ValueError for what cannot be one."""
        return self.but(**{param: READERS[param][0](typed)})

    def tidy(self) -> "Situation":
        """Without the answers to questions that nobody in this setting is asked."""
        early, another = self.setting is Setting.EARLY_YEARS, self.setting is Setting.ANOTHER_SETTING
        mentor = is_lead_mentor(self.setting, self.employment)
        with_authority = self.setting in SCHOOL_SETTINGS or (another and not mentor)
        belongs = {
            "kind": early,
            "employment": another,
            "workplace": self.in_a_school,
            "ofsted": has_an_ofsted_number(self.setting, self.kind),
            "authority": with_authority and not self.reference,
            "itt": mentor,
            "adviser": self.setting is Setting.OTHER,
        }
        nothing = Situation()
        dropped: dict[str, Any] = {name: getattr(nothing, name) for name, kept in belongs.items() if not kept}
        return replace(self, **dropped)

    def pairs(self, *, leave_out: Iterable[str] = ()) -> list[tuple[str, str]]:
        """All that was said, as parameters of an address, always in the same order."""
        out = frozenset(leave_out)
        return [(name, value) for name, value in _pairs(self) if name not in out]


def _pairs(situation: Situation) -> list[tuple[str, str]]:
    pairs = []
    for name in READERS:
        value = getattr(situation, name)
        if value in (None, ""):
            continue
        pairs.append((name, {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)))
    return [*pairs, *(("had", npq.value) for npq in sorted(situation.had))]


def _yes_no(typed: str) -> bool:
    if typed not in YES_NO:
        raise ValueError(typed)
    return YES_NO[typed]


def _reference(typed: str) -> str:
    """A reference goes into a path, and none has anything but letters, digits and hyphens."""
    if not REFERENCE.fullmatch(typed):
        raise ValueError(typed)
    return typed


def _ofsted(typed: str) -> str:
    """ "ey 101 465" is EY101465. Raises ValueError for what cannot be such a number."""
    if typed.lower() == NONE_GIVEN:
        return NONE_GIVEN
    number = ofsted_number(typed)
    if number is None:
        raise ValueError(typed)
    return number


# Each parameter: how it is read, raising ValueError, and what it is called where it cannot be used.
READERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "setting": (Setting, "setting"),
    "kind": (EarlyYearsKind, "kind of early years setting"),
    "employment": (Employment, "employment"),
    "workplace": (_reference, "workplace"),
    "ofsted": (_ofsted, "Ofsted number"),
    "authority": (str, "local authority"),
    "itt": (str, "training provider"),
    "adviser": (_yes_no, "answer about an adviser"),
    "england": (_yes_no, "answer about England"),
    "head": (_yes_no, "answer about being a headteacher"),
    "npqh": (NpqhStatus, "answer about the NPQ in Headship"),
    "mastery": (Mastery, "answer about teaching for mastery"),
    "term": (Term, "term"),
}
