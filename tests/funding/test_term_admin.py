"""Portal staff add terms, and open and close registration for them; never for one without funding rules."""

from datetime import date

import pytest

from catalogue.models import Term
from npq_portal.audit.models import AuditEvent
from tests.factories.catalogue import TermFactory
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/catalogue/term/add/", "/admin/catalogue/term/"
NEW = {"identifier": "autumn-2027", "name": "Autumn 2027", "position": "14", "funding": "capped", "note": ""}
DATES = {"registration_opens": "2026-06-23", "registration_closes": "2026-12-04"}


@pytest.fixture
def dfe(client):
    return sign_in(client, PortalStaffFactory())


def page_of(term):
    return f"/admin/catalogue/term/{term.pk}/change/"


def answers(term, **changed):
    given = {"name": term.name, "position": term.position, "starts_on": "2026-11-01", "note": ""}
    return given | {"funding": "capped"} | DATES | changed


def test_a_term_is_added_before_its_rules_and_stays_closed(dfe):
    assert 'value="1"' in dfe.get(ADD).content.decode()
    assert dfe.post(ADD, NEW).status_code == 302
    term = Term.objects.get()
    assert (term.identifier, term.registration_opens) == ("autumn-2027", None)
    assert AuditEvent.objects.about(term).get().new["identifier"] == "autumn-2027"
    assert "No: no funding rules yet" in dfe.get(LIST).content.decode()


@pytest.mark.parametrize("dates", [DATES, {"registration_opens": "2027-06-01"}])
def test_without_rules_it_is_not_opened(dfe, dates):
    page = dfe.post(ADD, NEW | dates).content.decode()
    assert "no funding rules in this release" in page
    assert not Term.objects.exists()
    term = TermFactory(identifier="autumn-2027", registration_opens=None, registration_closes=None)
    assert "no funding rules" in dfe.post(page_of(term), answers(term) | dates).content.decode()
    term.refresh_from_db()
    assert term.registration_opens is None


def test_the_page_names_terms_that_have_rules_and_no_row(dfe):
    assert "There are rules for" in dfe.get(ADD).content.decode()


def test_closing_a_term(dfe):
    term = TermFactory()
    assert dfe.post(page_of(term), answers(term)).status_code == 302
    assert Term.objects.get().registration_closes == date(2026, 12, 4)
    assert AuditEvent.objects.about(term).get().new["registration_closes"] == "2026-12-04"


def test_its_identifier_stays(dfe):
    term = TermFactory()
    assert dfe.post(page_of(term), answers(term, identifier="spring-2027")).status_code == 302
    assert Term.objects.get().identifier == "autumn-2026"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"registration_closes": "2026-06-22"}, "Enter a last day that is not before the first."),
        ({"registration_opens": ""}, "Enter the first day of registration too."),
    ],
)
def test_dates_that_make_no_window(dfe, wrong, told):
    term = TermFactory()
    assert told in dfe.post(page_of(term), answers(term, **wrong)).content.decode()
    assert not AuditEvent.objects.about(term).exists()


def test_an_identifier_and_a_name_are_one_term_s(dfe):
    TermFactory(identifier="autumn-2027", name="Autumn 2027")
    page = dfe.post(ADD, NEW).content.decode()
    assert "already exists" in page
    assert Term.objects.count() == 1
