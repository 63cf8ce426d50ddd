"""The waiting list where staff work: its order and numbers are the list's own, in the queue and in the file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application
from tests.factories.applications import NOW, ApplicationFactory, FundedPlacesFactory, ProviderFormFactory

LIST = reverse("admin:applications_application_changelist")
EXPORT = reverse("admin:applications_application_export")


@pytest.fixture
def line(world):
    """Three on one list, the last to come moved to its head; and one on another."""
    like = {"provider": world.ambition, "term": world.term, "form": ProviderFormFactory()}
    numbers = {"Second": 12, "Third": 13, "First": 11}
    rows = [
        ApplicationFactory(
            waiting_list=True,
            full_name=name,
            waiting_number=number,
            state_since=NOW + timedelta(days=day),
            qualification=world.headship,
            **like,
        )
        for day, (name, number) in enumerate(numbers.items())
    ]
    ApplicationFactory(
        waiting_list=True, full_name="Alone", waiting_number=99, qualification=world.literacy, **like
    )
    return rows


def test_the_queue_is_in_the_order_of_the_list_and_says_the_number(admin_as, line):
    page = admin_as("decider").get(LIST)
    shown = [(row.full_name, row.line_place) for row in page.context["cl"].result_list]
    assert shown == [("First", 1), ("Second", 2), ("Third", 3), ("Alone", 1)]
    html = page.content.decode()
    assert [html.count(f">number {place}<") for place in (1, 2, 3)] == [2, 1, 1]


def test_the_file_says_the_number_in_the_same_order(admin_as, line):
    ApplicationFactory(submitted=True, full_name="Elsewhere", provider=line[0].provider)
    answer = admin_as("decider").post(EXPORT, {"column": ["name", "line"]})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
    assert sorted(rows[0].split(",")) == ["", "Elsewhere"]
    assert [set(row.split(",")) for row in rows[1:]] == [
        {"1", "First"},
        {"2", "Second"},
        {"3", "Third"},
        {"1", "Alone"},
    ]


@pytest.mark.parametrize(
    ("funding", "cap", "offered"), [("funded", 1, True), ("funded", 0, False), ("review", 1, False)]
)
def test_a_place_is_offered_where_there_is_one_to_offer(admin_as, line, funding, cap, offered):
    waits = line[0]
    Application.objects.filter(pk=waits.pk).update(funding_outcome=funding)
    FundedPlacesFactory(
        provider=waits.provider, qualification=waits.qualification, term=waits.term, cap=cap, taken=0
    )
    client = admin_as("decider")
    screen = client.get(reverse("admin:applications_application_change", args=[waits.pk])).content.decode()
    address = reverse("admin:applications_application_offer", args=[waits.pk])
    assert (address in screen) is offered
    assert ("Hold a place, and tell the applicant" in client.get(address).content.decode()) is offered
