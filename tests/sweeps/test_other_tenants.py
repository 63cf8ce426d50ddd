"""What one provider's or hub's staff learn of another's by asking beside the addresses: by filters, searches, choices,
autocompletes, actions on rows that are not theirs, and columns named in the address (issue: staff, point 9).

The words that must not reach the rival do reach those whose they are: a probe that asks nothing would fail there.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain

import pytest
from django.contrib import admin
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from applications.models import Application, Figures, FundingReview, Message, ProviderForm, SavedFilter
from catalogue.models import RunUpload
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.switches.models import Switches
from tests.sweeps.test_access import written, written_since
from tests.sweeps.world import World, make_world

ADMINS = {model: site for model, site in admin.site._registry.items() if isinstance(site, ScopedModelAdmin)}
OWNERS = ("provider", "hub", "portal")
REFUSED = (302, 400, 403, 404, 405)
SEARCHED = [model for model, site in ADMINS.items() if site.search_fields]
# Their lists are forms of their own, which read what they name and nothing else of the address;
# the switches, of which there is one row, have no list.
OWN_SEARCH = {AuditEvent, Figures, Switches}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        rows = world.things
        Message.objects.filter(pk=rows[Message].pk).update(text="When does it begin for me?")
        ProviderForm.objects.filter(pk=rows[ProviderForm].pk).update(title="A draft of the provider's own")
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made, settings) -> Iterator[World]:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def secrets(world: World) -> dict[str, str]:
    """Words of one tenant, each with who reads it on a page of theirs."""
    rows, people = world.things, world.people
    application, review = rows[Application], rows[FundingReview]
    return {
        application.reference: "provider",
        review.reference: "provider",
        application.full_name: "provider",
        people["applicant"].email: "provider",
        review.applicant.email: "portal",
        "When does it begin for me?": "provider",
        "A draft of the provider&#x27;s own": "provider",
        rows[SavedFilter].name: "provider",
        rows[RunUpload].file_name: "hub",
        people["provider"].email: "portal",
        people["manager"].email: "portal",
        people["hub"].email: "portal",
    }


def rivals(model: type[models.Model], world: World) -> Iterator[Client]:
    """Who decides for the rival; and who manages for it, where that is more."""
    yield world.clients["rival"]
    if Role.MANAGER in ADMINS[model].access:
        yield world.managers["rival manager"]


def list_of(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def told(answer, world: World) -> set[str]:
    """The secrets on the page. Nothing is on a page that was refused, but in its address."""
    text = answer.content.decode() + answer.headers.get("Location", "")
    assert answer.status_code in (200, *REFUSED), answer.status_code
    return {secret for secret in secrets(world) if secret in text}


def offered(text: str) -> set[str]:
    """What a list offers to be narrowed and ordered by: the queries of its links."""
    return {unescape(query) for query in re.findall(r'href="(\?[^"]*)"', text)}


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model._meta.label)
def test_lists_tell_the_rival_nothing(model, world):
    """Asked as the owner's page offers it: by each filter, ordering and saved filter."""
    path = list_of(model)
    owners = [world.clients[role].get(path).content.decode() for role in OWNERS]
    for query in {"", "?_popup=1&_to_field=id"}.union(*map(offered, owners)):
        for rival in rivals(model, world):
            assert told(rival.get(path + query), world) == set(), query


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model._meta.label)
def test_a_search_for_what_is_there_answers_as_one_for_what_is_not(model, world):
    path = list_of(model)
    for there in {max(re.findall(r"\w+", secret.split("@")[0]), key=len) for secret in secrets(world)}:
        absent = "z" * len(there)
        for rival in rivals(model, world):
            found, nothing = (rival.get(path, {"q": word}) for word in (there, absent))
            assert found.status_code == nothing.status_code, there
            assert _without(found, there, absent) == _without(nothing, there, absent), there


def _without(answer, *echoes: str) -> str:
    text = re.sub(r'(nonce|csrfmiddlewaretoken" value)="[^"]*"', "", answer.content.decode())
    return re.sub("|".join(echoes), "", text)


def test_each_secret_is_on_a_page_of_its_owners(world):
    read = {}
    for role in OWNERS:
        client = world.clients[role]
        pages = [list_of(model) for model in ADMINS]
        pages += [
            reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_change",
                args=[world.things[model].pk],
            )
            for model in (Application, ProviderForm)
        ]
        pages.append(reverse("admin:catalogue_courserun_preview", args=[world.things[RunUpload].pk]))
        read[role] = set(chain.from_iterable(told(client.get(page), world) for page in pages))
    unread = {secret for secret, role in secrets(world).items() if secret not in read[role]}
    assert not unread


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model._meta.label)
def test_autocompletes_tell_the_rival_nothing(model, world):
    """Whatever column is named as the one that is to be filled in."""
    for field in model._meta.concrete_fields:
        if field.is_relation:
            asked = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": field.name,
            }
            for rival in rivals(model, world):
                assert told(rival.get("/admin/autocomplete/", asked), world) == set(), field.name


def not_looks(rows):
    """What was written, by table, but for who looked at people: an action that does nothing shows the list again."""
    newest = AuditEvent.objects.order_by("-pk")[: rows.get("audit_auditevent", 0)]
    looked = all(event.action.endswith(".viewed") for event in newest)
    return {table: number for table, number in rows.items() if not (looked and table == "audit_auditevent")}


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model._meta.label)
def test_actions_on_rows_of_others_do_nothing(model, world):
    """Every action that anybody has there, with the key of a row that is not the rival's, and with all."""
    path = list_of(model)
    for action in {"delete_selected", *(action for action in ADMINS[model].actions or ())}:
        for across in ("0", "1"):
            posted = {"action": action, "index": "0", "select_across": across}
            for rival in rivals(model, world):
                before = written()
                answer = rival.post(path, {**posted, "_selected_action": str(world.things[model].pk)})
                assert not_looks(written_since(before)) == {}, action
                assert told(answer, world) == set(), action


@pytest.mark.parametrize(
    "model", [model for model in ADMINS if model not in OWN_SEARCH], ids=lambda model: model._meta.label
)
def test_no_column_is_read_through_the_address_of_a_list(model, world):
    """Its own columns, and those of the rows that it points at. What the list offers to be narrowed by is narrowed by
    whole values; any other is refused, whoever asks.
    """
    path = list_of(model)
    client = next(world.clients[role] for role in OWNERS if world.clients[role].get(path).status_code == 200)
    narrowed = ADMINS[model].list_filter
    offered_columns = {
        item[0] if isinstance(item, tuple) else getattr(item, "parameter_name", item) for item in narrowed
    }
    for name in columns(model):
        lookup = f"{name}__startswith" if name in offered_columns else name
        status = client.get(path, {lookup: "1"}).status_code
        assert status == 400, f"{path}?{lookup}=1: {status}"


def columns(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if not field.primary_key:
            yield field.name
        if field.is_relation and field.related_model is not model:
            beyond = (each for each in field.related_model._meta.concrete_fields if not each.primary_key)
            yield from (f"{field.name}__{each.name}" for each in beyond)
