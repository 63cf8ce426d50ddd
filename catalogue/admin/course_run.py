"""Course runs: hub staff keep their own hub's, provider staff their provider's, portal staff all of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from catalogue.actions.course_runs import StaleRunError, add_run, change_run
from catalogue.forms import CourseRunForm, SessionForm, SessionFormSet
from catalogue.models import CourseRun, Session
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff import dashboard
from npq_portal.staff.admin import ScopedModelAdmin, ScopedStackedInline
from npq_portal.staff.roles import Role
from npq_portal.staff.scoping import request_roles


class SessionInline(ScopedStackedInline):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    every_row = True
    access = {
        Role.PORTAL: "view add change delete",
        Role.PROVIDER: "view add change delete",
        Role.HUB: "view add change delete",
    }
    fields = [("title", "on"), ("starts_at", "ends_at", "facilitator"), ("venue", "postcode", "online")]
    ordering = ["position"]
    max_num = 60

    def get_formset(self, request: HttpRequest, obj: CourseRun | None = None, **kwargs: Any) -> Any:
        """No more forms are built than a run can have sessions, whatever number is posted."""
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)


@admin.register(CourseRun)
class CourseRunAdmin(ScopedModelAdmin):
    """Whose run it is, for which NPQ and term, and whether it is an example: only portal staff say that."""

    access = {Role.PORTAL: "view add change", Role.PROVIDER: "view change", Role.HUB: "view change"}
    refusals = (StaleRunError,)
    form = CourseRunForm
    inlines = [SessionInline]
    list_display = ["qualification", "starts_on", "state", "hub", "provider", "term", "updated_at"]
    list_select_related = ["qualification", "term", "hub", "provider"]
    list_filter = [
        "state",
        ("starts_on", admin.EmptyFieldListFilter),
        "term",
        "qualification",
        "hub",
        "provider",
    ]
    search_fields = ["qualification__name", "hub__name", "provider__name"]
    readonly_fields = ["whose", "updated_at"]
    dates = ("Dates", {"fields": [("starts_on", "ends_on"), "apply_by"]})
    standing = ("Where it stands", {"fields": ["state", "mode", "days", "updated_at"]})
    price = ("Price", {"fields": [("price", "price_plus_vat", "price_as_of")]})
    places = (
        "Places",
        {
            "fields": [
                ("funded_places", "funded_taken"),
                ("paying_places", "paying_taken"),
                "places_as_of",
            ]
        },
    )

    def get_fieldsets(self, request: HttpRequest, obj: CourseRun | None = None) -> list[Any]:
        if Role.PORTAL in request_roles(request):
            fixed = ["qualification", "term", "provider", "hub", "partner", "is_example", "seen"]
        else:
            fixed = ["whose", "seen"]
        return [(None, {"fields": fixed}), self.dates, self.standing, self.price, self.places]

    @admin.display(description="With")
    def whose(self, run: CourseRun) -> str:
        """As text: the organisations' own pages in the staff area are for portal staff."""
        names = [str(each) for each in (run.provider, run.hub, run.partner) if each]
        return ", ".join(names) + (". An example, made up for demonstration." if run.is_example else "")

    # Django saves the run and then its sessions; here one verb saves both and writes the audit row.

    def save_model(self, request: HttpRequest, obj: CourseRun, form: Any, change: bool) -> None:
        """Left to save_related, which knows the sessions too."""

    def save_related(
        self, request: HttpRequest, form: Any, formsets: "Iterable[BaseModelFormSet[Any, Any]]", change: bool
    ) -> None:
        saved: list[Session] = []
        removed: list[Session] = []
        for formset in formsets:
            saved += formset.save(commit=False)
            removed += formset.deleted_objects
        by, now = person(request), timezone.now()
        if change:
            seen = form.cleaned_data["seen"]
            change_run(run=form.instance, seen=seen, sessions=saved, removed=removed, by=by, now=now)
        else:
            add_run(run=form.instance, sessions=saved, by=by, now=now)

    def log_addition(self, request: HttpRequest, obj: CourseRun, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""

    def log_change(self, request: HttpRequest, obj: CourseRun, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""


@dashboard.register
def runs_without_dates(user: User, roles: frozenset[Role], now: datetime) -> Iterable[dashboard.Panel]:
    if Role.HUB in roles or Role.PROVIDER in roles:
        day = timezone.localdate(now)
        undated = CourseRun.objects.visible_to(user).upcoming(day).filter(starts_on=None)
        url = reverse("admin:catalogue_courserun_changelist") + "?starts_on__isempty=1"
        yield dashboard.Panel("Course runs without a start date", undated.count(), url)
