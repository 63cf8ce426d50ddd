"""The questions of the funding check for whoever does not start from a school, as data. Pure.

They are the register's (design, journeys: "The register's questions and branches"), as far as a decision turns on
them; the words are the portal's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from funding.checker.options import EARLY_YEARS_KINDS, EMPLOYMENTS, SETTINGS
from funding.checker.situation import NONE_GIVEN, Situation
from funding.rules.settings import SCHOOL_SETTINGS, has_an_ofsted_number, is_lead_mentor
from funding.rules.vocabulary import EarlyYearsKind, Setting
from npq_portal.options import YES_NO, Option


class Shape(StrEnum):
    """How a question is answered."""

    RADIOS = "radios"
    SCHOOL = "school"
    CHILDCARE = "childcare"
    CHILDMINDER = "childminder"
    TRAINING_PROVIDER = "training provider"


@dataclass(frozen=True, slots=True)
class Question:
    """`param` is the part of the address that holds the answer; `applies` says who is asked.

    `missing` is what somebody reads who sends the form without an answer; `row` names the answer in a list of
    what was said. `without` is the label of the answer for going on without one; empty where there is none.
    `without_told` is how that answer reads afterwards.
    """

    param: str
    words: str
    row: str
    missing: str
    applies: Callable[[Situation], bool]
    shape: Shape = Shape.RADIOS
    options: tuple[Option, ...] = ()
    hint: str = ""
    without: str = ""
    without_told: str = "Not given"

    def answered(self, situation: Situation) -> bool:
        return getattr(situation, self.param) not in (None, "")

    def told(self, situation: Situation) -> str:
        """The answer in words; the value itself where it is not one of the options."""
        value = getattr(situation, self.param)
        value = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        if value == NONE_GIVEN and self.without:
            return self.without_told
        return next((option.label for option in self.options if option.value == value), str(value))


def _in_early_years(situation: Situation) -> bool:
    return situation.setting is Setting.EARLY_YEARS


def _is_childminder(situation: Situation) -> bool:
    return situation.kind is EarlyYearsKind.CHILDMINDER


def _has_an_ofsted_number(situation: Situation) -> bool:
    return has_an_ofsted_number(situation.setting, situation.kind)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "setting",
        "What kind of setting do you work in?",
        "Setting",
        "Choose the kind of setting you work in",
        applies=lambda it: True,
        options=SETTINGS,
    ),
    Question(
        "kind",
        "What kind of early years setting is it?",
        "Early years setting",
        "Choose the kind of early years setting you work in",
        applies=_in_early_years,
        options=EARLY_YEARS_KINDS,
    ),
    Question(
        "ofsted",
        "Which setting do you work in?",
        "Nursery or other childcare",
        "Search for your setting, then choose it, or go on without it",
        applies=lambda it: _has_an_ofsted_number(it) and not _is_childminder(it),
        shape=Shape.CHILDCARE,
        without="Go on without it",
    ),
    Question(
        "ofsted",
        "What is your Ofsted number?",
        "Ofsted number",
        "Enter your Ofsted number, or say that you do not have it at hand",
        applies=lambda it: _has_an_ofsted_number(it) and _is_childminder(it),
        shape=Shape.CHILDMINDER,
        hint="The unique reference number (URN) on your registration certificate. For example EY101465.",
        without="I do not have it at hand",
    ),
    Question(
        "workplace",
        "Which school is it?",
        "Workplace",
        "Search for your school, then choose it, or go on without it",
        applies=lambda it: _in_early_years(it) and it.in_a_school,
        shape=Shape.SCHOOL,
        without="Go on without it",
    ),
    Question(
        "workplace",
        "Where do you work?",
        "Workplace",
        "Search for where you work, then choose it",
        applies=lambda it: it.setting in SCHOOL_SETTINGS and not it.authority,
        shape=Shape.SCHOOL,
    ),
    Question(
        "employment",
        "How are you employed?",
        "Employment",
        "Choose how you are employed",
        applies=lambda it: it.setting is Setting.ANOTHER_SETTING,
        options=EMPLOYMENTS,
    ),
    Question(
        "itt",
        "Which training provider are you a lead mentor for?",
        "Training provider",
        "Choose your training provider, or say that it is not in the list",
        applies=lambda it: is_lead_mentor(it.setting, it.employment),
        shape=Shape.TRAINING_PROVIDER,
        without="It is not in this list",
        without_told="Not in the list",
    ),
    Question(
        "adviser",
        "Did a Return to Teaching adviser refer you?",
        "Referred by an adviser",
        "Choose yes if an adviser referred you",
        applies=lambda it: it.setting is Setting.OTHER,
        options=YES_NO,
        hint="They help teachers who come back to the profession.",
    ),
)


def asked(situation: Situation) -> list[Question]:
    """The questions that somebody in this situation is asked, in order. None outside England: nothing turns on them."""
    if situation.england is False:
        return []
    return [question for question in QUESTIONS if question.applies(situation)]


def unanswered(situation: Situation) -> Question | None:
    """The next question; None when enough was said to decide."""
    return next((question for question in asked(situation) if not question.answered(situation)), None)
