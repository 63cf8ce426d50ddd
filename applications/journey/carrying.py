"""What the funding check knows becomes answers: nothing is asked twice (WCAG 2.2, 3.3.7). Pure."""

from collections.abc import Mapping

from applications.journey.choices import Choices
from applications.journey.shape import Answers

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
