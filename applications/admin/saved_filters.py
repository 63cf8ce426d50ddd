"""Above the queue: the filters that the reader has kept, and a way to keep those in use."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.actions.errors import Refused
from applications.admin.queue import filters_of
from applications.models import SavedFilter
from applications.models.saved_filter import LONGEST_NAME
from npq_portal.accounts.requests import person
from npq_portal.fields import WordsField
from npq_portal.staff.admin import ScopedModelAdmin


class FilterNameForm(forms.Form):
    name = WordsField(
        label="Save these filters as",
        max_length=LONGEST_NAME,
        widget=forms.TextInput,
        error_messages={
            "required": "Give the filter a name",
            "max_length": f"Use {LONGEST_NAME} characters or fewer",
        },
    )


def above_the_list(request: HttpRequest) -> dict[str, Any]:
    """One query. Nothing is offered to be saved where no filter is in use, or these are saved already."""
    mine = list(SavedFilter.objects.of(person(request)))
    in_use = filters_of(request.META.get("QUERY_STRING", ""))
    named = any(each.query == in_use for each in mine)
    return {
        "saved_filters": mine,
        "filters_in_use": in_use,
        "filter_form": None if named or not in_use else FilterNameForm(auto_id="filter_%s"),
    }


def save(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    refused = _refused(site, request)
    if refused is not None:
        return refused
    form, query = FilterNameForm(request.POST), filters_of(request.POST.get("query", ""))
    if not query:
        messages.warning(request, "Choose a filter before you save it.")
    elif not form.is_valid():
        messages.warning(request, str(form.errors["name"][0]))
    else:
        name = form.cleaned_data["name"]
        try:
            actions.save_filter(name=name, query=query, by=person(request), now=timezone.now())
            messages.success(request, f"“{name}” is saved. Only you see it.")
        except Refused as refusal:
            messages.warning(request, str(refusal))
    return _back(query)


def delete(site: ScopedModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    refused = _refused(site, request)
    if refused is not None:
        return refused
    saved = SavedFilter.objects.of(person(request)).filter(pk=pk).first()
    if saved is None:
        raise Http404
    actions.delete_filter(saved=saved, by=person(request), now=timezone.now())
    messages.success(request, f"“{saved.name}” is deleted.")
    return _back("")


def _refused(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse | None:
    """For those who see no queue, and for reading."""
    if not site.has_module_permission(request):
        raise PermissionDenied
    return None if request.method == "POST" else HttpResponseNotAllowed(["POST"])


def _back(query: str) -> HttpResponse:
    address = reverse("admin:applications_application_changelist")
    return redirect(f"{address}?{query}" if query else address)
