"""Shortcuts into the check, and what people type who mean them."""

import pytest

from funding.checker import ways
from funding.checker.questions import unanswered
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ChildcareSettingFactory, eleven


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Feltham Young Offender Institution", ["Young offender institution"]),
        ("childminder leeds", ["Childminder"]),
        ("virtual school kent", ["Virtual school"]),
        ("supply teacher", ["Supply teacher of a local authority"]),
        ("great ormond street HOSPITAL school", ["Hospital school"]),
        ("harris federation", ["Academy trust"]),
        ("oakwood primary", []),
        ("", []),
    ],
)
def test_what_is_typed_for_other_workplaces(typed, meant):
    assert [way.words for way in ways.meant_by(typed)] == meant


def test_no_way_is_told_twice():
    assert len({way.words for way in ways.ELSEWHERE}) == len(ways.ELSEWHERE)


def test_each_way_leads_further():
    for way in ways.ELSEWHERE:
        assert way.situation.tidy() == way.situation
    assert unanswered(ways.of_setting("EY101465")) is None


@pytest.mark.django_db
def test_the_first_page_offers_them(client):
    ChildcareSettingFactory(ofsted_urn="EY101465", name="Acorns")
    page = client.get("/funding/", {"q": "ey 101465"}).content.decode()
    assert "Acorns, Leeds" in page
    assert "ofsted=EY101465" in page
    assert "Do you mean:" in client.get("/funding/", {"q": "childminder"}).content.decode()
    assert "Do you mean:" not in client.get("/funding/", {"q": "oakwood"}).content.decode()


@pytest.mark.django_db
def test_an_institution_is_not_taken_to_be_a_childminder(client):
    eleven()
    TermFactory()
    for way in ways.ELSEWHERE:
        assert client.get("/funding/check/", dict(way.situation.pairs())).status_code == 200
