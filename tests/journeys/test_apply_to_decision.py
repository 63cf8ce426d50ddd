"""From the funding check to an answer, in a real browser: a teacher registers, fills in the form and sends it; the
provider accepts it; the teacher reads that. With JavaScript and without, every page read by axe."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import Application, FundedPlaces
from npq_portal.mail.models import OutboxMessage
from tests.accounts.signing_in import mailed_code
from tests.factories.applications import make_world, staff_of
from tests.factories.catalogue import CourseRunFactory
from tests.people import PASSWORD, app_code, with_second_step

pytestmark = pytest.mark.django_db(transaction=True)
TEACHER = "ada@example.test"
HUB = "Saffron Hub"


@pytest.fixture
def world(transactional_db):
    world = make_world()
    FundedPlaces.objects.create(provider=world.ambition, qualification=world.headship, term=world.term, cap=1)
    CourseRunFactory(
        provider=world.ambition,
        qualification=world.headship,
        term=world.term,
        hub__name=HUB,
        starts_on=date(2099, 1, 13),
        ends_on=None,
        apply_by=None,
    )
    decider = with_second_step(staff_of(world.ambition, email="decider@example.test"))
    decider.set_password(PASSWORD)
    decider.save()
    return world


def sign_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill(TEACHER)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(mailed_code(TEACHER))
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_in_to_the_admin(page: Page, email: str) -> None:
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code", exact=True).fill(app_code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What needs doing").wait_for()


def choose(page: Page, axe, heading: str, option: str) -> None:
    """Answer one question of one choice; the page is read by axe first."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    axe(page)
    page.get_by_label(option, exact=True).check()
    page.get_by_role("button", name="Save and continue").click()


def start_from_the_funding_check(page: Page, axe) -> None:
    page.goto("/funding/establishments/800100/")
    page.get_by_role("button", name="Start an application").click()
    expect(page.get_by_text("We have kept these from before")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign in to start").click()
    sign_in(page)
    expect(page.get_by_text("We have kept these from before")).to_be_visible()
    page.get_by_role("button", name="Start registering").click()


def register(page: Page, axe) -> str:
    """The questions that the funding check has not answered yet. Returns the reference."""
    choose(page, axe, "Which NPQ", "Headship")
    choose(page, axe, "Which NPQs have you had", "None of them")
    expect(page.get_by_text("Funded", exact=True).first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Continue").click()
    choose(page, axe, "Which lead provider", "Ambition Institute")
    choose(page, axe, "Which course", f"From 13 January 2099, {HUB}")
    page.get_by_role("textbox").fill("Ada Lovelace")
    axe(page)
    page.get_by_role("button", name="Save and continue").click()
    for part, number in (("Day", "31"), ("Month", "2"), ("Year", "1987")):
        page.get_by_label(part, exact=True).fill(number)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    page.get_by_label("Day", exact=True).fill("27")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Teacher reference number", exact=True).fill("12")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    page.get_by_label("Teacher reference number", exact=True).fill("1234567")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("checkbox").check()
    axe(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    axe(page)
    page.get_by_role("button", name="Register").click()
    axe(page)
    return page.get_by_text(re.compile(r"NPQ-\w{6}")).first.inner_text()


def fill_in_the_form(page: Page, axe) -> None:
    page.get_by_role("button", name=re.compile("Fill in")).click()
    axe(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    page.get_by_label("What is your job title?").fill("Deputy headteacher")
    page.get_by_label("How many years").fill("12")
    page.get_by_label("I am a deputy or assistant headteacher").check()
    page.get_by_label("Curriculum").check()
    page.get_by_label("Describe one change").fill("Reading across the school.")
    page.get_by_label("Why do you want to take this NPQ now?").fill("word " * 251)
    page.get_by_label("What difference will it make where you work?").fill("Calmer lessons.")
    page.get_by_role("group", name="Has your workplace agreed").get_by_label("Yes").check()
    page.get_by_label("Who agreed to it?").fill("Our headteacher")
    page.get_by_label("What I have written is true").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    page.get_by_label("Why do you want to take this NPQ now?").fill("To lead a school well.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who is your sponsor?")
    axe(page)
    page.get_by_label("Sponsor's full name").fill("Sal Sponsor")
    page.get_by_label("Sponsor's work e-mail address").fill("sal@example.test")
    page.get_by_label("Chair of governors").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check and send your form")
    axe(page)
    page.get_by_role("button", name="Ask Sal Sponsor to endorse me").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Where is my application?")
    axe(page)


def endorse(page: Page, axe) -> None:
    """By the mailed link, without an account."""
    mail = OutboxMessage.objects.get(template="applications/sponsor_invited")
    page.goto(re.search(r"/sponsor/[\w-]+/", mail.text)[0])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lovelace asks you to endorse")
    axe(page)
    page.get_by_role("button", name="Send my answer").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    page.get_by_label("Yes, I endorse this application").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You have endorsed this application")
    axe(page)


def accept_with_a_funded_place(page: Page, axe, reference: str) -> None:
    sign_in_to_the_admin(page, "decider@example.test")
    axe(page)
    page.goto("/admin/applications/application/")
    axe(page)
    page.get_by_role("link", name="Ada Lovelace").click()
    for fact in (reference, "Sal Sponsor", "To lead a school well.", "1234567"):
        expect(page.get_by_text(fact).first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Accept", exact=True).click()
    axe(page)
    page.get_by_label("Accept with a funded place").check()
    page.get_by_label("Why?").fill("Leads a year group well.")
    page.get_by_role("button", name="Accept and tell the applicant").click()
    expect(page.get_by_text("Ada Lovelace is accepted.")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_funding_check_to_an_answer(world, new_page, axe, javascript):
    teacher = new_page(javascript=javascript)
    start_from_the_funding_check(teacher, axe)
    reference = register(teacher, axe)
    fill_in_the_form(teacher, axe)
    endorse(new_page(javascript=javascript), axe)

    provider = new_page(javascript=javascript)
    accept_with_a_funded_place(provider, axe, reference)

    teacher.reload()
    expect(teacher.get_by_text("They read your form").first).to_be_visible()
    Application.objects.update(undo_until=timezone.now())  # Ten minutes pass.
    teacher.reload()
    expect(teacher.get_by_text("Accepted").first).to_be_visible()
    expect(teacher.get_by_text(re.compile("funded place")).first).to_be_visible()
    expect(teacher.get_by_text(re.compile(HUB)).first).to_be_visible()
    axe(teacher)
    application = Application.objects.get()
    assert (application.state, application.reference, application.funded_place) == (
        "accepted",
        reference,
        True,
    )
    told = OutboxMessage.objects.filter(to=TEACHER).order_by("pk").values_list("template", flat=True)
    assert list(told) == [
        "sign_in_code",
        "applications/registered",
        "applications/submitted",
        "applications/accepted",
    ]


def test_answers_wait_for_another_browser(world, new_page, axe):
    """Signing in elsewhere, on a phone here, goes on where the first browser stopped."""
    first = new_page()
    start_from_the_funding_check(first, axe)
    choose(first, axe, "Which NPQ", "Headship")
    choose(first, axe, "Which NPQs have you had", "None of them")
    expect(first.get_by_text("Funded", exact=True).first).to_be_visible()
    phone = new_page(width=375, height=700)
    phone.goto("/sign-in/")
    sign_in(phone)
    phone.get_by_role("link", name="Headship", exact=True).click()
    expect(phone.get_by_text("Funded", exact=True).first).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
