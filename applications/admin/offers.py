"""What each lead provider offers, term by term, and its prices: its managers keep their own."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.actions.errors import Refused
from applications.admin.managing import PartOfSetUp
from catalogue.models import Offer
from npq_portal.accounts.requests import person
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.roles import Role
from npq_portal.staff.scoping import request_roles


class OfferForm(forms.ModelForm):
    day: ClassVar[date]

    class Meta:
        model = Offer
        fields = ("price", "price_plus_vat")
        error_messages: ClassVar = {"price": {"invalid": "Enter an amount in pounds, like 890 or 890.50"}}

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if self.cleaned_data.get("price_plus_vat") is not None and self.cleaned_data.get("price", 0) is None:
            self.add_error("price", "Enter the price, or leave VAT unknown")
        if "as_of" not in self.fields:
            self.instance.as_of = self.day
        return given


@admin.register(Offer)
class OfferAdmin(PartOfSetUp):
    """Here and not in the catalogue: one is withdrawn only while no application is to it."""

    access: ClassVar[dict[Role, str]] = {
        Role.PORTAL: "view add change delete",
        Role.MANAGER: "view add change delete",
        Role.PROVIDER: "view",
    }
    form = OfferForm
    audited_fields = ("provider", "qualification", "term", "price", "price_plus_vat", "as_of")
    list_display = ["qualification", "term", "provider", "price", "price_plus_vat", "as_of"]
    list_select_related = ["provider", "qualification", "term"]
    list_filter = ["term", ("price", admin.EmptyFieldListFilter), "provider", "qualification"]
    search_fields = ["provider__name", "qualification__name"]
    fields = ["provider", "qualification", "term", ("price", "price_plus_vat"), "as_of"]
    actions = None  # each is withdrawn by itself, with what stands on it looked at

    def get_readonly_fields(self, request: HttpRequest, obj: Offer | None = None) -> list[str]:
        """What is offered stays: another is another offer. Its managers' word stands on the day they save it."""
        what = ["provider", "qualification", "term"] if obj else []
        return what if Role.PORTAL in request_roles(request) else [*what, "as_of"]

    def get_form(
        self, request: HttpRequest, obj: Offer | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A class made for this request, which knows its day."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.day = timezone.localdate()
        return form

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            messages.error(request, str(refusal))
            page = reverse("admin:catalogue_offer_change", args=[object_id])
            return redirect(f"{page}?{request.GET.urlencode()}")

    def delete_model(self, request: HttpRequest, obj: Offer) -> None:
        actions.withdraw_offer(offer=obj, by=person(request), now=timezone.now())

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[AuditEvent]:  # type: ignore[override]
        """The verb has written it."""
        return []
