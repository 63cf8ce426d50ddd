"""The words that questions, answers and rules share. Pure."""

from collections.abc import Mapping
from enum import StrEnum

# Question -> answer, both as an address holds them.
Answers = Mapping[str, str]
# Question -> the answers that will do, with spaces between them. All the questions must hold.
When = Mapping[str, str]

UNKNOWN = "unknown"


class Npq(StrEnum):
    """The catalogue's slugs, in its order."""

    TEACHER_DEVELOPMENT = "leading-teaching-development"
    TEACHING = "leading-teaching"
    BEHAVIOUR = "leading-behaviour-culture"
    LITERACY = "leading-literacy"
    PRIMARY_MATHS = "leading-primary-mathematics"
    SENIOR = "senior-leadership"
    HEADSHIP = "headship"
    EXECUTIVE = "executive-leadership"
    EARLY_YEARS = "early-years-leadership"
    SENCO = "senco"
    COACHING = "early-headship-coaching-offer"


def holds(when: When, answers: Answers) -> bool:
    return all(answers.get(question, "") in wanted.split() for question, wanted in when.items())
