"""Provider forms: managers build their own provider's, portal staff everybody's."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from applications.access import builds_forms_of
from applications.admin import building
from applications.models import ProviderForm
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(ProviderForm)
class ProviderFormAdmin(ScopedModelAdmin):
    """Nothing is edited by Django's own pages: a draft is built on ours, and a published version never changes."""

    access: ClassVar[dict[Role, str]] = {
        Role.PORTAL: "view add delete",
        Role.PROVIDER: "view add delete",
    }
    list_display = ("title", "whose", "purpose", "version", "standing")
    list_filter = ("purpose", ("published_at", admin.EmptyFieldListFilter), "provider")
    list_select_related = ("provider",)
    actions = None

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [models.F("provider__name").asc(nulls_last=True), "purpose", "-version"]

    @admin.display(description="Whose", ordering="provider__name")
    def whose(self, form: ProviderForm) -> str:
        return str(form.provider or "Providers without a form of their own")

    @admin.display(description="Published", ordering="published_at")
    def standing(self, form: ProviderForm) -> str:
        return f"{form.published_at:%-d %B %Y}" if form.published_at else "Draft"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and building.buildable(person(request)).exists()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Of drafts alone: who was asked a published version keeps it."""
        if not super().has_delete_permission(request, obj):
            return False
        if not isinstance(obj, ProviderForm):
            return True  # asked about no form, or about one that nobody here may know of: 404 follows
        return obj.published_at is None and builds_forms_of(person(request), obj.provider)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path("<int:pk>/preview/", wrap(self.preview), name="applications_providerform_preview"),
            path("<int:pk>/publish/", wrap(self.publish), name="applications_providerform_publish"),
        ]
        return [*ours, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return building.begin(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        form = self.get_object(request, object_id)
        if form is None:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            self._must_build(request, cast(ProviderForm, form))
        return building.build(self, request, cast(ProviderForm, form))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        return building.preview(self, request, self.known(request, pk))

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        form: ProviderForm = self.known(request, pk)
        self._must_build(request, form)
        return building.publish(self, request, form)

    def _must_build(self, request: HttpRequest, form: ProviderForm) -> None:
        if not builds_forms_of(person(request), form.provider):
            raise PermissionDenied
