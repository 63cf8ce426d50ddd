"""The page of one NPQ."""

from datetime import date, time

import pytest
from django.utils.html import escape

from catalogue.models import CourseRun, LeadProvider, Offer, Qualification, TeachingSchoolHub, Term
from catalogue.queries import terms_taught
from tests.factories.catalogue import CourseRunFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def page(client, slug="headship"):
    answer = client.get(f"/qualifications/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def a_run():
    def make(**fields):
        return CourseRunFactory(
            **{
                "qualification": Qualification.objects.get(code="NPQH"),
                "term": Term.objects.get(identifier="autumn-2026"),
                "provider": LeadProvider.objects.get(name="Teach First"),
                "hub": TeachingSchoolHub.objects.get(code="EE1"),
                **fields,
            }
        )

    return make


def test_every_page_has_its_name_and_facts(client, today):
    for npq in Qualification.objects.shown():
        text = page(client, npq.slug)
        assert f"<title>{npq.name} ({npq.code}) - NPQ Portal</title>" in text
        assert escape(npq.audience) in text
        assert "as of" in text


def test_a_head_can_read_what_to_expect(client, today):
    text = page(client)
    assert "18 months of teaching" in text
    assert "About 1 to 2 hours a week" in text
    assert "About 2,500 words" in text
    assert "£1,949 plus VAT" in text
    assert "reference DfE-00182-2020" in text
    assert "554 KB" in text
    assert "Governance and accountability" in text


def test_providers_of_this_term_with_grades_that_were_seen(client, today):
    text = page(client)
    assert text.count(">UCL Institute of Education</a>") == 1
    assert "Ofsted: outstanding" in text
    assert "June 2024" in text
    assert "Education Development Trust" not in text


def test_nothing_uncertain_looks_sure(client, today):
    text = page(client, "senco")
    assert "<strong>Not confirmed.</strong> The exact headings" in text
    assert text.count("Not confirmed.") == 2
    assert "Not confirmed" not in page(client, "headship")


def test_the_law_stands_first(client, today):
    text = page(client, "senco")
    assert text.index("within three years of your appointment") < text.index("At a glance")


def test_links_to_funding_and_applying(client, today):
    text = page(client)
    assert 'href="/apply/?npq=npq-headship"' in text
    assert 'href="/funding/"' in text
    assert 'href="/compare/?npq=headship"' in text


def test_no_applying_once_registration_is_over(client, today):
    Term.objects.filter(identifier="autumn-2026").update(registration_closes=date(2026, 11, 21))
    assert "/apply/?npq=" not in page(client)


def test_no_applying_for_what_nobody_offers(client, today):
    Offer.objects.filter(qualification__code="NPQH").delete()
    text = page(client)
    assert "/apply/?npq=" not in text
    assert "No lead provider offers it in autumn 2026." in text


def test_without_course_dates(client, today):
    assert "No dates have been given to us yet" in page(client)


def test_a_run_with_its_sessions(client, a_run, today):
    run = a_run()
    SessionFactory(
        run=run,
        on=date(2027, 1, 13),
        starts_at=time(9, 30),
        ends_at=time(15),
        venue="The hall",
        postcode="CB1 1AA",
    )
    SessionFactory(run=run, on=None, online=True)
    text = page(client)
    assert "Starts 13 January 2027, Saffron Teaching School Hub" in text
    assert "Apply by 4 January 2027." in text
    assert "Wednesday 13 January 2027, 09:30 to 15:00" in text
    assert "The hall, CB1 1AA" in text
    assert "Date to be confirmed" in text


def test_a_run_without_a_date(client, a_run, today):
    a_run(starts_on=None, ends_on=None, apply_by=None)
    assert "Autumn 2026, start to be confirmed" in page(client)


def test_an_example_says_so(client, a_run, today):
    a_run(is_example=True)
    assert "Made up for demonstration." in page(client)


@pytest.mark.parametrize(
    "past",
    [
        {"starts_on": date(2026, 11, 21), "apply_by": None},
        {"state": CourseRun.State.CANCELLED},
        {"state": CourseRun.State.CLOSED},
    ],
)
def test_runs_that_are_over_are_not_offered(client, a_run, today, past):
    a_run(**past)
    assert "No dates have been given to us yet" in page(client)


@pytest.mark.parametrize("slug", ["additional-support-offer", "nothing", "npq-headship", "HEADSHIP"])
def test_an_unknown_or_hidden_npq_is_not_found(client, slug):
    assert client.get(f"/qualifications/{slug}/").status_code == 404


def test_only_reading(client):
    assert client.post("/qualifications/headship/").status_code == 405


def test_how_it_has_changed_term_by_term(client, today):
    text = page(client)
    history = text[text.index('id="history"') :]
    assert "Rewritten in 2021." in history
    history = history[history.index('id="terms"') :]
    assert history.index("Autumn 2026") < history.index("Spring 2026") < history.index("Autumn 2021")
    assert "The first in its present form. Scholarship funding without a limit on places." in history
    assert "Changed: scholarship funding for a limited number of places." in history
    assert "Changed: no scholarship funding. Offered by Best Practice Network, LLSE." in history


def test_no_term_before_its_first(client, today):
    text = page(client, "senco")
    assert "Autumn 2024" in text
    assert "Spring 2024" not in text


@pytest.mark.parametrize(
    ("code", "first"), [("NPQLPM", "Autumn 2023"), ("EHCO", "Autumn 2022"), ("NPQSENCO", "Autumn 2024")]
)
def test_each_is_told_from_its_first_term_on(client, code, first):
    *_, oldest = told = terms_taught(Qualification.objects.get(code=code))
    assert (oldest.term.name, oldest.began) == (first, True)
    positions = [each.term.position for each in told]
    assert positions == list(range(positions[0], positions[-1] - 1, -1))


def test_where_the_first_term_was_not_confirmed_only_terms_with_offers_stand(client, today):
    npq = Qualification.objects.get(code="NPQLPM")
    npq.first_term = None
    assert [each.term.name for each in terms_taught(npq)] == ["Autumn 2026", "Spring 2026"]
    assert not any(each.began for each in terms_taught(npq))


def test_the_framework_is_linked(client, today):
    text = page(client)
    assert 'href="/qualifications/headship/framework/"' in text
    assert 'href="/qualifications/headship/framework/governance-and-accountability/"' in text


def test_who_offers_it_stands_before_a_few_of_its_courses_and_a_link_to_all(client, a_run, today):
    for _ in range(5):
        a_run()
    text = page(client)
    assert text.index('id="providers"') < text.index('id="courses"') < text.index('id="price"')
    assert text.count("Starts 13 January 2027") == 4
    assert 'href="/courses/?npq=headship">See all Headship courses' in text
