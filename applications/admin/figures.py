"""How many applications came how far: for portal staff all, for provider staff their own provider's."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from applications.actions.figures import take_figures
from applications.figures.charts import bars, panels
from applications.figures.count import Chosen, counted, counts_drafts
from applications.figures.steps import MEANING, ROUNDED_TO
from applications.figures.tables import Told, told
from applications.figures.weeks import last_weeks
from applications.models import Application, Figures
from applications.models.application import OUTCOME_CHOICES
from catalogue.models import LeadProvider, Qualification, Term
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.cells import csv_answer
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role

PAGE = "admin:applications_figures_changelist"
OFFERED: Any = {"required": False, "error_messages": {"invalid_choice": "Choose one that is offered."}}


class FiguresForm(forms.Form):
    """Offers what an application that the reader sees has; portal staff, who count drafts, all that there is."""

    term: Any = forms.ModelChoiceField(
        None, to_field_name="identifier", empty_label="All start terms", **OFFERED
    )
    npq: Any = forms.ModelChoiceField(
        None, to_field_name="identifier", empty_label="All NPQs", label="NPQ", **OFFERED
    )
    provider: Any = forms.ModelChoiceField(
        None, to_field_name="slug", empty_label="All lead providers", label="Lead provider", **OFFERED
    )
    funding = forms.ChoiceField(
        label="Scholarship funding", choices=[("", "All outcomes"), *OUTCOME_CHOICES], required=False
    )

    def __init__(self, given: Any, user: User) -> None:
        super().__init__(given)
        fields: dict[str, Any] = self.fields
        for name, column, model in (
            ("term", "term", Term),
            ("npq", "qualification", Qualification),
            ("provider", "provider", LeadProvider),
        ):
            with_it = Application.objects.visible_to(user).filter(**{column: OuterRef("pk")}).order_by()
            rows = model._default_manager.all()
            fields[name].queryset = rows if user.sees_everything else rows.filter(Exists(with_it))
        fields["funding"].error_messages["invalid_choice"] = "Choose one that is offered."
        if not user.sees_everything and user.provider_memberships.count() < 2:
            del fields["provider"]

    def chosen(self) -> Chosen:
        """Call only where the form is valid."""
        given = self.cleaned_data
        return Chosen(given["term"], given["npq"], given.get("provider"), given["funding"])


@admin.register(Figures)
class FiguresAdmin(ScopedModelAdmin):
    """One page: there is no row of it to open."""

    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view", Role.PROVIDER: "view"}

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="applications_figures_changelist"),
            path("<slug:slug>/download/", wrap(self.download), name="applications_figures_download"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return redirect(PAGE)
        user, now = person(request), timezone.now()
        form = FiguresForm(request.GET, user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Figures",
            "form": form,
            "now": now,
            "rounded_to": ROUNDED_TO,
            "query": request.GET.urlencode(),
        }
        if form.is_valid():
            figures = figures_of(user, form.chosen(), last_weeks(now))
            context |= {"figures": figures, **_drawn(figures), "drafts_left_out": bool(form.chosen().outcome)}
        return TemplateResponse(request, "admin/applications/figures.html", context)

    def download(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        user, now = person(request), timezone.now()
        form = FiguresForm(request.GET, user)
        if request.method != "POST" or not form.is_valid():
            return redirect(f"{reverse(PAGE)}?{request.GET.urlencode()}")
        figures = figures_of(user, form.chosen(), last_weeks(now))
        if slug not in figures.tables:
            return redirect(PAGE)
        to_pass_on = "exact" not in request.POST
        lines = take_figures(
            table=figures.tables[slug],
            to_pass_on=to_pass_on,
            filters={
                name: value for name, value in request.GET.dict().items() if value and name in form.fields
            },
            by=user,
            now=now,
        )
        kind = "rounded" if to_pass_on else "exact"
        return csv_answer(lines, f"figures-{slug}-{kind}", timezone.localdate(now))


def figures_of(user: User, chosen: Chosen, mondays: Any) -> Told:
    found = counted(user=user, chosen=chosen, mondays=mondays)
    return told(found, with_drafts=counts_drafts(user, chosen), mondays=mondays)


def _drawn(figures: Told) -> dict[str, Any]:
    kinds = [step.value for step in figures.steps]
    weeks = figures.tables["week"]
    funnel = bars(
        [(each.step.label, (each.reached,)) for each in figures.rungs], ["submitted"], words_below=True
    )
    return {
        "meaning": [(step, MEANING[step]) for step in figures.steps],
        "funnel": funnel,
        "way": list(zip(funnel.rows, figures.rungs, strict=True)),
        "charts": [
            (table, bars([(row.label, row.numbers) for row in table.rows], kinds))
            for key, table in figures.tables.items()
            if key not in ("steps", "week")
        ],
        # Of what was before these weeks, which is no week, a column would say nothing.
        "weeks": (
            weeks,
            panels(
                [
                    (step.value, step.label, [row.numbers[at] for row in weeks.rows[1:]])
                    for at, step in enumerate(figures.steps)
                ]
            ),
        ),
    }
