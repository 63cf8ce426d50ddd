"""Two accounts side by side: merged, or found to be two people's; and the list of those that were found to be two."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from applications import actions
from applications.actions.mergeable import ClosedMeanwhile, why_not
from applications.actions.merging import applications_of
from applications.models import AccountToMerge, Application, TwoPeople
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.forms import lasting_reason
from npq_portal.verbs import Refused

LIST = "admin:applications_accounttomerge_changelist"
PER_PAGE = 25


class PairForm(forms.Form):
    """Why, and where they are merged, which of them is kept."""

    keep = forms.ChoiceField(
        label="If they are one person's: which account is kept?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose which account is kept"),
    )
    reason = lasting_reason()

    def __init__(self, *args: Any, accounts: list[AccountToMerge], merging: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), f"{each.email} signs in from now on") for each in accounts]
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]
        self.fields["keep"].required = merging


def pair(site: ScopedModelAdmin, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Both side by side; on POST one of the three things that may be done about them."""
    if over := _over(site, request, pk, other):
        return over
    accounts = [site.known(request, each) for each in (pk, other)]
    if pk == other:
        raise Http404
    if "together" in request.POST:
        return _done(request, partial(_take_back, request, accounts))
    two = "two" in request.POST
    form = PairForm(request.POST or None, accounts=accounts, merging=not two)
    if request.method == "POST" and form.is_valid():
        return _done(request, partial(_say_two if two else _merge, request, accounts, form.cleaned_data))
    applications = list(applications_of(accounts))
    context = {
        "sides": [_side(each, applications) for each in accounts],
        "refusal": why_not(accounts[0], accounts[1], applications),
        "found": TwoPeople.objects.between(*accounts).select_related("said_by").first(),
        "form": form,
    }
    return _page(site, request, "merge", "One person, or two?", context)


def found_to_be_two(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    page = Paginator(TwoPeople.objects.to_read(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "pages": page.paginator.get_elided_page_range(page.number)}
    return _page(site, request, "two_people", "Accounts found to be two people's", context)


def number_of(account: User) -> str:
    if not account.trn:
        return "None"
    return f"{account.trn}, {'verified' if account.trn_verified else 'not verified'}"


def _over(site: ScopedModelAdmin, request: HttpRequest, *pair: UUID) -> HttpResponse | None:
    """Posted twice, gone back to, or somebody else was quicker: where it stands now, and what happened."""
    if len({*pair}) < 2 or not site.has_module_permission(request):
        return None
    closed = User.objects.visible_to(person(request)).filter(pk__in=pair, is_active=False)
    if merged := closed.filter(merged_into__in=pair).first():
        if {"two", "together"} & request.POST.keys():
            messages.warning(request, "These two have been merged meanwhile, so nothing more was done.")
        return redirect("admin:accounts_user_change", merged.merged_into_id)
    if closed.exists():
        messages.warning(request, str(ClosedMeanwhile()))
        return redirect(LIST)
    return None


def _done(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return do()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(LIST)


def _merge(request: HttpRequest, accounts: list[AccountToMerge], given: dict[str, Any]) -> HttpResponse:
    kept, closed = sorted(accounts, key=lambda each: str(each.pk) != given["keep"])
    merged = actions.merge(
        kept=kept, closed=closed, reason=given["reason"], by=person(request), now=timezone.now()
    )
    if merged:
        told = format_html(
            "The accounts are merged. {} signs in from now on; we told both addresses.", kept.email
        )
        messages.success(request, told)
    return redirect("admin:accounts_user_change", kept.pk)


def _say_two(request: HttpRequest, accounts: list[AccountToMerge], given: dict[str, Any]) -> HttpResponse:
    one, other = accounts
    said = actions.say_two_people(
        one=one, other=other, reason=given["reason"], by=person(request), now=timezone.now()
    )
    if said:
        told = format_html(
            "{} and {} are two people's, and not offered as a pair any more.", one.email, other.email
        )
        messages.success(request, told)
    else:
        messages.info(request, "These had been found to be two people's already. The first reason stays.")
    return redirect(LIST)


def _take_back(request: HttpRequest, accounts: list[AccountToMerge]) -> HttpResponse:
    one, other = accounts
    if actions.take_back_two_people(one=one, other=other, by=person(request), now=timezone.now()):
        messages.success(request, format_html("{} and {} may be merged again.", one.email, other.email))
    else:
        messages.info(request, "That had been taken back already.")
    return redirect(LIST)


def _side(account: AccountToMerge, applications: list[Application]) -> dict[str, Any]:
    held = [each for each in applications if each.applicant_id == account.pk]
    return {
        "account": account,
        "number": number_of(account),
        "registered": [each for each in held if each.reference],
        "drafts": sum(not each.reference for each in held),
    }


def _page(
    site: ScopedModelAdmin, request: HttpRequest, template: str, title: str, more: dict[str, Any]
) -> HttpResponse:
    context = {**site.admin_site.each_context(request), "opts": site.opts, "title": title, **more}
    return TemplateResponse(request, f"admin/applications/{template}.html", context)
