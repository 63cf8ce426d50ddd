"""Funded places: portal staff set how many; how many are taken moves only with decisions."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from applications.actions.errors import BelowTaken
from applications.actions.places import set_cap
from applications.models import FundedPlaces
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(FundedPlaces)
class FundedPlacesAdmin(ScopedModelAdmin):
    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view add change", Role.PROVIDER: "view"}
    list_display = ("provider", "qualification", "term", "cap", "taken", "left")
    list_filter = ("term", "qualification", "provider")
    list_select_related = ("provider", "qualification", "term")
    fields = ("provider", "qualification", "term", "cap", "taken")
    audited_fields: ClassVar[tuple[str, ...]] = ("cap",)
    # A place may be given while the page is open.
    refusals: ClassVar[tuple[type[Exception], ...]] = (BelowTaken,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("provider", "qualification", "term", "taken") if obj else ("taken",)

    def save_model(self, request: HttpRequest, obj: FundedPlaces, form: Any, change: bool) -> None:
        """Of a row that is there only the cap is written: `taken` may have moved since it was read."""
        if change:
            set_cap(places=obj, cap=obj.cap)
        else:
            super().save_model(request, obj, form, change)
