"""A lead provider's set-up on one page: its parts for a term, and what is missing there."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from applications.admin.managing import manages
from applications.models import ProviderSetUp
from applications.set_up import set_up_of
from catalogue.models import LeadProvider, Term
from catalogue.queries import current_term
from npq_portal.accounts.models import User
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.dashboard import Panel, register
from npq_portal.staff.roles import Role


@admin.register(ProviderSetUp)
class ProviderSetUpAdmin(ScopedModelAdmin):
    """Read here, and changed on the page of each part. Who works for one provider alone is led to it."""

    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view", Role.PROVIDER: "view"}
    list_display = ("name", "contact_as_of")
    search_fields = ("name",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        own = list(self.get_queryset(request)[:2])
        if len(own) == 1:
            return redirect("admin:applications_providersetup_change", own[0].pk)
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        provider: LeadProvider = self.known(request, object_id)
        day = timezone.localdate()
        terms = terms_to_set_up(day)
        term = next((each for each in terms if each.identifier == request.GET.get("term")), None)
        term = term or next(iter(terms), None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Set-up of {provider.name}",
            "provider": provider,
            "set_up": set_up_of(provider, term, day) if term else None,
            "terms": terms,
            "back": urlencode({"back": request.get_full_path()}),
            "manages": manages(request, provider),
            "members": provider.memberships.count(),
            "invited": provider.invitations.pending().count(),
        }
        return TemplateResponse(request, "admin/applications/set_up.html", context)


def terms_to_set_up(day: date) -> list[Term]:
    """The current one first, then those that are still to begin."""
    current, to_come = current_term(day), Term.objects.to_begin_in(day).order_by("position")
    return [*filter(None, [current]), *(term for term in to_come if term != current)]


@register
def missing_set_up(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    """For those who can put it right."""
    term = current_term(timezone.localdate(now)) if Role.MANAGER in roles else None
    if term is not None:
        managed = LeadProvider.objects.teaching().managed_by(user)
        own = managed.filter(memberships__user=user).distinct()
        missing = sum(len(set_up_of(each, term, timezone.localdate(now)).missing) for each in own)
        yield Panel("Missing in your set-up", missing, reverse("admin:applications_providersetup_changelist"))
