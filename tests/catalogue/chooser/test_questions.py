"""Who is asked what, and what an address is read as."""

from datetime import date

import pytest

from catalogue.chooser.questions import unanswered
from catalogue.chooser.reading import pairs, read
from catalogue.chooser.vocabulary import Npq
from catalogue.models import Qualification


def said(words):
    query = dict(pair.split("=", 1) for pair in words.split())
    return read(query.get, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("", "role"),
        ("role=teacher", "next"),
        ("role=teacher next=head", "phase"),
        ("role=teacher next=head phase=primary", "head"),
        ("role=teacher next=head phase=primary head=no", "npqh"),
        ("role=teacher next=area phase=primary", "lead"),
        ("role=teacher next=area phase=primary lead=maths", "mastery"),
        ("role=teacher next=area phase=secondary lead=maths", None),
        ("role=teacher next=early_years phase=early_years", "level3"),
        ("role=senco next=senior phase=primary", "since"),
        ("role=senco next=senior phase=primary since=2025-09", "mainstream"),
        ("role=head next=executive phase=primary", "head"),
    ],
)
def test_the_next_question(words, asks):
    question = unanswered(said(words).answers)
    assert (question and question.param) == asks


def test_headship_is_asked_in_two_ways():
    head, other = said("role=head next=head phase=primary"), said("role=senior next=head phase=primary")
    assert unanswered(head.answers).words == "How long have you been a headteacher?"
    assert unanswered(other.answers).words == "Have you been appointed as a headteacher?"
    assert said("role=head next=head phase=primary head=appointed").not_known


def test_an_answer_that_nobody_asked_for_is_left_out():
    found = said("role=teacher next=senior phase=primary lead=maths since=2025-09 mastery=yes")
    assert pairs(found.answers) == [("role", "teacher"), ("next", "senior"), ("phase", "primary")]
    assert not found.not_known


def test_nonsense_is_told():
    found = said("role=queen next=head since=2025-02-31")
    assert found.answers == {"next": "head"}
    assert found.not_known == ("the answer “queen” to “What is your role now?”",)


def test_a_date_that_is_still_to_come_is_told_and_asked_again():
    found = said("role=senco next=senior phase=primary since=2027-01")
    assert found.not_known == ("the answer “2027-01” to “When were you appointed as SENCO?”",)
    assert unanswered(found.answers).param == "since"


def test_a_long_answer_is_cut():
    assert len(said(f"role={'x' * 5000}").not_known[0]) < 100


@pytest.mark.django_db
def test_the_npqs_are_the_catalogues(loaded):
    assert [npq.value for npq in Npq] == list(
        Qualification.objects.shown().order_by("position").values_list("slug", flat=True)
    )
