"""One school or college, and whether each of the eleven NPQs is funded for the people who work there."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funding import queries
from funding.checker.addresses import address
from funding.checker.answers import likely_setting
from funding.checker.situation import IN_A_SCHOOL, SCHOOL_SETTINGS, Situation
from funding.checker.workplace import of_establishment
from funding.models import Establishment
from funding.ranking.standing import standing
from funding.rules.facts import NURSERY_SCHOOL
from funding.rules.vocabulary import EarlyYearsKind, Setting
from funding.views.answers import show_answers, term_of

# The settings that a school or a college can be looked up for, in the words of a sentence.
SETTINGS = {
    Setting.SCHOOL: "a school",
    Setting.ACADEMY_TRUST: "an academy trust",
    Setting.SIXTEEN_TO_NINETEEN: "a 16 to 19 setting",
    Setting.EARLY_YEARS: "early years",
}
TEACHES_EARLY_YEARS = frozenset({"Nursery", "Primary", "All-through", "Middle deemed primary"})


@require_safe
def establishment(request: HttpRequest, reference: str) -> HttpResponse:
    """The grid of eleven, or for a closed school where its people went. 404 for what is no reference.

    Everything that the answers depend on is in the address, so that it can be shared; nothing is stored.
    """
    try:
        found = Establishment.objects.by_reference(reference)
    except Establishment.DoesNotExist:
        raise Http404 from None
    if not found.is_pickable:
        return _closed(request, found)
    situation = situation_at(found, Situation.read(request.GET))
    term = term_of(situation)
    more: dict[str, Any] = {
        "establishment": found,
        "as_of": queries.establishments_as_of(),
        "in_setting": SETTINGS[situation.setting or Setting.SCHOOL],
        "other_settings": _other_settings(found, situation),
        "standing": standing(found, term) if term else None,
    }
    return show_answers(request, situation, of_establishment(found), term, more)


def situation_at(found: Establishment, said: Situation) -> Situation:
    """What was said, made to fit this workplace: a setting that it cannot be, or none, is the likely one."""
    situation = replace(said, workplace=found.reference)
    if situation.setting is Setting.EARLY_YEARS and situation.kind not in IN_A_SCHOOL:
        situation = replace(situation, kind=early_years_kind(found))
    elif situation.setting not in SETTINGS:
        asked = f"the setting “{situation.setting}” here"
        not_known = (*situation.not_known, asked) if situation.setting else situation.not_known
        situation = replace(situation, setting=likely_setting(found), not_known=not_known)
    return situation.tidy()


def early_years_kind(found: Establishment) -> EarlyYearsKind:
    nursery = found.type_code == NURSERY_SCHOOL
    return EarlyYearsKind.MAINTAINED_NURSERY if nursery else EarlyYearsKind.PRESCHOOL_CLASS


def _other_settings(found: Establishment, situation: Situation) -> list[tuple[str, str]]:
    """(Words, address) of the same workplace as another setting."""
    others = [
        (SETTINGS[setting], address(replace(situation, setting=setting, not_known=()).tidy()))
        for setting in SETTINGS
        if setting in SCHOOL_SETTINGS and setting is not situation.setting
    ]
    if found.urn and found.phase in TEACHES_EARLY_YEARS and situation.setting is not Setting.EARLY_YEARS:
        kind = early_years_kind(found)
        early = replace(situation, setting=Setting.EARLY_YEARS, kind=kind, not_known=())
        others.append(("its nursery or pre-school class", address(early)))
    return others


def _closed(request: HttpRequest, found: Establishment) -> HttpResponse:
    followed = queries.successors([found.urn] if found.urn else [])
    about = {
        "workplace": found,
        "as_of": queries.establishments_as_of(),
        "successors": followed.get(found.urn or "", []),
    }
    return render(request, "funding/closed.html", about)
