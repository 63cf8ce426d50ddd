"""Funded places: portal staff, and a provider's managers for their own, set how many.

How many are taken moves only with decisions.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from applications.actions.errors import BelowTaken
from applications.actions.places import set_cap
from applications.admin.managing import manages, may_be_set_up, only_provider
from applications.models import FundedPlaces
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(FundedPlaces)
class FundedPlacesAdmin(ScopedModelAdmin):
    access: ClassVar[dict[Role, str]] = {
        Role.PORTAL: "view add change",
        Role.MANAGER: "view add change",
        Role.PROVIDER: "view",
    }
    list_display = ("provider", "qualification", "term", "cap", "taken", "left")
    list_filter = ("term", "qualification", "provider")
    list_select_related = ("provider", "qualification", "term")
    fields = ("provider", "qualification", "term", "cap", "taken")
    audited_fields: ClassVar[tuple[str, ...]] = ("cap",)
    # A place may be given while the page is open.
    refusals: ClassVar[tuple[type[Exception], ...]] = (BelowTaken,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or manages(request, obj.provider))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**only_provider(request), **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs["queryset"] = may_be_set_up(db_field.name, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("provider", "qualification", "term", "taken") if obj else ("taken",)

    def save_model(self, request: HttpRequest, obj: FundedPlaces, form: Any, change: bool) -> None:
        """Of a row that is there only the cap is written: `taken` may have moved since it was read."""
        if change:
            set_cap(places=obj, cap=obj.cap)
        else:
            super().save_model(request, obj, form, change)
