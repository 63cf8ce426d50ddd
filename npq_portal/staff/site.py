"""The staff area: Django's admin with the portal's name, its sign-in and its first page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.utils.http import urlencode

from npq_portal.accounts.requests import person
from npq_portal.staff import dashboard
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.busy import told_when_busy
from npq_portal.staff.scoping import request_roles
from npq_portal.staff.viewing import Page, recorded

# Stock pages that are not used. Passwords change at /staff/password/; "r/" redirects to any row by its
# content type, which tells whether the row exists.
UNUSED = {"password_change", "password_change_done", "view_on_site"}


class PortalAdminSite(admin.AdminSite):
    site_title = "NPQ Portal staff"
    site_header = "NPQ Portal"
    index_title = "What needs doing"
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Libraries register pages that know nothing of `visible_to`; such pages are left out."""
        if admin_class is not None and issubclass(admin_class, ScopedModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in UNUSED]

    def admin_view(self, view: Page, cacheable: bool = False) -> Page:  # type: ignore[override]
        """As Django's; and who looks at what is held about a person is recorded, and nobody waits long for another."""
        return super().admin_view(told_when_busy(recorded(view)), cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Staff sign in at the portal's own page; a person who is signed in and not staff is refused."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        then = request.GET.get("next") or reverse("admin:index")
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect(f"{reverse('staff_sign_in')}?{urlencode({'next': then})}")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        panels = dashboard.panels_for(person(request), request_roles(request), timezone.now())
        return super().index(request, {**(extra_context or {}), "panels": panels})
