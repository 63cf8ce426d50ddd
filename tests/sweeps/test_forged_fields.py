"""A change page of a provider or a hub saves what it asks for and nothing else (issue: staff, point 9)."""

from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.db import models, transaction
from django.urls import reverse

from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from tests.sweeps.world import NOW, World, make_world

CLIENTS = {Role.PROVIDER: "provider", Role.MANAGER: "manager", Role.HUB: "hub"}
CHANGED = [
    (model, role)
    for model, site in admin.site._registry.items()
    if isinstance(site, ScopedModelAdmin)
    for role in CLIENTS
    if "change" in site.access.get(role, "")
]

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a browser posts of the page's first form of its own, by name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.select = self.area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "input" and name and said.get("type") not in ("submit", "file"):
            box = said.get("type") in ("checkbox", "radio")
            if not box or "checked" in said:
                self.posted[name] = said.get("value", "on" if box else "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in said:
            self.posted[self.select] = said.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.posted[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.posted[self.area] += data.removeprefix("\n")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize(("model", "role"), CHANGED, ids=lambda value: getattr(value, "__name__", value))
def test_a_field_that_is_not_asked_for_is_not_saved(model, role, world):
    row, client = world.things[model], (world.clients | world.managers)[CLIENTS[role]]
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    asked = Fields(client.get(path).content.decode()).posted
    assert "seen" in asked or "as_read" in asked, "a stale page would not be known"
    others = [
        field for field in model._meta.concrete_fields if field.name not in asked and not field.primary_key
    ]
    assert others, "every column is asked for"
    forged = {field.name: forgery(field, row) for field in others}
    with transaction.atomic():
        assert client.post(path, asked).status_code == 302, "the page as it came is not saved"
        honest = values(model, row, forged)
        transaction.set_rollback(True)
    assert client.post(path, {**asked, **forged}).status_code == 302
    saved = values(model, row, forged)
    differing = {name for name in forged if saved[name] != honest[name]}
    assert differing <= {field.name for field in others if isinstance(field, models.DateTimeField)}


def values(model: type[models.Model], row: models.Model, names) -> dict[str, str]:
    kept = model._default_manager.get(pk=row.pk)
    return {name: str(getattr(kept, kept._meta.get_field(name).attname)) for name in names}


def forgery(field: models.Field, row: models.Model) -> str:
    """Another value of the kind: a row of another tenant where it is one."""
    if field.is_relation:
        others = field.related_model._default_manager.exclude(pk=getattr(row, field.attname))
        return str(others.values_list("pk", flat=True).first() or 1)
    if isinstance(field, models.BooleanField):
        return "" if getattr(row, field.name) else "on"
    if isinstance(field, models.DateField):
        return NOW.date().replace(year=2031).isoformat()
    if field.choices:
        return next(str(value) for value, _ in field.flatchoices if value != getattr(row, field.name))
    return "77" if field.get_internal_type().endswith(("IntegerField", "DecimalField")) else "forged"
