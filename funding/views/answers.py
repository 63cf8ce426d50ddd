"""The page of the eleven answers, whoever they are for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from catalogue.models import Term
from catalogue.queries import current_term
from funding import queries
from funding.checker.about_you import about_you
from funding.checker.addresses import apply_address, terms_address
from funding.checker.answers import grid
from funding.checker.situation import Situation
from funding.checker.terms import terms_with_rules
from funding.checker.workplace import Workplace, described
from funding.rules import vocabulary


def show_answers(
    request: HttpRequest,
    situation: Situation,
    workplace: Workplace,
    term: Term | None,
    more: Mapping[str, Any],
) -> HttpResponse:
    """`term` is that of `term_of`. `more` is what the page says besides, on how the situation came about."""
    today = timezone.localdate()
    about: dict[str, Any] = {
        "situation": situation,
        "workplace": workplace,
        "where": described(situation, workplace),
    }
    if term is None or not queries.has_rules(term):
        return render(
            request, "funding/no_rules.html", about | {"term": term, "newest": queries.newest_with_rules()}
        )
    about |= {
        "term": term,
        "grid": grid(workplace, situation, term),
        "about_you": about_you(situation),
        "terms": list(reversed(terms_with_rules(vocabulary.Term.AUTUMN_2021_FIRST))),
        "carried_to_term": situation.pairs(leave_out=["term", *_in_path(situation)]),
        "carried_to_about_you": situation.pairs(
            leave_out=["head", "npqh", "mastery", "had", *_in_path(situation)]
        ),
        "terms_url": terms_address(situation),
        "apply_url": apply_address(situation, term.identifier) if term.is_open_on(today) else "",
        "correction": correction(situation, term),
    }
    return render(request, "funding/answers.html", about | dict(more))


def term_of(situation: Situation) -> Term | None:
    """The term that the address names, else the one to register for today."""
    named = Term.objects.filter(identifier=situation.term).first() if situation.term else None
    return named or current_term(timezone.localdate())


def correction(situation: Situation, term: Term) -> str:
    """What the page says about the parts of the address that it could not use."""
    if not situation.not_known:
        return ""
    return (
        f"We do not know {' or '.join(situation.not_known)}. These are the answers for {term.name.lower()}."
    )


def _in_path(situation: Situation) -> list[str]:
    """What the page's path says already, so that its forms do not repeat it."""
    return ["workplace"] if situation.reference else []
