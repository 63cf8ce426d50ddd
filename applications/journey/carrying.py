"""What the funding check knows becomes answers: nothing is asked twice (WCAG 2.2, 3.3.7). Pure."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from applications.journey.choices import Choices
from applications.journey.shape import NOT_LISTED, Answer, Answers
from funding.checker.situation import NONE_GIVEN
from funding.rules.entry import Mastery
from npq_portal.text import clean

if TYPE_CHECKING:
    from applications.models import Application

LONGEST = 200
# The check's parameter -> the step and field that ask the same here, and have the same values.
CARRIED = {
    "term": ("term", "term"),
    "setting": ("setting", "setting"),
    "workplace": ("workplace", "workplace"),
    "kind": ("childcare-kind", "childcare_kind"),
    "employment": ("employment", "employment"),
    "adviser": ("adviser", "adviser"),
    "npqh": ("npqh", "npqh"),
    "npq": ("npq", "npq"),
}


def carried_answers(query: Mapping[str, str], choices: Choices) -> Answers:
    """Answers from the address's query. They are only offered: the walker keeps those that hold together.

    A setting or workplace comes from the check for people who work in England. Where one term is open, an NPQ
    chosen without a term means that term. A training provider's name is taken as it stands: whether it is
    accredited is asked of the list when funding is decided.
    """
    given = {name: query.get(name, "") for name in (*CARRIED, "ofsted", "itt", "head", "mastery")}
    given = {name: clean(value, LONGEST) for name, value in given.items() if value}
    if given.get("npq") and not given.get("term") and len(choices.terms) == 1:
        given["term"] = next(iter(choices.terms))
    answers: dict[str, Answer] = {
        step: {name: given[param]} for param, (step, name) in CARRIED.items() if param in given
    }
    if given.get("setting") or given.get("workplace"):
        answers["england"] = {"england": "yes"}
    return answers | _asked_otherwise(given)


def _asked_otherwise(given: Mapping[str, str]) -> dict[str, Answer]:
    """What the check asks in other words or fewer fields. "No" to being a new head leaves two answers here."""
    answers: dict[str, Answer] = {}
    if ofsted := given.get("ofsted"):
        numbered = {"has_number": "yes", "ofsted": ofsted}
        answers["ofsted"] = {"has_number": "no"} if ofsted == NONE_GIVEN else numbered
    if itt := given.get("itt"):
        answers["itt-provider"] = {"itt_provider": NOT_LISTED if itt == NONE_GIVEN else itt}
    if given.get("head") == "yes":
        answers["new-head"] = {"new_head": "yes"}
    if mastery := given.get("mastery"):
        taught = mastery == Mastery.PROGRAMME
        answers["mastery"] = {"mastery": "yes" if taught else "no"}
        if not taught:
            answers["mastery-shown"] = {"mastery_shown": mastery}
    return answers


def carried_query(application: "Application") -> str:
    """The query of a new application's address that keeps what does not hang on the provider."""
    facts = application.funding_facts or {}
    kept = {
        "term": application.term and application.term.identifier,
        "setting": facts.get("setting"),
        "workplace": application.workplace_reference,
        "npq": application.qualification and application.qualification.identifier,
    }
    return urlencode({name: value for name, value in kept.items() if value})
