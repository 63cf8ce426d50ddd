"""The page of figures and its files: whose applications, which filters, what a file says, what is recorded."""

import csv
import io

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import LATER, ApplicationFactory, draft_of, registered_by, submitted_by
from tests.people import StaffFactory, UserFactory, sign_in

PAGE = reverse("admin:applications_figures_changelist")


@pytest.fixture
def several(world, decider):
    """Ambition Institute: 3 registered, 2 of them submitted, 1 accepted; Teach First: 1 registered. And a draft."""
    registered_by(UserFactory())
    submitted_by(UserFactory())
    actions.accept(application=submitted_by(UserFactory()), funded_place=False, by=decider, now=LATER)
    registered_by(UserFactory(), provider={"provider": "teach-first"})
    draft_of(UserFactory())


def reached(response):
    return [rung.reached for rung in response.context["figures"].rungs]


def download(client, key, query="", **posted):
    address = reverse("admin:applications_figures_download", args=[key])
    answer = client.post(address + query, posted)
    assert answer["Content-Type"].startswith("text/csv"), answer
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_portal_staff_see_all_and_providers_their_own_without_drafts(admin_as, several, rival, portal_staff):
    assert reached(admin_as("portal_staff").get(PAGE)) == [5, 4, 2, 1]
    assert reached(admin_as("decider").get(PAGE)) == [3, 2, 1]
    assert reached(admin_as("rival").get(PAGE)) == [1, 0, 0]


def test_filters_narrow_and_another_providers_name_is_not_offered(admin_as, world, several, portal_staff):
    portal = admin_as("portal_staff")
    assert reached(portal.get(PAGE, {"provider": "teach-first"})) == [1, 1, 0, 0]
    assert reached(portal.get(PAGE, {"npq": "npq-leading-literacy"})) == [0, 0, 0, 0]
    assert reached(portal.get(PAGE, {"funding": "funded"})) == [4, 2, 1]
    decider = admin_as("decider")
    assert reached(decider.get(PAGE, {"provider": "teach-first"})) == [3, 2, 1]
    assert "Teach First" not in decider.get(PAGE).content.decode()


@pytest.mark.parametrize("given", [{"npq": "nonsense"}, {"term": "autumn-1900"}, {"funding": "lost"}])
def test_what_is_not_offered_is_told_and_counts_nothing(admin_as, several, given):
    response = admin_as("decider").get(PAGE, given)
    html = response.content.decode()
    assert "Choose one that is offered." in html
    assert "<title>Error: " in html
    assert "figures" not in response.context


def test_each_chart_is_told_and_has_its_table(admin_as, several, portal_staff):
    html = admin_as("portal_staff").get(PAGE).content.decode()
    assert html.count('<svg class="figures-drawing" role="img"') == html.count("<caption") == 6
    assert html.count("<title id=") == html.count("<desc id=") == 6
    assert "50% went on, 1 still may" in html
    assert "style=" not in html[html.index('id="content-main"') :]


def test_a_file_is_the_table_to_the_nearest_5_unless_exact_is_asked_for(admin_as, several, portal_staff):
    client = admin_as("portal_staff")
    rows = download(client, "provider", exact="yes")
    assert rows[0] == ["Lead provider", "Started", "Registered", "Submitted", "Accepted"]
    assert rows[1:] == [
        ["Ambition Institute", "4", "3", "2", "1"],
        ["Teach First", "1", "1", "0", "0"],
        ["Total", "5", "4", "2", "1"],
    ]
    assert download(client, "provider")[1:] == [
        ["Ambition Institute", "5", "5", "0", "0"],
        ["Teach First", "0", "0", "0", "0"],
        ["Total", "5", "5", "0", "0"],
    ]


@pytest.mark.parametrize(("posted", "kind"), [({}, "rounded"), ({"exact": "yes"}, "exact")])
def test_the_name_of_a_file_says_which_figures_it_holds(admin_as, several, portal_staff, posted, kind):
    of_steps = reverse("admin:applications_figures_download", args=["steps"])
    answer = admin_as("portal_staff").post(of_steps, posted)
    assert f"figures-steps-{kind}-" in answer["Content-Disposition"]


def test_a_file_is_narrowed_and_recorded(admin_as, several, decider):
    client = admin_as("decider")
    assert download(client, "steps", "?funding=review&q=Ada", exact="yes")[1][:2] == ["Registered", "0"]
    taken = AuditEvent.objects.get(action="applications.figures_taken")
    assert taken.new == {"table": "steps", "rounded": False, "filters": {"funding": "review"}}
    assert taken.actor == f"user:{decider.pk}"


def test_a_name_that_is_a_formula_is_text(admin_as, several, world, portal_staff):
    world.ambition.name = "=HYPERLINK(1)"
    world.ambition.save()
    assert download(admin_as("portal_staff"), "provider")[1][0] == "'=HYPERLINK(1)"


def test_a_file_is_not_taken_by_looking_nor_of_what_is_no_table(admin_as, several):
    client = admin_as("decider")
    of_steps = reverse("admin:applications_figures_download", args=["steps"])
    assert client.get(of_steps)["Location"].startswith(PAGE)
    assert client.post(of_steps.replace("steps", "people"))["Location"] == PAGE
    assert client.post(of_steps + "?npq=nonsense")["Location"].startswith(PAGE)
    assert not AuditEvent.objects.filter(action="applications.figures_taken").exists()


def test_staff_without_a_provider_have_none(client, world):
    assert sign_in(client, StaffFactory()).get(PAGE).status_code == 403


def test_an_empty_portal_has_figures_too(admin_as, world, portal_staff):
    assert reached(admin_as("portal_staff").get(PAGE)) == [0, 0, 0, 0]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_is_that_of_one(admin_as, world, portal_staff, django_assert_num_queries, rows):
    about = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    for _ in range(rows):
        ApplicationFactory(submitted=True, **about)
    client = admin_as("portal_staff")
    client.get(PAGE)
    with django_assert_num_queries(25):
        client.get(PAGE)
    assert Application.objects.count() == rows
