"""Which rows and which verbs a member of staff has in the admin: `visible_to(user)` and the `access` table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.admin.widgets import AutocompleteSelect
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

from npq_portal.accounts.requests import person
from npq_portal.staff.roles import Role, roles_of

# What may follow an allowed field in the address of a list: comparisons and the parts of a date, never another field.
PLAIN_LOOKUPS = frozenset(
    {
        "exact",
        "in",
        "isnull",
        "isempty",
        "id",
        "pk",
        "gt",
        "gte",
        "lt",
        "lte",
    }
)


# Of the field that a list has its dates along the top by; what does not fit is looked at before (`ScopedModelAdmin`).
DATE_LOOKUPS = frozenset({"year", "month", "day"})


def request_roles(request: HttpRequest) -> frozenset[Role]:
    """The roles of the person, asked of the database once a request."""
    kept: dict[str, Any] = vars(request)
    if "staff_roles" not in kept:
        kept["staff_roles"] = roles_of(person(request))
    roles: frozenset[Role] = kept["staff_roles"]
    return roles


def visible_rows(model: type[models.Model], request: HttpRequest) -> models.QuerySet[Any]:
    """The rows of `model` that the person may know of; all of them where the model does not say (reference data)."""
    manager = model._default_manager
    if hasattr(manager, "visible_to"):
        return manager.visible_to(person(request))
    return manager.all()


class AutocompleteOfKeys(AutocompleteSelect):
    """Django's, which fails where what is posted, or stands in the address, is no key at all: it is nobody's."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [each for each in value if self._may_be_a_key(each)], attr)

    def _may_be_a_key(self, value: Any) -> bool:
        try:
            self.field.target_field.to_python(value)
        except ValidationError:
            return False
        return True


class Scoped:
    """What the change pages and their inlines share."""

    model: type[models.Model]
    # Who may do what: {Role.PORTAL: "view add change delete", Role.PROVIDER: "view"}. Nobody else may do anything.
    access: ClassVar[dict[Role, str]] = {}
    # True for public reference data, and for an inline whose parent is scoped: then `visible_to` is not needed.
    every_row: ClassVar[bool] = False

    def may(self, request: HttpRequest, verb: str) -> bool:
        return any(verb in self.access.get(role, "").split() for role in request_roles(request))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = visible_rows(self.model, request)
        ordering = self.get_ordering(request)  # type: ignore[attr-defined]
        if ordering or not rows.ordered:
            return rows.order_by(*(ordering or ["pk"]))
        return rows

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        kwargs.setdefault("queryset", visible_rows(db_field.remote_field.model, request))
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", AutocompleteOfKeys(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        kwargs.setdefault("queryset", visible_rows(db_field.remote_field.model, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors: list[checks.CheckMessage] = super().check(**kwargs)  # type: ignore[misc]
        if not self.every_row and not hasattr(self.model._default_manager, "visible_to"):
            hint = "Give its manager visible_to(user), or set every_row = True if the rows are public."
            message = f"{type(self).__name__} does not say who may see the rows of {self.model._meta.label}."
            errors.append(checks.Error(message, hint=hint, obj=type(self), id="staff.E001"))
        return errors


def extends(lookup: str, path: str) -> bool:
    """Whether `lookup` is the field at `path`, compared in some way, and not a field beyond it."""
    if lookup == path:
        return True
    rest = lookup.removeprefix(path + LOOKUP_SEP)
    return rest != lookup and set(rest.split(LOOKUP_SEP)) <= PLAIN_LOOKUPS
