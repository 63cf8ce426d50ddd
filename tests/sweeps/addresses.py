"""Every address that the resolver knows, by name, with the arguments that open it in the sweep's world."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from applications.models.reminder import off_path
from applications.vocabulary import ReminderKind
from tests.sweeps.world import INVITED_TOKEN, SPONSORS_TOKEN, World


@dataclass(frozen=True)
class Address:
    """`name` is the one in the table: with its namespace, or the pattern itself where it has no name."""

    name: str
    route: str

    @property
    def arguments(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    def path(self, given: dict[str, Any]) -> str:
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given[found[1]]), self.route)
        return "/" + filled


def addresses() -> list[Address]:
    found = [Address(name, route) for name, route in _walk(get_resolver(), "", "")]
    return sorted(set(found), key=lambda address: (address.name, address.route))


def _walk(resolver: URLResolver, namespace: str, before: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = before + _text(entry)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, route)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else route, route


def _text(entry: URLPattern | URLResolver) -> str:
    if isinstance(entry.pattern, RegexPattern):
        return _without_regex(str(entry.pattern))
    return str(entry.pattern)


def _without_regex(text: str) -> str:
    """The admin's two patterns that are no plain routes: its apps' lists, and the catch-all."""
    if text.startswith("^(?P<app_label>"):
        return "<app_label>/"
    if text == r"(?P<url>.*)$":
        return "<url>"
    raise AssertionError(f"Teach the sweep this pattern: {text}")


def arguments(address: Address, world: World) -> dict[str, Any]:
    """What opens `address`: the world's own row for each argument. A new kind of argument fails here."""
    application = world.things[apps.get_model("applications", "Application")]
    known = {
        "pk": application.pk,
        "slug": "npq" if address.name == "applications:step" else "headship",
        "section": "teaching",
        "reference": "100001",
        "code": "H1",
        "app_label": "applications",
        "name": "applications/reminder_form/late",
        "url": "no-such-page",
        "object_id": None,
    }
    if address.name in ("catalogue:provider", "catalogue:partner"):
        model = {"provider": "LeadProvider", "partner": "DeliveryPartner"}[address.name.partition(":")[2]]
        known["slug"] = world.things[apps.get_model("catalogue", model)].slug
    if address.name in ("catalogue:course", "catalogue:course_calendar"):
        known["pk"] = world.things[apps.get_model("catalogue", "CourseRun")].pk
    if address.name in ("catalogue:alert_confirm", "catalogue:alert_stop"):
        alert = world.things[apps.get_model("catalogue", "CourseAlert")]
        path = alert.confirm_path if address.name.endswith("confirm") else alert.stop_path
        known["token"] = path.rstrip("/").rpartition("/")[2]
    if address.name in ("applications:interest_confirm", "applications:interest_stop"):
        interest = world.things[apps.get_model("applications", "Interest")]
        path = interest.confirm_path if address.name.endswith("confirm") else interest.stop_path
        known["token"] = path.rstrip("/").rpartition("/")[2]
    if address.name == "applications:sponsor_request":
        known["token"] = SPONSORS_TOKEN
    if address.name == "catalogue:invitation":
        known["token"] = INVITED_TOKEN
    if address.name == "applications:reminders_off":
        known["token"] = off_path(world.people["applicant"], ReminderKind.FORM).split("/")[-2]
    if address.name.startswith("mfa_"):
        known["pk"] = world.things[apps.get_model("mfa", "Authenticator")].pk
    if address.name == "dev_mail_message":
        known["pk"] = world.things[apps.get_model("mail", "OutboxMessage")].pk
    known["key"] = world.things[apps.get_model("applications", "BulkDecision")].pk
    if model := model_of(address):
        assert model in world.things, f"Give the sweep's world a {model._meta.label}"
        known["object_id"] = known["pk"] = world.things[model].pk
    if address.name == "admin:applications_accounttomerge_merge":
        known["other"] = world.people["other applicant"].pk
    if address.name == "admin:catalogue_deliverypartner_pair":
        known["other"] = world.things[apps.get_model("catalogue", "DifferentPartners")].other_id
    if address.name == "admin:accounts_user_staff_account":
        known["pk"] = world.people["provider"].pk
    if address.name == "admin:funding_listedition_preview":
        known["pk"] = world.things[apps.get_model("funding", "EditionUpload")].pk
    if address.name == "admin:funding_establishment_extract":
        known["pk"] = world.things[apps.get_model("funding", "ExtractUpload")].pk
    if address.name == "admin:catalogue_courserun_preview":
        known["pk"] = world.things[apps.get_model("catalogue", "RunUpload")].pk
    if address.name == "admin:applications_application_delete_filter":
        known["pk"] = world.things[apps.get_model("applications", "SavedFilter")].pk
    missing = [name for name in address.arguments if known.get(name) is None]
    assert not missing, f"Give the sweep a value for {missing} of {address.route}"
    return {name: known[name] for name in address.arguments}


def model_of(address: Address) -> Any:
    """The model whose admin page this is, else None."""
    found = re.match(r"admin/(\w+)/(\w+)/", address.route)
    return apps.get_model(found[1], found[2]) if found else None


def nobodys(given: dict[str, Any]) -> dict[str, Any]:
    """The same arguments with keys that no row has."""
    absent = {uuid.UUID: uuid.UUID(int=1), int: 2_000_000_000}
    return {name: absent.get(type(value), value) for name, value in given.items()}
