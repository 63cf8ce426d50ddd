"""One workplace, and whether each of the eleven NPQs is funded for the people who work there."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.models import Term
from catalogue.queries import current_term
from funding import queries
from funding.checker import SETTINGS, grid, likely_setting
from funding.models import Establishment
from funding.ranking.standing import standing
from funding.rules.policies import POLICIES
from npq_portal.text import clean

NEW_HEADTEACHER = {"yes": True, "no": False}


@require_safe
def establishment(request: HttpRequest, reference: str) -> HttpResponse:
    """The grid of eleven, or for a closed school where its people went. 404 for what is no reference.

    Everything that the answers depend on is in the address, so that it can be shared; nothing is stored.
    """
    try:
        workplace = Establishment.objects.by_reference(reference)
    except Establishment.DoesNotExist:
        raise Http404 from None
    about: dict[str, Any] = {"workplace": workplace, "as_of": queries.establishments_as_of()}
    if not workplace.is_pickable:
        followed = queries.successors([workplace.urn] if workplace.urn else [])
        about["successors"] = followed.get(workplace.urn or "", [])
        return render(request, "funding/closed.html", about)
    today = timezone.localdate()
    term = _term(request.GET.get("term", ""), today)
    if term is None or not queries.has_rules(term):
        about |= {"term": term, "newest": queries.newest_with_rules()}
        return render(request, "funding/no_rules.html", about)
    asked = _read(request.GET, workplace, term)
    about |= {
        "asked": asked,
        "grid": grid(workplace, term, asked.setting, new_headteacher=NEW_HEADTEACHER.get(asked.head)),
        "standing": standing(workplace, term),
        "can_apply": term.is_open_on(today),
    }
    return render(request, "funding/establishment.html", about)


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `not_known` are the parts that it could not use, in the reader's words."""

    term: Term
    setting: str
    head: str
    not_known: list[str] = field(default_factory=list)

    @property
    def setting_name(self) -> str:
        return SETTINGS[self.setting]

    @property
    def other_settings(self) -> list[tuple[str, str]]:
        return [(setting, name) for setting, name in SETTINGS.items() if setting != self.setting]

    @property
    def correction(self) -> str:
        """What the page says about the parts of the address that it could not use."""
        used = f"This page shows the answers for {self.setting_name} in {self.term.name.lower()}."
        return f"We do not know {' or '.join(self.not_known)}. {used}" if self.not_known else ""


def _term(named: str, today: date) -> Term | None:
    """The term that the address names, else the one to register for today."""
    known = Term.objects.filter(identifier=named).first() if named in POLICIES else None
    return known or current_term(today)


def _read(query: QueryDict, workplace: Establishment, term: Term) -> Asked:
    not_known = []
    term_asked, setting_asked = query.get("term", ""), query.get("setting", "")
    if term_asked not in ("", term.identifier):
        not_known.append(f"the term “{clean(term_asked, 40)}”")
    setting = setting_asked if setting_asked in SETTINGS else ""
    if setting_asked and not setting:
        not_known.append(f"the setting “{clean(setting_asked, 40)}”")
    head = query.get("head", "")
    return Asked(
        term=term,
        setting=setting or likely_setting(workplace),
        head=head if head in NEW_HEADTEACHER else "",
        not_known=not_known,
    )
