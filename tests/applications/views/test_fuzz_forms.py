"""Whatever is posted to any form about an application: never an error of ours, nothing outside the constraints.

The forms are read from the pages, so that a field that is new is posted too. The questions of the registration have
tests of their own (test_fuzz). FUZZ_POSTS sets how many posts are made; 10,000 take some minutes.
"""

import random
from copy import deepcopy
from datetime import timedelta
from itertools import cycle

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from applications import actions, urls
from applications.admin.decisions import DECISIONS
from applications.models import FundedPlaces
from applications.models.reminder import off_path
from applications.vocabulary import Purpose, ReminderKind
from npq_portal.audit.models import AuditEvent
from npq_portal.switches.models import Switches
from tests.applications.fuzzing import FORM, POSTS, SEED, Forms, encoded, no_form
from tests.applications.views.test_course_step import LATE
from tests.applications.views.test_sponsoring import link
from tests.factories.applications import (
    SPONSOR,
    WRITTEN,
    ApplicationFactory,
    FundedPlacesFactory,
    InterestFactory,
    draft_of,
    registered_by,
    staff_of,
    submitted_by,
    waiting_by,
)
from tests.factories.catalogue import CourseRunFactory
from tests.people import PortalStaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
NOW = timezone.now() - timedelta(hours=1)
# What a person might well write where the page offers nothing.
LIKELY = {
    "": ["Words.", "27", "yes"],
    "name": ["Sam Sponsor"],
    "email": ["sam@example.test", "SAM@example.test "],
    "on": ["22/11/2025", f"{timezone.localdate():%d/%m/%Y}", "1/1/1900"],
    "max_words": ["250", ""],
    "cap": ["10", "0", "3"],
    **{name: [value] for name, value in WRITTEN.items() if isinstance(value, str | int)},
}
# Forms on every page, which are the concern of other tests.
ELSEWHERE = ("/sign-out/", "/admin/logout/", "/staff/")
# A draft that is named and is nobody's.
GONE = {"/apply/": (404,)}
# Checks what is posted, and writes nothing.
READ_ONLY = {"admin:applications_providerform_preview"}


def view_of(form):
    return resolve(form.address.partition("?")[0]).view_name


def fuzz(forms, *, share):
    """Posts to each of `forms`, which are (client, PostedForm); `share` is this test's part of all posts."""
    dice = random.Random(f"{SEED} {len(forms)}")
    took = {view_of(form): 0 for _, form in forms}
    signed_in = {client: deepcopy(client.cookies) for client, _ in forms}
    for _, (client, form) in zip(range(max(int(POSTS * share), len(forms))), cycle(forms), strict=False):
        body, content_type = encoded(form.pairs(dice, LIKELY)), FORM
        if dice.random() < 0.05:
            body, content_type = no_form(dice)
        with transaction.atomic():
            before = AuditEvent.objects.count()
            response = client.post(form.address, body, content_type=content_type)
            assert response.status_code in (200, 302, 400, 413, *GONE.get(form.address, ())), (
                form.address,
                body,
            )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            took[view_of(form)] += AuditEvent.objects.count() > before
            transaction.set_rollback(True)
        client.cookies = deepcopy(signed_in[client])  # erasing signs out
    unused = [view for view, times in took.items() if not times and view not in READ_ONLY]
    assert not unused or POSTS < 5_000, f"no post went through: {unused}"


def forms_on(client, *pages):
    """The forms of the pages, each of which must have one, but for those that every page has."""
    found = []
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        forms = Forms.on(response.content.decode(), page)
        ours = [form for form in forms if not form.address.startswith(ELSEWHERE)]
        assert ours, f"no form on {page}"
        found += [(client, form) for form in ours]
    return found


@pytest.fixture
def wide_world(world):
    FundedPlacesFactory(provider=world.ambition, cap=9)
    CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term, hub=None, **LATE)
    return world


def forms_of_applicants():
    """One person for each stage that has forms of its own."""

    def browser():
        person = UserFactory()
        return person, sign_in(Client(), person)

    person, client = browser()
    draft = draft_of(person, now=NOW, course={"course": "none"})
    everybodys = ("/apply/", "/e-mails/", "/my-data/erase/", off_path(person, ReminderKind.FORM))
    yield from forms_on(client, *everybodys)
    yield from forms_on(client, *(f"/applications/{draft.pk}/{page}/" for page in DRAFT_PAGES))
    person, client = browser()
    registered = registered_by(person, course={"course": "none"})
    at = f"/applications/{registered.pk}/"
    pages = ("form", "messages", "change-course", "change-provider", "withdraw")
    yield from forms_on(client, *(f"{at}{page}/" for page in pages))
    actions.save_form(application=registered, answers=WRITTEN, sponsor=SPONSOR, by=person, now=NOW)
    yield from forms_on(client, f"{at}sponsor/", f"{at}form/send/")
    person, client = browser()
    at = f"/applications/{waiting_by(person, now=NOW, course={'course': 'none'}).pk}/"
    yield from forms_on(client, at, f"{at}sponsor/")
    yield from forms_on(Client(), link())
    person, client = browser()
    asked = submitted_by(person, course={"course": "none"})
    actions.ask_for_more(application=asked, text="When?", by=PortalStaffFactory(), now=NOW)
    yield from forms_on(client, f"/applications/{asked.pk}/messages/")
    person, client = browser()
    offered = ApplicationFactory(offered=True, applicant=person, offer_ends_at=NOW + timedelta(days=5))
    FundedPlacesFactory(provider=offered.provider, taken=1)
    yield from forms_on(client, f"/applications/{offered.pk}/offer/")


def forms_while_closed():
    Switches.objects.update_or_create(pk=1, defaults={"registration_open": False, "closed_words": "Soon."})
    asked = InterestFactory(asked_at=NOW)
    yield from forms_on(Client(), "/apply/tell-me/", asked.confirm_path, asked.stop_path)


DRAFT_PAGES = ("check-answers", "delete")


def forms_of_staff(world):
    client = sign_in(Client(), PortalStaffFactory())
    like = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    rows = [(ApplicationFactory(**{state: True}, **like), pages) for state, pages in DECIDED.items()]
    waits = ApplicationFactory(submitted=True, **like)
    actions.put_on_waiting_list(application=waits, by=staff_of(world.ambition), now=NOW)
    for row, pages in [*rows, (waits, ("accept", "offer", "reject", "place"))]:
        at = f"/admin/applications/application/{row.pk}/"
        yield from forms_on(client, f"{at}change/", *(f"{at}{page}/" for page in pages))
    places = FundedPlaces.objects.get(provider=world.ambition)
    yield from forms_on(
        client, *(f"/admin/applications/fundedplaces/{page}/" for page in ("add", f"{places.pk}/change"))
    )


DECIDED = {
    "submitted": ("accept", "waiting-list", "ask", "reject", "run", "withdraw"),
    "accepted": ("training", "reject", "revert"),
    "active": ("training",),
}


def forms_of_builders(world):
    manager = staff_of(world.ambition, role="manager")
    client = sign_in(Client(), manager)
    draft = actions.begin_draft(provider=world.ambition, purpose=Purpose.GENERAL, by=manager, now=NOW)
    pages = ("add", *(f"{draft.pk}/{page}" for page in ("change", "preview", "publish", "delete")))
    yield from forms_on(client, *(f"/admin/applications/providerform/{page}/" for page in pages))


def test_no_post_breaks_what_an_applicant_or_a_sponsor_does(wide_world):
    fuzz([*forms_of_applicants()], share=0.2)


def test_no_post_breaks_what_is_open_while_registration_is_closed(wide_world):
    fuzz([*forms_while_closed()], share=0.02)


def test_no_post_breaks_what_staff_decide(wide_world):
    fuzz([*forms_of_staff(wide_world)], share=0.12)


def test_no_post_breaks_a_form_that_is_built(wide_world):
    fuzz([*forms_of_builders(wide_world)], share=0.03)


# Take no post; and a question, which test_fuzz posts to.
SHOW = {
    *("already", "erased", "list", "own_data", "own_data_file", "registered", "step", "tracker"),
    *("interest_asked", "interest_stopped"),
}


def test_no_form_is_forgotten(wide_world):
    forms = [*forms_of_applicants(), *forms_of_staff(wide_world), *forms_while_closed()]
    posted = {view_of(form) for _, form in forms}
    expected = {f"applications:{each.name}" for each in urls.urlpatterns if each.name not in SHOW}
    expected |= {f"admin:{decision.address}" for decision in DECISIONS.values()}
    assert expected <= posted, expected - posted
