"""The queue's pages: found by the row beside them, in one total order, whatever moves meanwhile."""

from datetime import timedelta

import pytest

from applications.admin.queue import Queue, read, written
from applications.models import Application
from applications.models.queue import QUEUE_NUMBER, QUEUE_PLACE, QUEUE_SINCE
from tests.factories.applications import NOW, ApplicationFactory

PER_PAGE = 4


@pytest.fixture
def queue(admin_as, world, address, monkeypatch):
    """Asks for a page of four, and gives the list that it shows."""
    monkeypatch.setattr("applications.admin.application.ApplicationAdmin.list_per_page", PER_PAGE)
    client = admin_as("decider")

    def page(query="") -> Queue:
        return client.get(address("changelist") + query).context["cl"]

    return page


@pytest.fixture
def ten(world):
    """Ten of one moment: only their keys tell them apart."""
    form = ApplicationFactory(submitted=True, provider=world.ambition).form
    ApplicationFactory.create_batch(9, submitted=True, provider=world.ambition, form=form)
    return sorted(Application.objects.values_list("pk", flat=True))


def keys(page):
    return [row.pk for row in page.result_list]


def test_forth_and_back_every_row_once(queue, ten):
    first = queue()
    second = queue(first.next)
    third = queue(second.next)
    assert keys(first) + keys(second) + keys(third) == ten
    assert (first.previous, third.next) == ("", "")
    assert keys(queue(third.previous)) == keys(second)
    back = queue(queue(third.previous).previous)
    assert (keys(back), back.previous) == (keys(first), "")


def test_what_moves_meanwhile_makes_nothing_appear_twice_or_go_missing(queue, ten):
    first = queue()
    moved = keys(first)[-1]  # the very row that the next page is found by
    Application.objects.filter(pk=moved).update(state="withdrawn", state_since=NOW + timedelta(days=1))
    second = queue(first.next)
    assert keys(second) == ten[4:8]
    third = queue(second.next)
    assert keys(third) == [*ten[8:], moved]
    assert keys(queue(second.previous)) == [*ten[:3], ten[4]], "a first page is a whole one"


@pytest.mark.parametrize(
    "query",
    [
        "after=",
        "after=x",
        "after=1_2",
        "after=1_2_3_4",
        f"after=1_{'9' * 40}_2_x",
        "before=%00",
        "after=-1_-9_-9_z",
        "p=7",
    ],
)
def test_nonsense_gives_the_first_page(queue, ten, query):
    assert keys(queue(f"?{query}")) == ten[:PER_PAGE]


def test_beyond_the_last_there_is_a_way_back(queue, ten):
    far = queue(f"?after=99_0_{'9' * 16}_{'f' * 32}")
    assert keys(far) == []
    assert keys(queue(far.previous)) == ten[:PER_PAGE]


def test_filters_stay_from_page_to_page_and_pages_do_not_stay_in_filters(queue, ten, world):
    ApplicationFactory.create_batch(5, registered=True, provider=world.ambition)
    first = queue("?state=submitted")
    assert len(first.result_list) == PER_PAGE
    second = queue(first.next)
    assert keys(second) == ten[4:8]
    assert all("after" not in count.query for count in second.counts)


def test_a_place_is_read_as_it_was_written(ten):
    row = Application.objects.annotate(
        queue_place=QUEUE_PLACE, queue_number=QUEUE_NUMBER, queue_since=QUEUE_SINCE
    ).first()
    assert read(written(row)) == (row.queue_place, row.queue_number, row.queue_since, row.pk)
