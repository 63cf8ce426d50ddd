"""The queue of applications, and one screen that holds everything needed to decide about one."""

from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from applications.admin import decisions
from applications.admin.screen import events_of, screen_for
from applications.journey.deadlines import decision_expected
from applications.models import Application
from applications.models.application import QUEUE_PLACE, ApplicationQuerySet
from applications.states import LIVE, State
from npq_portal.accounts.requests import person
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


class StateFilter(admin.SimpleListFilter):
    title = "what to do"
    parameter_name = "doing"
    CHOICES: ClassVar[dict[str, tuple[str, tuple[State, ...]]]] = {
        "decide": ("To decide", (State.SUBMITTED,)),
        "waiting": (
            "Waiting for the applicant",
            (State.REGISTERED, State.FORM_STARTED, State.MORE_INFORMATION),
        ),
        "sponsor": ("Waiting for the sponsor", (State.AWAITING_SPONSOR,)),
        "list": ("Waiting list", (State.WAITING_LIST, State.OFFERED)),
        "accepted": ("Accepted", (State.ACCEPTED, State.ACTIVE, State.DEFERRED, State.PASSED, State.FAILED)),
        "ended": ("Not accepted or withdrawn", (State.REJECTED, State.WITHDRAWN, State.LEFT_TRAINING)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.CHOICES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        _, states = self.CHOICES.get(self.value() or "", ("", ()))
        return queryset.filter(state__in=[state.value for state in states]) if states else queryset


class ChosenFilter(admin.RelatedOnlyFieldListFilter):
    """Every application that staff see has one, so "none" is no choice; and one alone is nothing to filter by."""

    include_empty_choice = False


class Queue(ChangeList):
    """A row shows no decision in full, so none is fetched."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Application]:
        rows = super().get_queryset(request, exclude_parameters)
        return cast(ApplicationQuerySet, rows).without_decisions()


@admin.register(Application)
class ApplicationAdmin(ScopedModelAdmin):
    """Nothing is edited here: what changes an application is a verb with its own page."""

    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view", Role.PROVIDER: "view"}
    tells_of_people = True
    list_display = ("who", "qualification", "doing", "funding", "waiting_since", "number")
    list_display_links = ("who",)
    list_filter = (
        StateFilter,
        "funding_outcome",
        ("qualification", ChosenFilter),
        ("term", ChosenFilter),
        ("provider", ChosenFilter),
    )
    search_fields = ("reference", "full_name", "trn", "applicant__email", "workplace_name")
    search_help_text = "A name, reference, teacher reference number, e-mail address or workplace"
    actions = None
    change_list_template = "admin/applications/application_list.html"

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [QUEUE_PLACE.asc(), "state_since"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return cast(ApplicationQuerySet, super().get_queryset(request)).with_names()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    @admin.display(description="Applicant", ordering="full_name")
    def who(self, application: Application) -> str:
        return application.full_name

    @admin.display(description="State", ordering="state")
    def doing(self, application: Application) -> str:
        return format_html(
            '<span class="portal-state portal-state--{}">{}</span>',
            application.state,
            application.status.label,
        )

    @admin.display(description="Funding", ordering="funding_outcome")
    def funding(self, application: Application) -> str:
        return application.get_funding_outcome_display()

    @admin.display(description="Waiting since", ordering="state_since")
    def waiting_since(self, application: Application) -> str:
        days = max((timezone.now() - application.state_since).days, 0)
        ago = "today" if days == 0 else "1 day" if days == 1 else f"{days} days"
        since = f"{timezone.localtime(application.state_since):%-d %b %Y} ({ago})"
        if application.status is State.SUBMITTED:
            return f"{since}, decide by {decision_expected(application.state_since):%-d %b %Y}"
        return since

    @admin.display(description="Reference", ordering="reference")
    def number(self, application: Application) -> str:
        return format_html('<span class="review-nowrap">{}</span>', application.reference)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Applications", **(extra_context or {})})

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
            path("<uuid:pk>/note/", wrap(self.note), name="applications_application_note"),
            path("<uuid:pk>/message/", wrap(self.message), name="applications_application_message"),
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
            "decisions": decisions.open_decisions(person(request), application),
            "may_write": decisions.decides(person(request), application) and application.status in LIVE,
            **screen_for(application, person(request)),
        }
        return TemplateResponse(request, "admin/applications/application.html", context)

    def decide(self, request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
        return decisions.decide(self, request, self.decidable(request, pk), decisions.DECISIONS[slug])

    def note(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return decisions.note(request, self.known(request, pk))

    def message(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return decisions.message(request, self.decidable(request, pk))

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
