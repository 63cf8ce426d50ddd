"""Course runs: hub staff keep their own hub's, provider staff their provider's, portal staff all of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseModelFormSet, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from catalogue.actions.course_runs import StaleRunError, TakenRunError, add_run, change_run
from catalogue.admin import cancelling, copying, spreadsheet
from catalogue.admin.run_fieldsets import fieldsets
from catalogue.admin.session_inline import SessionInline
from catalogue.admin.to_see_to import ToSeeTo
from catalogue.models import CourseRun, LeadProvider, Qualification, Session, TeachingSchoolHub
from catalogue.run_forms import CourseRunForm
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.staff.scoping import request_roles
from npq_portal.verbs import Busy


@admin.register(CourseRun)
class CourseRunAdmin(ScopedModelAdmin):
    """Whose run it is, for which NPQ and term: who adds it says that, and afterwards only portal staff.

    Whether it is an example, they alone say.
    """

    access = {Role.PORTAL: "view add change", Role.PROVIDER: "view change", Role.HUB: "view add change"}
    refusals = (StaleRunError, TakenRunError)
    holds_row = False  # the verb does, with its sessions, and refuses what is stale
    form = CourseRunForm
    inlines = [SessionInline]
    list_display = ["qualification", "starts_on", "state", "hub", "provider", "term", "updated_at"]
    list_select_related = ["qualification", "term", "hub", "provider"]
    list_filter = [
        ToSeeTo,
        "state",
        ("starts_on", admin.EmptyFieldListFilter),
        "term",
        "qualification",
        "hub",
        "provider",
    ]
    search_fields = ["qualification__name", "hub__name", "provider__name"]
    readonly_fields = ["whose", "updated_at"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Course runs", **(extra_context or {})})

    def get_fieldsets(self, request: HttpRequest, obj: CourseRun | None = None) -> list[Any]:
        return fieldsets(is_portal=Role.PORTAL in request_roles(request), is_new=obj is None)

    def get_form(
        self, request: HttpRequest, obj: CourseRun | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A class made for this request, which knows its day."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.day = form.today = timezone.localdate()
        form.refusal = request.__dict__.get("refusal", "")
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever keeps one hub alone adds to that one."""
        hubs = list(TeachingSchoolHub.objects.kept_by(person(request))[:2])
        only = (
            {"hub": str(hubs[0].pk)} if len(hubs) == 1 and Role.PORTAL not in request_roles(request) else {}
        )
        return {**only, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """Hub staff add a run to a hub of their own, with a lead provider that has not left."""
        if Role.PORTAL not in request_roles(request):
            if db_field.name == "hub":
                kwargs |= {"queryset": TeachingSchoolHub.objects.kept_by(person(request)), "required": True}
            elif db_field.name == "provider":
                kwargs["queryset"] = LeadProvider.objects.teaching()
            elif db_field.name == "qualification":
                kwargs["queryset"] = Qualification.objects.shown()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path("download/", wrap(self.download), name="catalogue_courserun_download"),
            path("upload/", wrap(self.upload), name="catalogue_courserun_upload"),
            path("upload/<uuid:pk>/", wrap(self.preview), name="catalogue_courserun_preview"),
            path("<int:pk>/cancel/", wrap(self.cancel), name="catalogue_courserun_cancel"),
            path("<int:pk>/copy/", wrap(self.copy), name="catalogue_courserun_copy"),
        ]
        return [*ours, *super().get_urls()]

    def download(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return spreadsheet.download(self, request)

    def upload(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return spreadsheet.upload(self, request)

    def preview(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return spreadsheet.preview(self, request, pk)

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        return cancelling.cancel_run(self, request, self.changeable(request, pk))

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        run: CourseRun = self.known(request, pk)
        if not self.may_add_to(request, run.hub):
            raise PermissionDenied
        return copying.copy(self, request, run)

    def may_add_to(self, request: HttpRequest, hub: TeachingSchoolHub | None) -> bool:
        """Hub staff add to their own hubs; somebody may see a run of another hub, as staff of its provider."""
        if not self.has_add_permission(request) or Role.PORTAL in request_roles(request):
            return self.has_add_permission(request)
        return hub in TeachingSchoolHub.objects.kept_by(person(request))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if isinstance(run, CourseRun):
            context["may_copy"] = self.may_add_to(request, run.hub)
            # Applications stand above the catalogue: hence by their reverse name.
            context["people_on_it"] = run.applications.told_live(timezone.now()).count()
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Where somebody else holds the run, the form is shown again as it was filled in."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Busy as refusal:
            request.__dict__["refusal"] = str(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Nobody deletes a run, applied for or not: the answer says so, and what to do in its place."""
        run: CourseRun = self.known(request, object_id)
        messages.warning(
            request,
            "A course run is never deleted: people may have it in their diary or in their application, and its history"
            " is kept. Cancel it, and everybody with a live application for it is told.",
        )
        return redirect("admin:catalogue_courserun_change", run.pk)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or CourseRun.objects.kept_by(person(request)).filter(pk=obj.pk).exists()
        )

    def changeable(self, request: HttpRequest, pk: int) -> CourseRun:
        """404 for a run that this member of staff may not know of, 403 where they may look and not change."""
        run: CourseRun = self.known(request, pk)
        if not self.has_change_permission(request, run):
            raise PermissionDenied
        return run

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
            token = form.cleaned_data["token"]
            added = add_run(run=form.instance, sessions=saved, by=by, now=now, added_with=token)
            form.instance.pk = added.pk

    def log_addition(self, request: HttpRequest, obj: CourseRun, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""

    def log_change(self, request: HttpRequest, obj: CourseRun, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""
