"""What the page of the eleven answers shows, whoever they are for."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.models import Term
from funding import queries
from funding.checker.about_you import about_you
from funding.checker.addresses import apply_query, terms_address
from funding.checker.answers import grid
from funding.checker.situation import ABOUT_YOU, Situation
from funding.checker.terms import terms_with_rules
from funding.checker.workplace import Workplace, described
from funding.rules import vocabulary


def answers_page(situation: Situation, workplace: Workplace, term: Term, today: date) -> dict[str, Any]:
    """For templates/funding/answers.html. `term` has rules. Four queries, five for a lead mentor."""
    # What the page's path says already is not repeated in its forms.
    in_path = ["workplace"] if situation.reference else []
    return {
        "situation": situation,
        "workplace": workplace,
        "where": described(situation, workplace),
        "term": term,
        "grid": grid(workplace, situation, term),
        "about_you": about_you(situation),
        "terms": list(reversed(terms_with_rules(vocabulary.Term.AUTUMN_2021_FIRST))),
        "carried_to_term": situation.pairs(leave_out=["term", *in_path]),
        "carried_to_about_you": situation.pairs(leave_out=[*ABOUT_YOU, *in_path]),
        "terms_url": terms_address(situation),
        "apply_query": apply_query(situation, term.identifier) if term.is_open_on(today) else "",
        "correction": _correction(situation, term),
    }


def without_rules(request: HttpRequest, term: Term | None, workplace: Workplace) -> HttpResponse:
    """The page for a term whose rules did not come with this release, or for the time before any term."""
    about = {"term": term, "workplace": workplace, "newest": queries.newest_with_rules()}
    return render(request, "funding/no_rules.html", about)


def _correction(situation: Situation, term: Term) -> str:
    """What the page says about the parts of the address that it could not use."""
    if not situation.not_known:
        return ""
    return (
        f"We do not know {' or '.join(situation.not_known)}. These are the answers for {term.name.lower()}."
    )
