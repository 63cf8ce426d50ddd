"""The questions of the chooser, as data. Pure.

Whether a question is asked turns on earlier ones only, so that one pass over them reads an address.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.chooser.dates import in_words, is_appointment
from catalogue.chooser.vocabulary import UNKNOWN, Answers, When, holds
from npq_portal.options import YES_NO, Option


class Shape(StrEnum):
    RADIOS = "radios"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Question:
    """`param` holds the answer in an address; it is asked where one of `asked_of` holds, of everybody without any.

    `missing` is what somebody reads who sends the form without an answer; `row` names the answer in a list of
    what was said. `without` is the label of the answer for going on without one; empty where there is none.
    """

    param: str
    words: str
    row: str
    missing: str
    options: tuple[Option, ...] = ()
    asked_of: tuple[When, ...] = ()
    shape: Shape = Shape.RADIOS
    hint: str = ""
    without: str = ""

    def applies(self, answers: Answers) -> bool:
        return not self.asked_of or any(holds(when, answers) for when in self.asked_of)

    def accepts(self, typed: str, today: date) -> bool:
        if self.shape is Shape.DATE:
            return typed == UNKNOWN or is_appointment(typed, today=today)
        return any(option.value == typed for option in self.options)

    def told(self, answer: str) -> str:
        """An accepted answer in words."""
        if self.shape is Shape.DATE:
            return "Not given" if answer == UNKNOWN else in_words(answer)
        return next(option.label for option in self.options if option.value == answer)


YES_NO_UNSURE = (*YES_NO, Option("unsure", "I am not sure"))

QUESTIONS: tuple[Question, ...] = (
    Question(
        "role",
        "What is your role now?",
        "Role now",
        "Choose your role now",
        options=(
            Option("ect", "Early career teacher", "In your two-year induction"),
            Option("teacher", "Teacher"),
            Option("middle", "Leader of a subject, a year group or a team", "Pastoral leads too"),
            Option("senco", "Special educational needs co-ordinator (SENCO)"),
            Option("senior", "Senior leader", "For example assistant or deputy headteacher"),
            Option("head", "Headteacher or head of school"),
            Option("executive", "Leader of several schools or a trust"),
            Option("early_years", "Leader in early years", "In a nursery or a school, or as a childminder"),
            Option("other", "Something else", "For example teaching assistant or business manager"),
        ),
    ),
    Question(
        "next",
        "What do you want to do next?",
        "Role wanted",
        "Choose what you want to do next",
        options=(
            Option("same", "Get better at what I do now"),
            Option("area", "Lead one area", "For example a subject, literacy or behaviour"),
            Option("senco", "Become a SENCO"),
            Option("senior", "Lead across a whole school"),
            Option("head", "Lead a school"),
            Option("executive", "Lead several schools or a trust"),
            Option("early_years", "Lead in early years"),
            Option("unsure", "I am not sure yet"),
        ),
    ),
    Question(
        "phase",
        "Which phase do you work in?",
        "Phase",
        "Choose the phase you work in",
        options=(
            Option("early_years", "Early years"),
            Option("primary", "Primary"),
            Option("secondary", "Secondary"),
            Option("16_to_19", "16 to 19"),
            Option("several", "More than one of these"),
        ),
    ),
    Question(
        "lead",
        "What do you most want to lead?",
        "Wants to lead",
        "Choose what you most want to lead",
        asked_of=({"next": "same area unsure"},),
        options=(
            Option("teachers", "How other teachers develop", "Trainees and early career teachers too"),
            Option("teaching", "Teaching in a subject, year group or phase"),
            Option("behaviour", "Behaviour, wellbeing or pastoral work"),
            Option("literacy", "Literacy"),
            Option("maths", "Primary mathematics"),
            Option("send", "Provision for pupils with special educational needs and disabilities (SEND)"),
            Option("school", "A whole school, or more"),
            Option("unsure", "I am not sure yet"),
        ),
    ),
    Question(
        "since",
        "When were you appointed as SENCO?",
        "SENCO since",
        "Enter the month and year of your appointment, and the day if you know it",
        asked_of=({"role": "senco"},),
        shape=Shape.DATE,
        hint="For example 1 9 2025. Leave the day out if you do not know it.",
        without="I do not know the month",
    ),
    Question(
        "mainstream",
        "Is your school a mainstream school?",
        "Mainstream school",
        "Choose whether your school is a mainstream school",
        asked_of=({"role": "senco"},),
        options=YES_NO_UNSURE,
        hint="A special school is not.",
    ),
    Question(
        "head",
        "How long have you been a headteacher?",
        "Headship",
        "Choose how long you have been a headteacher",
        asked_of=({"role": "head"},),
        options=(Option("new", "I am in my first five years"), Option("longer", "Longer than five years")),
    ),
    Question(
        "head",
        "Have you been appointed as a headteacher?",
        "Headship",
        "Choose whether you have been appointed",
        asked_of=({"role": "ect teacher middle senco senior executive early_years other", "next": "head"},),
        options=(Option("appointed", "Yes, and I have yet to start"), Option("no", "Not yet")),
    ),
    Question(
        "npqh",
        "Where are you with the NPQ in Headship?",
        "NPQ in Headship",
        "Choose where you are with the NPQ in Headship",
        asked_of=({"role": "head"}, {"next": "head"}),
        options=(
            Option("completed", "I have completed it"),
            Option("studying", "I am studying for it now"),
            Option("will_start", "I have a place and will start it"),
            Option("withdrew", "I withdrew from it"),
            Option("none", "None of these"),
        ),
    ),
    Question(
        "mastery",
        "How would you show that you understand teaching for mastery?",
        "Mastery shown by",
        "Choose how you would show it",
        asked_of=({"lead": "maths", "phase": "early_years primary several"},),
        options=(
            Option("yes", "A year of the primary programme"),
            Option("similar_course", "By a similar course"),
            Option("another_way", "In another way that I can explain to the provider"),
            Option("cannot_show", "I cannot show it yet"),
            Option("unsure", "I am not sure"),
        ),
        hint="The NPQ in Leading primary mathematics needs it.",
    ),
    Question(
        "level3",
        "Do you have a full and relevant level 3 qualification in early years?",
        "Early years level 3",
        "Choose whether you have a level 3 qualification",
        asked_of=({"role": "early_years"}, {"next": "early_years"}),
        options=YES_NO_UNSURE,
        hint="The NPQ in Early years leadership needs it.",
    ),
)


def asked(answers: Answers) -> list[Question]:
    """The questions that somebody with these answers is asked, in order."""
    return [question for question in QUESTIONS if question.applies(answers)]


def unanswered(answers: Answers) -> Question | None:
    """The next question; None when enough was said."""
    return next((question for question in asked(answers) if question.param not in answers), None)
