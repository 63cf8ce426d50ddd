"""Delivery partners of near names: the list of pairs, and one pair side by side, merged or found to be two."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from catalogue import partner_pairs
from catalogue.actions.partners import (
    MergedMeanwhileError,
    merge_partners,
    say_different,
    take_back_different,
)
from catalogue.models import DeliveryPartner, DifferentPartners, PartnerAlias
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.forms import lasting_reason
from npq_portal.verbs import Refused

LIST = "admin:catalogue_deliverypartner_pairs"
PER_PAGE = 25


class MergeForm(forms.Form):
    keep = forms.TypedChoiceField(
        label="Which one stays?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose which one stays"),
    )
    reason = lasting_reason()

    def __init__(self, *args: Any, partners: list[DeliveryPartner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(each.pk, each.name) for each in partners]  # type: ignore[attr-defined]


def pairs(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """Those that wait, or with `?found=different` those that staff found to be two."""
    different = request.GET.get("found") == "different"
    found = partner_pairs.found_different() if different else partner_pairs.waiting()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    keys = {key for pair in page for key in (pair.one, pair.other)}
    partners = DeliveryPartner.objects.in_bulk(keys)
    taught = partner_pairs.taught_by(keys)
    context = {
        "different": different,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": [
            (pair, [(partners[key], taught.get(key, [])) for key in (pair.one, pair.other)])
            for pair in page
            if {pair.one, pair.other} <= partners.keys()
        ],
    }
    return _page(site, request, "partner_pairs", "Delivery partners that may be the same", context)


def pair(site: ScopedModelAdmin, request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both side by side; on POST one of the three things that may be done about them."""
    found = DeliveryPartner.objects.in_bulk([pk, other])
    if pk == other or len(found) < 2:
        return _gone(request, pk, other)
    partners = [found[pk], found[other]]
    form = MergeForm(request.POST if "merge" in request.POST else None, partners=partners)
    for name, verb, told in SAYING:
        if name in request.POST:
            return _done(request, partial(_say, request, partners, verb, told))
    if form.is_valid():
        return _done(request, partial(_merge, request, partners, **form.cleaned_data))
    taught = partner_pairs.taught_by([pk, other])
    context = {
        "form": form,
        "sides": [_side(each, taught.get(each.pk, [])) for each in partners],
        "different": DifferentPartners.objects.between(*partners).first(),
    }
    return _page(site, request, "partner_pair", "Are these the same delivery partner?", context)


def tell_of_alike(request: HttpRequest, partner: DeliveryPartner) -> None:
    """Whoever saves a name that is much like another partner's learns of it, with links to where both are compared."""
    near = partner_pairs.alike(partner.pk)
    if not near:
        return
    messages.warning(
        request,
        format_html(
            "“{}” has a name much like “{}”. If they are one partner, "
            '<a href="{}">compare the two and merge them</a>. <a href="{}">All pairs of near names</a>',
            partner,
            DeliveryPartner.objects.get(pk=near[0]),
            reverse("admin:catalogue_deliverypartner_pair", args=sorted((partner.pk, near[0]))),
            reverse(LIST),
        ),
    )


SAYING = (
    ("different", say_different, "“{}” and “{}” are not offered as a pair any more."),
    ("together", take_back_different, "“{}” and “{}” may be merged again."),
)


def _say(request: HttpRequest, partners: list[DeliveryPartner], verb: Any, told: str) -> None:
    one, other = partners
    verb(one=one, other=other, by=person(request), now=timezone.now())
    messages.success(request, told.format(one, other))


def _merge(request: HttpRequest, partners: list[DeliveryPartner], keep: int, reason: str) -> None:
    kept, absorbed = sorted(partners, key=lambda each: each.pk != keep)
    merge_partners(kept=kept, absorbed=absorbed, reason=reason, by=person(request), now=timezone.now())
    messages.success(request, f"“{absorbed}” is now part of “{kept}”. Its old page leads there.")


def _done(request: HttpRequest, do: Callable[[], None]) -> HttpResponse:
    try:
        do()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(LIST)


def _gone(request: HttpRequest, *pair: int) -> HttpResponse:
    """Posted twice, gone back to, or somebody else was quicker: what happened is told."""
    if len({*pair}) == 2 and PartnerAlias.objects.filter(former_key__in=pair).exists():
        messages.warning(request, str(MergedMeanwhileError(pair)))
        return redirect(LIST)
    raise Http404


def _side(partner: DeliveryPartner, taught: list[partner_pairs.Taught]) -> dict[str, Any]:
    return {
        "partner": partner,
        "taught": taught,
        "runs": sum(each.runs for each in taught),
        "partnerships": list(partner.partnerships.with_names()),
        "aliases": list(partner.aliases.all()),
    }


def _page(
    site: ScopedModelAdmin, request: HttpRequest, template: str, title: str, more: dict[str, Any]
) -> HttpResponse:
    context = {**site.admin_site.each_context(request), "opts": site.opts, "title": title, **more}
    return TemplateResponse(request, f"admin/catalogue/{template}.html", context)
