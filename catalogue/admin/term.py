"""Start terms: portal staff open and close them."""

from django.contrib import admin

from catalogue.models import Term
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(Term)
class TermAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view add change"}
    every_row = True
    audited_fields = (
        "name",
        "position",
        "starts_on",
        "registration_opens",
        "registration_closes",
        "funding",
        "note",
    )
    list_display = ["name", "starts_on", "registration_opens", "registration_closes", "funding"]
    fields = [
        "identifier",
        "name",
        "position",
        "starts_on",
        ("registration_opens", "registration_closes"),
        "note",
        "funding",
    ]
