"""The queue of applications, and one screen that holds everything needed to decide about one."""

from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from applications.access import decides_somewhere
from applications.admin import (
    changing,
    columns,
    decided,
    deciding,
    decisions,
    export,
    filters,
    funded_places,
    saved_filters,
    scoring,
    together,
    undoing,
    writing,
)
from applications.admin.choices import CHOICES
from applications.admin.queue import Queue
from applications.admin.screen import events_of, screen_for
from applications.models import Application
from applications.models.application_sets import ApplicationQuerySet
from applications.models.queue import QUEUE_NUMBER, QUEUE_PLACE, QUEUE_SINCE
from npq_portal.accounts.requests import person
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(Application)
class ApplicationAdmin(ScopedModelAdmin):
    """Nothing is edited here: what changes an application is a verb with its own page."""

    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view", Role.PROVIDER: "view"}
    tells_of_people = True
    list_display = columns.COLUMNS
    list_display_links = (columns.who,)
    sortable_by = ()  # The queue has its order, and pages of no other.
    show_facets = admin.ShowFacets.NEVER
    list_filter = (
        filters.TaskFilter,
        filters.StateFilter,
        "funding_outcome",
        filters.PlaceFilter,
        filters.ScoredFilter,
        filters.ElsewhereFilter,
        ("qualification", filters.ChosenFilter),
        ("term", filters.ChosenFilter),
        filters.RunFilter,
        ("provider", filters.ChosenFilter),
    )
    search_fields = (
        "reference",
        "full_name",
        "trn__exact",
        "applicant__email",
        "workplace_name",
        "workplace_reference__exact",
    )
    search_help_text = (
        "A name, e-mail address, reference or school; or a whole teacher reference number (TRN) or URN"
    )
    actions = None
    change_list_template = "admin/applications/application_list.html"

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        """With a box to tick, for those who decide."""
        return (columns.ticked, *self.list_display) if _decides(request) else self.list_display

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [QUEUE_PLACE.asc(), QUEUE_NUMBER.asc(), QUEUE_SINCE.asc(), "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return cast(ApplicationQuerySet, super().get_queryset(request)).with_names()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        saved = saved_filters.above_the_list(request)
        choices = CHOICES.values() if _decides(request) else ()
        meters = funded_places.above_the_list(request)
        context = {
            "title": "Applications",
            "choices": choices,
            "meters": meters,
            "interrupted": decided.interrupted(request),
            **saved,
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path(
                f"<uuid:pk>/{decision.slug}/",
                wrap(self.decide),
                {"slug": decision.slug},
                name=decision.address,
            )
            for decision in decisions.DECISIONS.values()
        ]
        ours += [
            path("decide/", wrap(self.decide_together), name="applications_application_decide_together"),
            path("decided/", wrap(self.decided), name="applications_application_decided"),
            path(
                "decided/<uuid:key>/",
                wrap(self.decided_page),
                name="applications_application_decided_page",
            ),
            path(
                "decided/<uuid:key>/go-on/", wrap(self.go_on), name="applications_application_go_on_together"
            ),
            path(
                "decided/<uuid:key>/undo/",
                wrap(self.undo_together),
                name="applications_application_undo_together",
            ),
            path("export/", wrap(self.export), name="applications_application_export"),
            path("<uuid:pk>/print/", wrap(self.on_paper), name="applications_application_print"),
            path("<uuid:pk>/undo/", wrap(self.undo), name="applications_application_undo"),
            path("<uuid:pk>/change-record/", wrap(self.change_record), name=changing.ADDRESS),
            path("<uuid:pk>/note/", wrap(self.note), name="applications_application_note"),
            path("<uuid:pk>/message/", wrap(self.message), name="applications_application_message"),
            path("<uuid:pk>/score/", wrap(self.score), name="applications_application_score"),
            path("filters/", wrap(self.save_filter), name="applications_application_save_filter"),
            path(
                "filters/<int:pk>/delete/",
                wrap(self.delete_filter),
                name="applications_application_delete_filter",
            ),
        ]
        return [*ours, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        application = self.get_object(request, object_id)
        if application is None:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{application.full_name}, {application.qualification}",
            "application": application,
            **decisions.open_to(person(request), application, timezone.now()),
            "may_change": changing.may_change(person(request), application),
            **screen_for(application, person(request), timezone.now()),
        }
        return TemplateResponse(request, "admin/applications/application.html", context)

    def decide(self, request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
        return deciding.decide(self, request, self.decidable(request, pk), decisions.DECISIONS[slug])

    def decide_together(self, request: HttpRequest) -> HttpResponse:
        return together.together(self, request)

    def decided(self, request: HttpRequest) -> HttpResponse:
        return decided.newest(self, request)

    def decided_page(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return decided.came_of_it(self, request, decided.own_bulk(self, request, key))

    def go_on(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return decided.go_on(self, request, decided.own_bulk(self, request, key))

    def undo_together(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return decided.undo_together(self, request, decided.own_bulk(self, request, key))

    def undo(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return undoing.undo(request, self.decidable(request, pk))

    def export(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return export.export(self, request)

    def on_paper(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return export.on_paper(self, request, self.known(request, pk))

    def change_record(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return changing.change(self, request, self.decidable(request, pk))

    def note(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return writing.note(request, self.known(request, pk))

    def message(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return writing.message(request, self.decidable(request, pk))

    def score(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return scoring.score(self, request, self.known(request, pk))

    def save_filter(self, request: HttpRequest) -> HttpResponse:
        return saved_filters.save(self, request)

    def delete_filter(self, request: HttpRequest, pk: int) -> HttpResponse:
        return saved_filters.delete(self, request, pk)

    def audit_events(self, request: HttpRequest, row: Any) -> QuerySet[AuditEvent]:
        return events_of(row, person(request))

    def decidable(self, request: HttpRequest, pk: UUID) -> Application:
        """403 for someone who may look and not decide.

        An application past deciding is left to the page to explain.
        """
        application: Application = self.known(request, pk)
        if not decisions.decides(person(request), application):
            raise PermissionDenied
        return application


def _decides(request: HttpRequest) -> bool:
    """Asked once for a page."""
    if not hasattr(request, "_decides_somewhere"):
        request._decides_somewhere = decides_somewhere(person(request))  # type: ignore[attr-defined]
    return bool(request._decides_somewhere)  # type: ignore[attr-defined]
