"""Funded places: portal staff, and a provider's managers for their own, set how many.

How many are taken moves only with decisions.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from applications.actions.errors import BelowTaken
from applications.actions.more_places import offer_first_places, set_cap, waiting_for
from applications.admin.managing import PartOfSetUp
from applications.models import FundedPlaces
from npq_portal.accounts.requests import person
from npq_portal.staff.roles import Role

MOST_METERS = 6
LONGEST_KEY = 9  # figures that fit into a key of the database


@admin.register(FundedPlaces)
class FundedPlacesAdmin(PartOfSetUp):
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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("provider", "qualification", "term", "taken") if obj else ("taken",)

    change_form_template = "admin/applications/places_form.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        waiting = waiting_for(row).count() if isinstance(row, FundedPlaces) else 0
        return super().change_view(
            request, object_id, form_url, {"waiting": waiting, **(extra_context or {})}
        )

    def save_model(self, request: HttpRequest, obj: FundedPlaces, form: Any, change: bool) -> None:
        """Of a row that is there only the cap is written: `taken` may have moved since it was read."""
        now = timezone.now()
        if change:
            offered = set_cap(places=obj, cap=obj.cap, by=person(request), now=now)
        else:
            super().save_model(request, obj, form, change)
            offered = offer_first_places(places=obj, now=now)
        if offered:
            who = "The first person" if offered == 1 else f"The first {offered} people"
            told = "is offered a place" if offered == 1 else "are each offered a place"
            self.message_user(request, f"{who} on the waiting list {told}, with 7 days to answer.")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""


def above_the_list(request: HttpRequest) -> list[FundedPlaces]:
    """Those of the NPQ by which the queue is filtered, and of the term where that is chosen too; none without."""
    asked = {
        name: request.GET.get(f"{name}__id__exact", "") for name in ("qualification", "term", "provider")
    }
    chosen = {f"{name}_id": value for name, value in asked.items() if value.isascii() and value.isdecimal()}
    if "qualification_id" not in chosen or any(len(value) > LONGEST_KEY for value in chosen.values()):
        return []
    found = FundedPlaces.objects.visible_to(person(request)).filter(**chosen)
    return list(
        found.select_related("provider", "qualification", "term").order_by("-term", "provider")[:MOST_METERS]
    )
