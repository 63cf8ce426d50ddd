"""Between the registration's answers and what the funding check calls a situation: nothing is asked twice (WCAG 2.2,
3.3.7), and both are decided alike. Pure.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from applications.journey.choices import Choices
from applications.journey.shape import NONE_OF_THEM, NOT_LISTED, Answer, Answers, said
from funding.checker.situation import NONE_GIVEN, READERS, Situation
from funding.rules.entry import Mastery
from funding.rules.vocabulary import Npq

if TYPE_CHECKING:
    from applications.models import Application

# What is said of the situation -> the step and field that ask the same, and hold the same values.
SAME = {
    "setting": ("setting", "setting"),
    "kind": ("childcare-kind", "childcare_kind"),
    "employment": ("employment", "employment"),
    "npqh": ("npqh", "npqh"),
}
YES_NO = {"yes": True, "no": False}
IN_WORDS = {True: "yes", False: "no"}


def carried_answers(
    situation: Situation,
    choices: Choices,
    *,
    npq: str = "",
    provider: str = "",
    run: str = "",
    employer: str = "",
) -> Answers:
    """What was said at the funding check, and the course that was looked at, as answers.

    They are only offered: the walker keeps those that hold together. Whoever named a setting there works in England
    unless they said otherwise. Where one term is open, an NPQ chosen without a term means that term. A training
    provider's name is taken as it stands: whether it is accredited is asked of the list when funding is decided.
    """
    given: dict[str, Answer] = {"term": {"term": situation.term.value}} if situation.term else {}
    given |= {
        step: {field: str(value)}
        for name, (step, field) in SAME.items()
        if (value := getattr(situation, name)) is not None
    }
    if npq:
        given["npq"] = {"npq": npq}
        if "term" not in given and len(choices.terms) == 1:
            given["term"] = {"term": next(iter(choices.terms))}
    if provider:
        given["provider"] = {"provider": provider}
    if run:
        given["course"] = {"course": run}
    if employer:
        given["employer"] = {"employer": employer}
    if situation.england is not None or situation.setting or situation.reference:
        given["england"] = {"england": "no" if situation.england is False else "yes"}
    if situation.reference:
        given["workplace"] = {"workplace": situation.reference}
    return given | _asked_otherwise(situation)


def _asked_otherwise(situation: Situation) -> dict[str, Answer]:
    """What the check asks in other words or fewer fields. "No" to being a new head leaves two answers here."""
    given: dict[str, Answer] = {}
    if situation.ofsted:
        numbered = {"has_number": "yes", "ofsted": situation.ofsted}
        given["ofsted"] = {"has_number": "no"} if situation.ofsted == NONE_GIVEN else numbered
    if situation.itt:
        given["itt-provider"] = {"itt_provider": NOT_LISTED if situation.itt == NONE_GIVEN else situation.itt}
    if situation.had:
        given["had"] = {"had": sorted(situation.had)}
    if situation.adviser is not None:
        given["adviser"] = {"adviser": IN_WORDS[situation.adviser]}
    if situation.head:
        given["new-head"] = {"new_head": "yes"}
    if situation.mastery:
        taught = situation.mastery is Mastery.PROGRAMME
        given["mastery"] = {"mastery": IN_WORDS[taught]}
        if not taught:
            given["mastery-shown"] = {"mastery_shown": situation.mastery.value}
    return given


def situation_of(answers: Answers) -> Situation:
    """What a decision needs of the answers. A question that nobody in the setting is asked counts as answered no."""
    itt = said(answers, "itt-provider") or ""
    same = {name: said(answers, step, field) for name, (step, field) in SAME.items()}
    return Situation(
        **{name: READERS[name][0](value) for name, value in same.items() if value},
        england=YES_NO.get(said(answers, "england") or ""),
        workplace=said(answers, "workplace") or "",
        ofsted=said(answers, "ofsted", "ofsted") or "",
        itt=NONE_GIVEN if itt == NOT_LISTED else itt,
        adviser=said(answers, "adviser") == "yes",
        had=frozenset(Npq(each) for each in said(answers, "had") or () if each != NONE_OF_THEM),
        head=said(answers, "new-head") == "yes",
    )


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
