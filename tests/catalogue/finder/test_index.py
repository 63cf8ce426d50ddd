"""The finder's index: read once for a version of the catalogue, and no longer good after a change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest
from django.db import connection

from catalogue.finder import index
from catalogue.finder.index import index_as_of, index_now, members, read_index, set_of
from catalogue.finder.place import Place
from catalogue.models import CourseRun
from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import CourseRunFactory, PostcodeAreaFactory, SessionFactory

HERE = Place("SK7", 390_000, 380_000)


@pytest.fixture
def kept_index(fresh_index, monkeypatch):
    """As outside tests."""
    monkeypatch.setattr(index, "KEPT", 2)


def keys(found, runs):
    return found.keys(members(runs))


@pytest.mark.parametrize("places_in", [[], [0], [7, 8], [0, 63, 64, 19_999]])
def test_a_set_has_what_was_put_into_it_in_order(places_in):
    assert list(members(set_of(reversed(places_in)))) == places_in


@pytest.mark.django_db
def test_without_runs_there_is_nothing_in_it():
    found = read_index(DAY)
    assert (found.ids, found.to_join, list(found.outward(HERE))) == ((), 0, [])


@pytest.mark.django_db
def test_cancelled_runs_are_known_and_not_to_join():
    cancelled, run = CourseRunFactory(state="cancelled"), CourseRunFactory()
    found = read_index(DAY)
    assert (keys(found, found.to_join), keys(found, found.cancelled)) == ([run.pk], [cancelled.pk])


@pytest.mark.django_db
def test_outward_the_nearest_come_first_and_equally_far_ones_together():
    places()
    far, near = run_at("M1"), run_at("SK8", starts_on=date(2027, 2, 1))
    SessionFactory(run=far, position=2, postcode="SK8 1AA")
    run_at("SK7", mode="online")
    found = read_index(DAY)
    told = [(round(squared**0.5 / 1609), keys(found, runs)) for squared, runs in found.outward(HERE)]
    assert told == [(10, [far.pk, near.pk]), (20, [far.pk])]


@pytest.mark.django_db
def test_equally_far_in_two_directions_is_as_far():
    north, south = (
        PostcodeAreaFactory(outward_code=code, easting=HERE.easting, northing=HERE.northing + metres)
        for code, metres in (("SK8", 1_000), ("M1", -1_000))
    )
    runs = [run_at(area.outward_code).pk for area in (south, north)]
    found = read_index(DAY)
    assert [(squared, keys(found, there)) for squared, there in found.outward(HERE)] == [(1_000_000, runs)]


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_index")
def test_of_the_same_version_it_is_read_once(django_assert_num_queries):
    CourseRunFactory()
    first = index_as_of("one", DAY)
    with django_assert_num_queries(0):
        assert index_as_of("one", DAY) is first
    assert index_as_of("another", DAY) is not first
    assert index_as_of("one", date(2026, 11, 23)) is not first


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_index")
def test_the_newest_two_are_kept(django_assert_num_queries):
    kept = [index_as_of(version, DAY) for version in ("one", "two", "three")]
    with django_assert_num_queries(0):
        assert [index_as_of(version, DAY) for version in ("two", "three")] == kept[1:]
    assert index_as_of("one", DAY) is not kept[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_index")
def test_while_one_is_read_who_asks_for_another_does_not_wait(monkeypatch):
    first = index_as_of("one", DAY)
    inside, go_on = Event(), Event()

    def slow(day):
        inside.set()
        assert go_on.wait(10)
        return first

    monkeypatch.setattr(index, "read_index", slow)
    with ThreadPoolExecutor(1) as people:
        reading = people.submit(index_as_of, "two", DAY)
        assert inside.wait(10)
        assert index_as_of("one", DAY) is first
        go_on.set()
        reading.result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_index")
def test_a_change_is_found_as_soon_as_it_is_committed():
    run = CourseRunFactory(mode="online")
    assert keys(index_now(DAY), index_now(DAY).online) == [run.pk]
    CourseRun.objects.filter(pk=run.pk).update(mode="blended")
    assert index_now(DAY).online == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_index")
def test_of_several_who_ask_at_once_one_reads(monkeypatch):
    reads = []
    monkeypatch.setattr(index, "read_index", lambda day: reads.append(day) or read_index(day))
    together = Barrier(6)

    def ask(_):
        together.wait()
        try:
            return index_as_of("one", DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        assert len({id(each) for each in people.map(ask, range(6))}) == 1
    assert len(reads) == 1
