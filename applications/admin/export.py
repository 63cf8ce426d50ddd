"""The list of applications as a file, and one application on paper: each recorded as a look at people's data."""

from collections import defaultdict
from typing import Any, cast

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from applications.admin.screen import screen_for
from applications.export.columns import Column, columns_for
from applications.export.take import take
from applications.models import Application
from applications.models.application_sets import ApplicationQuerySet
from npq_portal.accounts.requests import person
from npq_portal.cells import csv_answer
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.viewing import filters_to_record

LIST = "admin:applications_application_changelist"


class ColumnsForm(forms.Form):
    column = forms.MultipleChoiceField(
        error_messages={
            "required": "Tick at least one column.",
            "invalid_choice": "The list has changed. Choose the columns again.",
        }
    )

    def __init__(self, posted: Any, columns: list[Column]) -> None:
        super().__init__(posted)
        self.fields["column"].choices = [(each.key, each.label) for each in columns]  # type: ignore[attr-defined]


def export(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Asks for the columns; a POST takes the file of all that the list shows under the filters in the address."""
    try:
        rows = cast(ApplicationQuerySet, site.get_changelist_instance(request).queryset)
    except IncorrectLookupParameters:
        return redirect(LIST)
    user, now = person(request), timezone.now()
    columns = columns_for(rows, user, now)
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns)
    if not form.is_valid():
        return _page(site, request, form, columns, rows.order_by().count())
    chosen = set(form.cleaned_data["column"])
    lines = take(
        rows=rows.without_decisions(),
        columns=[each for each in columns if each.key in chosen],
        filters=filters_to_record(request),
        by=user,
        now=now,
    )
    return csv_answer(lines, "applications", timezone.localdate(now))


def _page(
    site: ScopedModelAdmin, request: HttpRequest, form: ColumnsForm, columns: list[Column], count: int
) -> TemplateResponse:
    ticked = (
        set(request.POST.getlist("column"))
        if form.is_bound
        else {each.key for each in columns if each.ticked}
    )
    groups: dict[str, list[tuple[Column, bool]]] = defaultdict(list)
    for column in columns:
        groups[column.group].append((column, column.key in ticked))
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": "Download applications",
        "form": form,
        "groups": list(groups.items()),
        "count": count,
        "filtered": bool(filters_to_record(request)),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/applications/export.html", context)


def on_paper(site: ScopedModelAdmin, request: HttpRequest, application: Application) -> TemplateResponse:
    now = timezone.now()
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": f"{application.full_name}, {application.qualification}",
        "application": application,
        "printed_at": now,
        **screen_for(application, person(request), now),
    }
    return TemplateResponse(request, "admin/applications/print.html", context)
