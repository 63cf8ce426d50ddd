"""The address says what is wanted; what it cannot mean is told and left out."""

import pytest
from django.http import QueryDict

from catalogue.finder.wanted import CHOSEN, Wanted
from tests.catalogue.finder.making import CHOICES


def read(query):
    return Wanted.read(QueryDict(query), CHOICES)


@pytest.mark.parametrize(
    "query",
    [
        "npq=headship&near=SK7+4AB&within=20&order=distance&page=3",
        "start=2027-01&mode=online&days=twilight&provider=teach-first&hub=EE1&places=funded&order=closing",
        "",
    ],
)
def test_what_was_read_is_written_again(query):
    assert read(query).address == "/courses/" + (f"?{query}" if query else "")


@pytest.mark.parametrize("name", [*CHOSEN, "page"])
def test_what_it_cannot_mean_is_told_and_left_out(name):
    wanted = read(f"{name}=frog")
    assert wanted == Wanted()
    assert len(wanted.not_known) == 1
    assert "“frog”" in wanted.not_known[0]


@pytest.mark.parametrize("name", [*CHOSEN, "near", "page"])
def test_empty_is_as_if_it_were_not_there(name):
    assert read(f"{name}=") == read("") == read(f"{name}=++")
    assert not read(f"{name}=").not_known


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "٣", "9" * 5_000, "²"])
def test_any_page_is_a_page(page):
    assert 1 <= read(f"page={page}").page <= 100_000


def test_what_is_long_or_not_text_is_cut():
    wanted = read(f"near=%00{'a' * 1_000}&mode={'b' * 1_000}")
    assert wanted.near == "a" * 80
    assert len(wanted.not_known[0]) < 80


def test_another_answer_goes_back_to_the_first_page():
    assert read("npq=headship&page=3").but(mode="online").address == "/courses/?npq=headship&mode=online"


def test_without_the_place_there_is_no_distance():
    assert read("near=SK7&within=20&mode=online").without("near").address == "/courses/?mode=online"
    assert read("near=SK7&within=20").without("within").address == "/courses/?near=SK7"


def test_nowhere_leaves_out_what_needs_a_place():
    wanted = read("near=Narnia&within=20&order=distance&mode=online").nowhere("the place “Narnia”")
    assert wanted.address == "/courses/?mode=online"
    assert wanted.not_known == ("the place “Narnia”",)
    assert read("near=x&order=closing").nowhere("").order == "closing"


@pytest.mark.parametrize("name", ["headship", "npq-headship", "NPQH"])
def test_an_npq_may_be_called_by_any_of_its_names(name):
    assert read(f"npq={name}").address == "/courses/?npq=headship"
