"""Start terms: portal staff add them, and open and close registration for them.

It stands with funding, since a term's rules are code that comes with a release, by the term's identifier: without them
nothing about it could be decided, so until they are there it has no dates of registration.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from catalogue.models import Term
from funding.queries import has_rules
from funding.rules.policies import POLICIES
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role

NO_RULES = (
    "This term has no funding rules in this release of the portal, so nobody could register in it: leave both dates "
    "empty. Once a release has its rules, set them here."
)


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = (
            "identifier",
            "name",
            "position",
            "starts_on",
            "registration_opens",
            "registration_closes",
            "note",
            "funding",
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("registration_opens"), given.get("registration_closes")
        identifier = given.get("identifier") or self.instance.identifier
        if (opens or closes) and not has_rules(Term(identifier=identifier)):
            self.add_error("registration_opens", NO_RULES)
        if closes and not opens:
            self.add_error("registration_opens", "Enter the first day of registration too.")
        if opens and closes and closes < opens:
            self.add_error("registration_closes", "Enter a last day that is not before the first.")
        return given


@admin.register(Term)
class TermAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view add change"}
    every_row = True
    form = TermForm
    audited_fields = TermForm.Meta.fields
    list_display = ("name", "starts_on", "registration_opens", "registration_closes", "standing", "funding")
    fields = (
        "identifier",
        "name",
        "position",
        "starts_on",
        ("registration_opens", "registration_closes"),
        "note",
        "funding",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        """Rules, offers and addresses name a term by its identifier, so it is chosen once."""
        return ("identifier",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        help_texts = {
            "position": "Terms are listed by this number, the highest first.",
            "registration_opens": "Registration opens at midnight, in England, as this day begins.",
            "registration_closes": "The last day: it closes at midnight, in England, as this day ends. Leave empty "
            "while it is not known.",
        }
        if obj is None:
            without = sorted(
                set(POLICIES) - set(Term.objects.values_list("identifier", flat=True)),
                key=list(POLICIES).index,
            )
            waiting = f" There are rules for {', '.join(without)}." if without else ""
            help_texts["identifier"] = (
                "As the funding rules name the term, for example autumn-2027. It cannot be changed later."
                + waiting
            )
        return super().get_form(request, obj, change=change, help_texts=help_texts, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest: int | None = Term.objects.aggregate(newest=Max("position"))["newest"]
        return {"position": (newest or 0) + 1}

    @admin.display(description="Registering today")
    def standing(self, term: Term) -> str:
        if not has_rules(term):
            return "No: no funding rules yet"
        return "Yes" if term.is_open_on(timezone.localdate()) else "No"
