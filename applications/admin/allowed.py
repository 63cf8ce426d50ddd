"""Who may register while it is closed: portal staff paste a list of addresses, and take them off again."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from applications.actions.allowing import allow, no_longer_allow
from applications.models import AllowedAddress
from catalogue.models import Term
from funding.rules.policies import POLICIES
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.verbs import Busy

LIST = "admin:applications_allowedaddress_changelist"
AT_ONCE = 500


class AllowForm(forms.Form):
    term = forms.ModelChoiceField(
        label="Term",
        queryset=Term.objects.none(),
        empty_label=None,
        help_text="They may register for this term alone, whatever its dates are and while registration is closed.",
        error_messages={"required": "Choose the term.", "invalid_choice": "Choose the term."},
    )
    addresses = forms.CharField(
        label="E-mail addresses",
        help_text=f"One on each line, or with commas between. Up to {AT_ONCE}. One that is on the list stays on it.",
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter at least one e-mail address."},
    )

    def __init__(self, posted: Any) -> None:
        super().__init__(posted)
        self.fields["term"].queryset = Term.objects.filter(identifier__in=list(POLICIES))  # type: ignore[attr-defined]
        for name in self.fields:
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"id_{name}_error",
                }

    def clean_addresses(self) -> list[str]:
        """Each once. The first that is no address is named by its place, so that it is found in a long list."""
        given = self.cleaned_data["addresses"].replace(",", "\n").replace(";", "\n").split()
        if len(given) > AT_ONCE:
            raise ValidationError(
                f"That is {len(given)} addresses. Enter {AT_ONCE} at most, and the rest after."
            )
        for place, email in enumerate(given, 1):
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(
                    f"Number {place} in the list, “{email[:60]}”, is no e-mail address. Mend it or take it out."
                ) from None
        return list(dict.fromkeys(email.lower() for email in given))


@admin.register(AllowedAddress)
class AllowedAddressAdmin(ScopedModelAdmin):
    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view add"}
    tells_of_people = True
    list_display = ("email", "term", "added_at")
    list_display_links = None
    list_filter = ("term",)
    list_select_related = ("term",)
    search_fields = ("email",)
    actions = ("take_off",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = "Addresses that may register while it is closed"
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        form = AllowForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return _allow(request, form)
            except Busy as refusal:  # and the list that was pasted stays
                messages.warning(request, str(refusal))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Let people register while it is closed",
            "form": form,
        }
        return TemplateResponse(request, "admin/applications/allow.html", context)

    @admin.action(description="Take off the list")
    def take_off(self, request: HttpRequest, queryset: QuerySet[AllowedAddress]) -> None:
        count = no_longer_allow(addresses=list(queryset), by=person(request), now=timezone.now())
        self.message_user(request, f"{count} taken off the list.", messages.SUCCESS)


def _allow(request: HttpRequest, form: AllowForm) -> HttpResponse:
    given, term = form.cleaned_data["addresses"], form.cleaned_data["term"]
    new = allow(emails=given, term=term, by=person(request), now=timezone.now())
    known = f" {len(given) - new} were on it before." if new < len(given) else ""
    messages.success(request, f"{new} put on the list for {term.name.lower()}.{known} We have told nobody.")
    return redirect(LIST)
