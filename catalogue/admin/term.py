"""Start terms: portal staff open and close them.

Nobody adds one here. A term comes with its funding rules, in a release: the rules go by its identifier, and
without them nothing about it could be decided (tests/funding/test_every_term_has_rules.py holds the two together).
load_reference_data makes its row.
"""

from django.contrib import admin

from catalogue.models import Term
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(Term)
class TermAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view change"}
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
    readonly_fields = ["identifier"]
