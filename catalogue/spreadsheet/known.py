"""What the cells of a file may name: looked up once for the whole file."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalogue.doubts import Offers
from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    LeadProvider,
    PartnerAlias,
    Qualification,
    TeachingSchoolHub,
    Term,
)
from catalogue.spreadsheet.columns import WHOSE
from npq_portal.accounts.models import User
from npq_portal.cells import unguarded

FIELDS = {
    "npq": "qualification",
    "term": "term",
    "provider": "provider",
    "hub": "hub",
    "partner": "partner",
}
# What may stay empty, for portal staff.
OPTIONAL = ("hub", "partner")


class Known:
    """The runs of the file that `user` may change, and everything that a new run may name, by any of its names."""

    def __init__(self, user: User, keys: Iterable[int]) -> None:
        visible = CourseRun.objects.visible_to(user)
        named = visible.select_related("qualification", "term", "provider", "hub", "partner")
        self.runs: dict[int, CourseRun] = named.prefetch_related("sessions").in_bulk(list(keys))
        self.may_leave_out_the_hub = user.sees_everything
        hubs = TeachingSchoolHub.objects.all()
        self.offers = Offers.as_known()
        self._by_name: dict[str, dict[str, Any]] = {
            "npq": _by(Qualification.objects.shown(), "identifier", "slug", "code", "name"),
            "term": _by(Term.objects.all(), "identifier", "name"),
            "provider": _by(LeadProvider.objects.teaching(), "name", "slug"),
            "hub": _by(hubs if user.sees_everything else hubs.kept_by(user), "code", "slug"),
            "partner": _merged_partners() | _by(DeliveryPartner.objects.all(), "name", "slug"),
        }

    def whose(self, row: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
        """The fields of a new run that say whose it is, and what is wrong with its cells: a sentence for each."""
        found: dict[str, Any] = {}
        problems = []
        for column in WHOSE:
            cell = unguarded(row[column])
            found[FIELDS[column]] = self._by_name[column].get(cell.casefold())
            if cell and found[FIELDS[column]] is None:
                whose = "none of your hubs is" if column == "hub" else "there is none to be chosen"
                problems.append(f"{column} has “{cell[:80]}”, and {whose} called that.")
            elif not cell and (
                column not in OPTIONAL or (column == "hub" and not self.may_leave_out_the_hub)
            ):
                problems.append(f"{column} is empty. A new course run needs it.")
        return found, problems

    def differs(self, run: CourseRun, row: Mapping[str, str]) -> list[str]:
        """The columns of WHOSE that name something else than `run` has, be it past or hidden by now."""
        wrong = []
        for column in WHOSE:
            has = getattr(run, FIELDS[column])
            names = {name.casefold() for name in _names(has)} if has else {""}
            cell = unguarded(row[column]).casefold()
            if cell not in names and (has is None or self._by_name[column].get(cell) != has):
                wrong.append(column)
        return wrong


def _names(thing: Any) -> list[str]:
    fields = ("identifier", "slug", "code", "name")
    return [getattr(thing, field) for field in fields if getattr(thing, field, "")]


def _merged_partners() -> dict[str, Any]:
    """What a partner was called before it was merged -> the one that stands for it: older files say so."""
    aliases = PartnerAlias.objects.select_related("partner")
    return {name.casefold(): alias.partner for alias in aliases for name in (alias.name, alias.slug)}


def _by(rows: Iterable[Any], *fields: str) -> dict[str, Any]:
    return {getattr(row, field).casefold(): row for row in rows for field in fields}
