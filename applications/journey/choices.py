"""What can be chosen on a day: terms open for registering, and what is offered in them by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from applications.journey.shape import Answers, Ask, Option, Source, said
from applications.models import Application
from catalogue.models import Offer, Term
from funding.queries import has_rules
from funding.rules.vocabulary import Setting


@dataclass(frozen=True, slots=True)
class Choices:
    """Identifiers and names only, so that the walker needs no database. Providers are named by their slug.

    `not_ready` names the terms that are open and cannot be chosen, since their funding rules are not there yet.
    """

    terms: Mapping[str, str]
    npqs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    providers: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    not_ready: tuple[str, ...] = ()

    def options(self, ask: Ask, answers: Answers) -> tuple[Option, ...] | None:
        """What may be answered to `ask` after `answers`; None where anything may, as far as is known here."""
        if isinstance(ask.options, tuple):
            return ask.options or None
        term, npq = said(answers, "term"), said(answers, "npq")
        match ask.options:
            case Source.TERMS:
                return _options(self.terms)
            case Source.NPQS:
                return _options(self.npqs.get(term, {}))
            case Source.PROVIDERS:
                return _options(self.providers.get((term, npq), {}))
            case Source.PAYERS:
                return _payers(answers)
            case Source.ITT_PROVIDERS:
                return None


def _options(names: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in names.items())


def _payers(answers: Answers) -> tuple[Option, ...]:
    """Only someone in a school or a trust has a trust that could pay."""
    with_trust = said(answers, "setting") in (Setting.SCHOOL, Setting.ACADEMY_TRUST)
    payers = Application.Payer
    return tuple(
        Option(payer.value, str(payer.label)) for payer in payers if payer is not payers.TRUST or with_trust
    )


def choices_on(day: date) -> Choices:
    """Two queries, whatever the number of offers."""
    open_now = list(Term.objects.registering_on(day).order_by("position"))
    terms = [term for term in open_now if has_rules(term)]
    npqs: dict[str, dict[str, str]] = {term.identifier: {} for term in terms}
    providers: dict[tuple[str, str], dict[str, str]] = {}
    offers = Offer.objects.filter(term__in=terms, qualification__hidden=False).select_related(
        "term", "qualification", "provider"
    )
    for offer in offers.order_by("qualification__position", "provider__name"):
        term, npq = offer.term.identifier, offer.qualification
        npqs[term][npq.identifier] = npq.name
        providers.setdefault((term, npq.identifier), {})[offer.provider.slug] = offer.provider.name
    not_ready = tuple(term.name for term in open_now if term not in terms)
    return Choices({term.identifier: term.name for term in terms}, npqs, providers, not_ready)
