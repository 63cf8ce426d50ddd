"""Whose set-up the person may change, for the pages of its parts: their own provider's, where they are its manager."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from catalogue.models import LeadProvider, Qualification, Term
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.staff.scoping import request_roles


def manages(request: HttpRequest, provider: LeadProvider) -> bool:
    return LeadProvider.objects.managed_by(person(request)).filter(pk=provider.pk).exists()


def only_provider(request: HttpRequest) -> dict[str, str]:
    """What a form begins with for whoever manages one provider alone."""
    managed = list(LeadProvider.objects.managed_by(person(request)).order_by("pk")[:2])
    return {"provider": str(managed[0].pk)} if len(managed) == 1 else {}


def may_be_set_up(field: str, request: HttpRequest) -> "QuerySet[Any]":
    """What may be chosen for a part of a set-up: one's own provider, an NPQ that is shown, a term that is to begin.

    Portal staff, who put right what was, choose from all terms.
    """
    is_portal = Role.PORTAL in request_roles(request)
    if field == "provider":
        managed = LeadProvider.objects.managed_by(person(request))
        return managed.teaching().order_by("name")
    if field == "qualification":
        return Qualification.objects.shown().order_by("position")
    terms = Term.objects.all() if is_portal else Term.objects.to_begin_in(timezone.localdate())
    return terms.order_by("-position")


class PartOfSetUp(ScopedModelAdmin):
    """Rows of one provider, for an NPQ and a term: changed and removed by those who manage that provider."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or manages(request, obj.provider))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or manages(request, obj.provider))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**only_provider(request), **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs["queryset"] = may_be_set_up(db_field.name, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
