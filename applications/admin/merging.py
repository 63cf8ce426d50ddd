"""Two accounts of one person: likely pairs, and choosing another. Portal staff's alone."""

from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join

from applications.admin import account_pairs
from applications.admin.account_pairs import number_of
from applications.models import AccountToMerge, Application
from applications.twins import first_of_pairs, twins_of
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


class OtherForm(forms.Form):
    other = forms.CharField(
        label="E-mail address or teacher reference number of the other account",
        max_length=254,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter the e-mail address or the teacher reference number of the other account"
        },
    )


class Pairs(ChangeList):
    """Of each likely pair one account, with the other beside it. A search finds any account."""

    result_list: list[Any]

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        rows = super().get_queryset(request, exclude_parameters)
        return rows if self.query else first_of_pairs(rows)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.query:
            self.full_result_count = self.result_count  # then Django links to no list of all
        twins = twins_of(self.result_list)
        for row in self.result_list:
            row.twins = [each for each in twins[row.pk] if self.query or each.account.pk > row.pk]


@admin.register(AccountToMerge)
class AccountToMergeAdmin(ScopedModelAdmin):
    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view"}
    tells_of_people = True
    # On a phone the first columns are seen without moving the table.
    list_display = ("email", "likely", "why", "called", "number", "applications_held")
    search_fields = ("email", "full_name", "=trn")
    search_help_text = (
        "Any account that may be merged: an e-mail address, name or verified teacher reference number"
    )
    sortable_by = ()
    ordering = ("email",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        registered = (
            Application.objects.registered().filter(applicant=OuterRef("pk")).order_by("-registered_at")
        )
        named = Subquery(registered.values("full_name")[:1], output_field=CharField())
        own = NullIf("full_name", Value(""))
        return super().get_queryset(request).annotate(name=Coalesce(own, named), held=Count("applications"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Pairs

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = "Accounts that may be one person's"
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description="Name")
    def called(self, account: Any) -> str:
        return account.name or "Not known"

    @admin.display(description="TRN")
    def number(self, account: User) -> str:
        return number_of(account)

    @admin.display(description="Applications")
    def applications_held(self, account: Any) -> int:
        return cast(int, account.held)

    @admin.display(description="Likely the same person as")
    def likely(self, account: Any) -> str:
        links = [(preview_of(account, each.account), each.account.email) for each in account.twins]
        return format_html_join("", '<div class="review-line"><a href="{}">{}</a></div>', links) or "Nobody"

    @admin.display(description="Because of")
    def why(self, account: Any) -> str:
        return format_html_join(
            "", '<div class="review-line">{}</div>', [(" and ".join(each.why),) for each in account.twins]
        )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("two/", wrap(self.found_to_be_two), name="applications_accounttomerge_two"),
            path("<uuid:pk>/with/<uuid:other>/", wrap(self.merge), name="applications_accounttomerge_merge"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One account: choosing the other. Nothing is written here; an address that is posted stays out of logs."""
        account: AccountToMerge = self.known(request, object_id)
        form = OtherForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            found = self._found(request, account, form.cleaned_data["other"].strip())
            if len(found) == 1:
                return redirect(preview_of(account, found[0]))
            form.add_error("other", MANY if found else NONE)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Merge the account of {account.email}",
            "account": account,
            "form": form,
            "twins": [(preview_of(account, each.account), each) for each in twins_of([account])[account.pk]],
        }
        return TemplateResponse(request, "admin/applications/account_to_merge.html", context)

    def _found(self, request: HttpRequest, account: AccountToMerge, text: str) -> list[AccountToMerge]:
        """Others of this address, or of this number: their own, or one that a registration of theirs gives."""
        others = AccountToMerge.objects.visible_to(person(request)).exclude(pk=account.pk)
        if "@" in text:
            return list(others.filter(email=text.lower()))
        registered = Application.objects.registered().filter(trn=text).values("applicant")
        return list((others.filter(trn=text) | others.filter(pk__in=registered)) if text else others.none())

    def merge(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        return account_pairs.pair(self, request, pk, other)

    def found_to_be_two(self, request: HttpRequest) -> HttpResponse:
        if not self.has_module_permission(request):
            raise PermissionDenied
        return account_pairs.found_to_be_two(self, request)


NONE = "No other account that may be merged has this. Check it; accounts of staff, and closed ones, are not found."
MANY = "More than one account has this number. Enter the e-mail address instead."


def preview_of(account: User, other: User) -> str:
    return reverse("admin:applications_accounttomerge_merge", args=[account.pk, other.pk])
