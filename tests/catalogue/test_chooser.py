"""/which-npq/: one question a page, then ranked advice; all that was said is in the address."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from catalogue.models import Offer, Qualification, Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
URL = "/which-npq/"
SENCO = {"role": "senco", "next": "same", "phase": "primary", "lead": "send", "mainstream": "yes"}
HEAD = {
    "role": "head",
    "next": "same",
    "phase": "primary",
    "lead": "school",
    "head": "new",
    "npqh": "completed",
}
MATHS = {"role": "teacher", "next": "area", "phase": "primary", "lead": "maths", "mastery": "similar_course"}


def see(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def heading(page):
    return words(re.search(r"<h1.*?</h1>", page, re.DOTALL)[0])


def ranked(page):
    return re.findall(r"<h2[^>]*>\d\. <a[^>]*>([^<]*)</a>", page)


def clock(page):
    return words(re.search(r'<div class="portal-act-now">.*?</div>', page, re.DOTALL)[0])


def test_asks_for_the_role_first(client):
    page = see(client)
    assert heading(page) == "What is your role now?"
    assert page.count('type="radio"') == 9
    assert "<title>What is your role now?" in page


def test_keeps_what_was_said(client):
    page = see(client, role="teacher")
    assert heading(page) == "What do you want to do next?"
    assert '<input type="hidden" name="role" value="teacher">' in page
    assert 'href="/which-npq/?role=teacher&change=role"' in page


def test_an_answer_can_be_changed_and_the_others_stay(client):
    page = see(client, **MATHS, change="lead")
    assert heading(page) == "What do you most want to lead?"
    assert 'value="maths" checked' in page
    for name in ("role", "next", "phase", "mastery"):
        assert f'<input type="hidden" name="{name}" value="{MATHS[name]}">' in page
    assert "<title>Error" not in page


def test_what_cannot_be_changed_is_not_asked(client, today):
    assert heading(see(client, **MATHS, change="since")).startswith("Your best fit")


@pytest.mark.parametrize(
    ("query", "missing", "field"),
    [
        ({"asked": "role"}, "Choose your role now", "id_role"),
        (
            {"role": "senco", "next": "senior", "phase": "primary", "asked": "since"},
            "Enter the month and year of your appointment",
            "id_since",
        ),
        (
            {"role": "senco", "next": "senior", "phase": "primary", "since_day": "31", "since_month": "2"},
            "Enter a real date",
            "id_since_year",
        ),
    ],
)
def test_a_form_without_an_answer_says_what_to_do(client, query, missing, field):
    page = see(client, **query)
    assert page.count(missing) == 2
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert "<title>Error: " in page


def test_a_date_in_parts_becomes_one_in_the_address(client):
    said = {"role": "senco", "next": "senior", "phase": "primary"}
    answer = client.get(URL, {**said, "since_day": "1", "since_month": "9", "since_year": "2025"})
    assert answer.status_code == 302
    assert answer["Location"] == "/which-npq/?role=senco&next=senior&phase=primary&since=2025-09-01"


def test_a_date_can_be_changed(client):
    page = see(client, **SENCO, since="2025-09-14", change="since")
    assert [part in page for part in ('value="14"', 'value="9"', 'value="2025"')] == [True] * 3


def test_a_date_may_be_unknown(client):
    page = see(client, role="senco", next="senior", phase="primary")
    assert 'href="/which-npq/?role=senco&next=senior&phase=primary&since=unknown"' in page


def test_the_advice(client, today):
    page = see(client, **HEAD)
    assert heading(page) == "Your best fit: Early headship coaching offer"
    assert ranked(page) == ["Early headship coaching offer", "Executive leadership"]
    assert "You are in your first five years as a headteacher." in page
    assert "You have completed it." in page.partition("What not to take now")[2]
    assert "7 lead providers in autumn 2026." in page


def test_it_leads_on(client, today):
    page = see(client, **HEAD)
    assert 'href="/compare/?npq=early-headship-coaching-offer&npq=executive-leadership"' in page
    assert 'href="/funding/check/?head=yes&npqh=completed"' in page
    assert 'href="/apply/?npq=npq-executive-leadership&head=yes&npqh=completed"' in page


def test_what_was_said_of_mastery_is_not_asked_again(client, today):
    page = see(client, **MATHS)
    assert 'href="/apply/?npq=npq-leading-primary-mathematics&mastery=similar_course"' in page
    assert 'href="/funding/check/?mastery=similar_course"' in page
    assert "The provider decides whether it shows" in page


def test_who_said_nothing_that_funding_asks_starts_at_its_search(client, today):
    page = see(client, role="middle", next="senior", phase="primary")
    assert 'href="/funding/"' in page.partition("</ol>")[2]
    assert 'href="/apply/?npq=npq-senior-leadership"' in page


def test_the_way_to_apply_carries_to_the_application(client, today):
    asked = client.get("/apply/?npq=npq-leading-primary-mathematics&mastery=similar_course").content.decode()
    assert "By a similar course" in asked


def test_no_applying_once_registration_is_over(client, today):
    Term.objects.filter(identifier="autumn-2026").update(registration_closes=date(2026, 11, 21))
    assert "/apply/?npq=" not in see(client, **HEAD)


def test_one_that_nobody_offers_says_so(client, today):
    Offer.objects.filter(qualification__code="NPQEL").delete()
    page = see(client, **HEAD)
    assert "Not offered in autumn 2026." in page
    assert "/apply/?npq=npq-executive-leadership" not in page


def test_the_senco_clock_names_the_day(client, today):
    told = clock(see(client, **SENCO, since="2026-09-14"))
    assert "within three years of your appointment: before 14 September 2029." in told
    assert "start by 14 November 2027" in told
    assert "No other NPQ meets this duty, as of 22 November 2026" in told


def test_the_senco_clock_by_the_month_names_no_day(client, today):
    told = clock(see(client, **SENCO, since="2026-09"))
    assert "They run out in September 2029, on the day of the month you were appointed." in told
    assert "start by November 2027" in told


def test_the_senco_clock_when_time_is_short(client, today):
    assert "longer than the time that is left" in clock(see(client, **SENCO, since="2025-09-14"))
    today(date(2029, 1, 1))
    assert "The three years have run out." in clock(see(client, **SENCO, since="2025-09-14"))


def test_the_length_is_the_catalogues(client, today):
    Qualification.objects.filter(code="NPQSENCO").update(total_months_high=24)
    assert "up to 24 months with its assessment: start by 14 September 2027" in clock(
        see(client, **SENCO, since="2026-09-14")
    )


def test_without_a_date_none_is_made_up(client, today):
    told = clock(see(client, **SENCO, since="unknown"))
    assert "If you were appointed on or after 1 September 2024" in told
    assert not re.search(r"20(2[5-9]|3\d)", told.replace("as of 22 November 2026", ""))


def test_an_unsure_school_is_told_with_an_if(client, today):
    told = clock(see(client, **{**SENCO, "mainstream": "unsure"}, since="2026-09-14"))
    assert told.startswith("If your school is a mainstream school, you must")


def test_a_senco_from_before_the_law(client, today):
    page = see(client, **SENCO, since="2023-09-01")
    assert "portal-act-now" not in page
    assert "they do not bind you as far as we know" in page


def test_nobody_else_reads_of_the_clock(client, today):
    assert "three years" not in see(client, **HEAD)


def test_nonsense_is_told_and_asked_again(client, today):
    page = see(client, **{**HEAD, "role": "<b>queen</b>"})
    assert heading(page) == "What is your role now?"
    assert "We do not know the answer “<b>queen</b>” to" in page
    assert "<b>queen</b>" not in client.get(URL, {"role": "<b>queen</b>"}).content.decode()


def test_it_is_found_from_home_and_the_list(client, today):
    for page in ("/", "/qualifications/"):
        assert f'href="{reverse("catalogue:chooser")}"' in client.get(page).content.decode()


@pytest.mark.parametrize(("query", "queries"), [({}, 1), (HEAD, 3)])  # one is the version of the catalogue
def test_queries(client, today, django_assert_num_queries, query, queries):
    with django_assert_num_queries(queries):
        client.get(URL, query)


def test_only_reading(client):
    assert client.post(URL).status_code == 405


def test_what_was_said_is_changed_by_its_name_as_it_is_written(client, today):
    told = words(see(client, **SENCO, since="2026-09-01"))
    assert "Change SENCO since" in told
    assert "Change role now" in told
