"""A hub administrator's walk in a real browser, JavaScript off and 320 pixels wide: every page readable by axe."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from catalogue.models import CourseRun
from tests.factories.catalogue import (
    CourseRunFactory,
    HubMembershipFactory,
    QualificationFactory,
    SessionFactory,
    TermFactory,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SOON = timezone.localdate() + timedelta(weeks=8)


@pytest.fixture
def run():
    run = CourseRunFactory(
        qualification__name="Headship", starts_on=SOON, ends_on=SOON + timedelta(weeks=52), apply_by=None
    )
    SessionFactory(run=run, position=1, title="Opening day", on=SOON, venue="The hall", postcode="SK7 4AB")
    SessionFactory(run=run, position=2, title="Seminar", on=SOON + timedelta(weeks=6), online=True)
    return run


@pytest.fixture
def desk(run, new_page, live_server):
    """A page of the run's hub's own member of staff, signed in."""
    page = new_page(javascript=False, width=320)
    session = sign_in(Client(), HubMembershipFactory(hub=run.hub).user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    return page


def test_adding_and_changing_a_run(desk, axe, run):
    QualificationFactory(name="Senior leadership")
    TermFactory(identifier="autumn-2027")
    desk.goto("/admin/catalogue/courserun/")
    axe(desk)
    desk.get_by_role("link", name="Add course run").click()
    axe(desk)
    desk.get_by_role("button", name="Save", exact=True).click()
    assert desk.title().startswith("Error: ")
    axe(desk)
    desk.get_by_label("Qualification").select_option(label="Senior leadership")
    desk.get_by_label("Term").select_option(label="Autumn 2027")
    desk.get_by_label("Provider").select_option(label=run.provider.name)
    desk.get_by_label("Hub").select_option(label=str(run.hub))
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.get_by_role("checkbox", name="We do not know that").check()
    axe(desk)
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()
    axe(desk)
    desk.get_by_label("Starts on").fill(f"{SOON:%d/%m/%Y}")
    desk.get_by_role("button", name="Save", exact=True).click()
    assert CourseRun.objects.get(term__identifier="autumn-2027").starts_on == SOON


def test_cancelling_a_session_and_then_the_run(desk, axe, run):
    desk.goto("/admin/catalogue/session/")
    axe(desk)
    desk.get_by_role("link", name="Cancel Seminar").click()
    axe(desk)
    desk.get_by_label("What do you want to say").fill("Jo is away.")
    desk.get_by_role("button", name="Cancel it and tell them").click()
    expect(desk.get_by_text("It is cancelled.")).to_be_visible()
    axe(desk)
    desk.get_by_role("link", name="Cancel this run").click()
    expect(desk.get_by_text("Opening day")).to_be_visible()
    assert desk.get_by_text("Seminar").count() == 0
    axe(desk)
    desk.get_by_role("button", name="Cancel it and tell them").click()
    desk.get_by_role("link", name="History").click()
    expect(desk.get_by_text("Course run cancelled.")).to_be_visible()
    axe(desk)
    assert [change.note for change in run.changes.order_by("pk")] == ["Jo is away.", ""]


def test_copying_a_run(desk, axe, run):
    TermFactory(identifier="autumn-2027")
    desk.goto(f"/admin/catalogue/courserun/{run.pk}/change/")
    desk.get_by_role("link", name="Copy to another term").click()
    axe(desk)
    desk.get_by_role("button", name="Look at the dates").click()
    expect(desk.get_by_role("alert").get_by_text("Choose the term.")).to_be_visible()
    axe(desk)
    desk.get_by_label("To which term?").select_option(label="Autumn 2027")
    desk.get_by_label("On which day").fill(f"{SOON + timedelta(weeks=52):%d/%m/%Y}")
    desk.get_by_role("button", name="Look at the dates").click()
    axe(desk)
    desk.get_by_label("Seminar").fill("25/12/2027")
    desk.get_by_role("button", name="Check the dates again").click()
    axe(desk)
    desk.get_by_label("Seminar").fill("")
    desk.get_by_role("checkbox", name="We do not know that").check()
    desk.get_by_role("button", name="Save the copy").click()
    expect(desk.get_by_text("Copied to Autumn 2027.")).to_be_visible()
    assert CourseRun.objects.get(term__identifier="autumn-2027").sessions.count() == 2


def test_what_to_see_to(desk, axe, run):
    SessionFactory(run=run, position=3, title="Twice", on=SOON, venue="The hall", postcode="SK7 4AB")
    CourseRun.objects.update(apply_by=SOON - timedelta(weeks=10))
    desk.goto("/admin/")
    axe(desk)
    desk.get_by_role("link", name="past the last day to apply").click()
    expect(desk.get_by_role("link", name="Headship")).to_be_visible()
    axe(desk)
    desk.goto("/admin/catalogue/session/")
    desk.get_by_role("link", name="Sessions that clash").click()
    axe(desk)
    desk.get_by_role("link", name="Twice").click()
    assert desk.url.endswith(f"/{run.pk}/change/#sessions-group")


def test_out_to_a_file_and_in_again(desk, axe, run, tmp_path):
    desk.goto("/admin/catalogue/courserun/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download as CSV").click()
    file = tmp_path / "runs.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    file.write_text(text.replace("Seminar", "Workshop").replace("Open,", "Opened,"), encoding="utf-8")
    desk.get_by_role("link", name="Upload CSV").click()
    axe(desk)
    desk.get_by_role("button", name="Look at what would change").click()
    assert desk.title().startswith("Error: ")
    axe(desk)
    desk.get_by_label("The file").set_input_files(file)
    desk.get_by_role("button", name="Look at what would change").click()
    expect(desk.get_by_text("Row 2: state has “Opened”.")).to_be_visible()
    axe(desk)
    file.write_text(text.replace("Seminar", "Workshop"), encoding="utf-8")
    desk.get_by_label("The file").set_input_files(file)
    desk.get_by_role("button", name="Look at what would change").click()
    expect(desk.get_by_text("Changed: 1.")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Put it in use").click()
    expect(desk.get_by_text("Course runs added: 0. Changed: 1.")).to_be_visible()
    assert run.sessions.filter(title="Workshop").exists()
