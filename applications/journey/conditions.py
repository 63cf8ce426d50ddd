"""When a question is asked, and when an answer ends the registration.

Pure; the branches are the register's.
"""

from datetime import date

from applications.journey.shape import NONE_OF_THEM, Answer, Answers, Wrong, said
from funding.rules import settings
from funding.rules.entry import Stop, headship_npq_stop, mastery_stop
from funding.rules.vocabulary import Employment, Npq, Setting

# The code of practice of 1994 brought them in.
FIRST_SENCOS = 1994


def in_england(answers: Answers) -> bool:
    return said(answers, "england") == "yes"


def in_early_years(answers: Answers) -> bool:
    return said(answers, "setting") == Setting.EARLY_YEARS


def has_a_workplace(answers: Answers) -> bool:
    return settings.names_a_school(said(answers, "setting"), said(answers, "childcare-kind"))


def registered_with_ofsted(answers: Answers) -> bool:
    return settings.has_an_ofsted_number(said(answers, "setting"), said(answers, "childcare-kind"))


def in_another_setting(answers: Answers) -> bool:
    return said(answers, "setting") == Setting.ANOTHER_SETTING


def is_lead_mentor(answers: Answers) -> bool:
    return settings.is_lead_mentor(said(answers, "setting"), said(answers, "employment"))


def has_an_employer(answers: Answers) -> bool:
    return said(answers, "employment") not in (None, Employment.LEAD_MENTOR)


def in_other(answers: Answers) -> bool:
    return said(answers, "setting") == Setting.OTHER


def some_and_none(answer: Answer, day: date) -> Wrong | None:
    had = answer.get("had") or []
    if NONE_OF_THEM not in had or len(had) == 1:
        return None
    return Wrong("Choose the NPQs that you had funding for, or only “None of them”", ("had",))


def not_an_appointment(answer: Answer, day: date) -> Wrong | None:
    """Of somebody who is a SENCO now. What is no month and year the field itself has refused."""
    try:
        month, year = map(int, str(answer.get("since") or "").split("/"))
    except ValueError:
        return None
    if (year, month) > (day.year, day.month):
        return Wrong("Enter a month that has begun: you are a SENCO since then", ("since",))
    if year < FIRST_SENCOS:
        return Wrong(f"Enter {FIRST_SENCOS} or later: schools have had SENCOs since then", ("since",))
    return None


def takes_coaching(answers: Answers) -> bool:
    return said(answers, "npq") == Npq.EARLY_HEADSHIP_COACHING


def takes_maths(answers: Answers) -> bool:
    return said(answers, "npq") == Npq.LEADING_PRIMARY_MATHEMATICS


def mastery_not_taught(answers: Answers) -> bool:
    return said(answers, "mastery") == "no"


def takes_senco(answers: Answers) -> bool:
    return said(answers, "npq") == Npq.SENCO


def is_not_funded(answers: Answers) -> bool:
    return said(answers, "funding") == "not_funded"


def no_headship_npq(answers: Answers) -> Stop | None:
    return headship_npq_stop(said(answers, "npqh"))


def cannot_show_mastery(answers: Answers) -> Stop | None:
    return mastery_stop(said(answers, "mastery-shown"))
