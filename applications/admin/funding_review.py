"""The queue of funding decisions that the rules leave to a person: portal staff's alone, the oldest first."""

from datetime import date, datetime, time
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from applications import actions
from applications.access import role_of
from applications.actions.errors import Refused
from applications.admin.forms import FundingForm
from applications.admin.screen import TOLD_ELSEWHERE, events_of
from applications.journey.deadlines import review_expected, reviews_late_before
from applications.journey.display import lines
from applications.models import FundingReview
from applications.queries import answers_of
from applications.states import Role as Part
from applications.working_days import working_days_between
from funding.models import ListKind
from funding.rules.vocabulary import Outcome, Reason
from funding.rules.words import REASONS
from npq_portal.accounts.requests import person
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role

LIST = "admin:applications_fundingreview_changelist"


def late_on(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Those still to decide that should have been decided by the day before `day`."""
    registered = timezone.make_aware(datetime.combine(reviews_late_before(day), time()))
    return rows.filter(funding_outcome=Outcome.REVIEW, registered_at__lt=registered)


class StandingFilter(admin.SimpleListFilter):
    """What is to decide is what the page is for, so that is shown where nothing is chosen."""

    title = "what to do"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("late", "Late"), ("decided", "Decided")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "To decide"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[FundingReview]) -> QuerySet[FundingReview]:
        match self.value():
            case "decided":
                return queryset.exclude(funding_outcome=Outcome.REVIEW)
            case "late":
                return late_on(queryset, timezone.localdate())
            case _:
                return queryset.filter(funding_outcome=Outcome.REVIEW)


class OfRowsFilter(admin.RelatedOnlyFieldListFilter):
    """Every registered application has one, so "none" is no choice."""

    include_empty_choice = False


class OldestFirst(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[FundingReview]:
        rows = super().get_queryset(request, exclude_parameters)
        return cast(Any, rows).without_decisions()


@admin.register(FundingReview)
class FundingReviewAdmin(ScopedModelAdmin):
    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view"}
    tells_of_people = True
    # On a phone the first columns are seen without moving the table.
    list_display = ("full_name", "clock", "why", "qualification", "provider", "registered_on")
    list_display_links = ("full_name",)
    list_filter = (
        StandingFilter,
        ("qualification", OfRowsFilter),
        ("term", OfRowsFilter),
        ("provider", OfRowsFilter),
    )
    search_fields = ("reference", "full_name", "trn", "applicant__email", "workplace_name")
    search_help_text = "A name, reference, teacher reference number, e-mail address or workplace"
    ordering = ("registered_at", "id")
    sortable_by = ()
    actions = None
    change_list_template = "admin/applications/funding_review_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[FundingReview]:
        rows = cast(Any, super().get_queryset(request)).with_names()
        # Of the decision, which a list does not read, only the line that left it open: the last.
        return rows.annotate(because=KT("funding_decision__trace__-1__because"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OldestFirst

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Funding to review", **(extra_context or {})})

    @admin.display(description="Why")
    def why(self, review: FundingReview) -> str:
        return str(getattr(review, "because", "") or REASONS[Reason(review.funding_reason)].title)

    @admin.display(description="Registered")
    def registered_on(self, review: FundingReview) -> str:
        return f"{_day(review.registered_at):%-d %b %Y}"

    @admin.display(description="Working days")
    def clock(self, review: FundingReview) -> str:
        if review.funding_reviewed_at:
            return f"{review.get_funding_outcome_display()}, {_day(review.funding_reviewed_at):%-d %b %Y}"
        clock = clock_of(review, timezone.localdate())
        return format_html("<strong>{}</strong>", clock["told"]) if clock["late"] else str(clock["told"])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        review: FundingReview = self.known(request, object_id)
        may_decide = review.in_review and role_of(person(request), review) is Part.PORTAL
        form = FundingForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _decide(request, review, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Funding of {review.full_name}, {review.qualification}",
            "application": review,
            "form": form,
            "may_decide": may_decide,
            "clock": clock_of(review, timezone.localdate()),
            "reason": REASONS[Reason(review.funding_reason)],
            "registration": [
                line for line in lines(answers_of(review)) if line.step.slug not in TOLD_ELSEWHERE
            ],
            "lists": [(ListKind(each["kind"]).label, each) for each in review.funding_evidence or []],
        }
        return TemplateResponse(request, "admin/applications/funding_review.html", context)

    def audit_events(self, request: HttpRequest, row: Any) -> QuerySet[AuditEvent]:
        return events_of(row.application, person(request))


def clock_of(review: FundingReview, day: date) -> dict[str, Any]:
    """How many working days ago it was registered, by when it should be decided, and whether that has passed."""
    registered = _day(review.registered_at)
    by, passed = review_expected(cast(datetime, review.registered_at)), working_days_between(registered, day)
    days = f"{passed} working day{'' if passed == 1 else 's'}"
    late = by < day
    words = f"late: should have been decided by {by:%-d %b %Y}" if late else f"decide by {by:%-d %b %Y}"
    return {"late": late, "told": f"{days}, {words}"}


def _decide(request: HttpRequest, review: FundingReview, given: dict[str, Any]) -> HttpResponse:
    """Back to the queue, whose next is the oldest, whatever came of it."""
    funded = given["outcome"] == "funded"
    try:
        actions.review_funding(
            application=review.application,
            funded=funded,
            reason=given["reason"],
            by=person(request),
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, f"{review.full_name}: {refusal}")
    else:
        outcome = "funded" if funded else "not funded"
        messages.success(
            request, f"{review.full_name} is {outcome}. We have told them and the provider by e-mail."
        )
    return redirect(LIST)


def _day(at: datetime | None) -> date:
    return timezone.localdate(at)
