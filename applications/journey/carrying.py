"""What the funding check knows becomes answers: nothing is asked twice (WCAG 2.2, 3.3.7). Pure."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from applications.journey.choices import Choices
from applications.journey.shape import Answers

if TYPE_CHECKING:
    from applications.models import Application

CARRIED = ("term", "setting", "workplace", "npq")


def carried_answers(query: Mapping[str, str], choices: Choices) -> Answers:
    """Answers from the address's query. They are only offered: the walker keeps those that hold together.

    A setting or workplace comes from the check for people who work in England. Where one term is open, an NPQ
    chosen without a term means that term.
    """
    given = {name: query.get(name, "")[:60] for name in CARRIED}
    if given["npq"] and not given["term"] and len(choices.terms) == 1:
        given["term"] = next(iter(choices.terms))
    answers = {name: {name: value} for name, value in given.items() if value}
    if given["setting"] or given["workplace"]:
        answers["england"] = {"england": "yes"}
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
