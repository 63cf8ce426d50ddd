"""The questions' pages: saved as given, in order; one result for two posts, nothing from a stale one."""

import re

import pytest
from django.utils import timezone

from applications import actions
from applications.journey.decision import decide_for
from applications.journey.offered import choices_on
from applications.journey.steps import BY_SLUG, STEPS
from applications.models import Answer, Application
from applications.views import asked
from applications.views.step_extras import EXTRAS
from tests.factories.applications import ANSWERS, NOW, FundedPlacesFactory, draft_of, registered_by
from tests.factories.catalogue import LeadProviderFactory, OfferFactory, QualificationFactory, TermFactory
from tests.people import sign_in


@pytest.fixture
def draft(world, teacher):
    return draft_of(teacher)


@pytest.fixture
def fresh(world, teacher):
    return actions.start(by=teacher, now=NOW, carried={}, choices=choices_on(NOW.date()))


def answer(application, step, value):
    choices = choices_on(NOW.date())
    actions.answer(
        application=application, step=step, value=value, choices=choices, by=application.applicant, now=NOW
    )


def url(application, step):
    return f"/applications/{application.pk}/{step}/"


def page(client, application, step):
    return client.get(url(application, step)).content.decode()


def steps_answered(application):
    return set(application.answers.values_list("step", flat=True))


def hidden(html):
    return dict(re.findall(r'<input type="hidden" name="(funding|about)" value="(.*?)"', html))


def test_the_whole_way_by_hand(teacher_client, fresh):
    """Every question answered as a person would, page by page, to the reference."""
    at = url(fresh, "term")
    posts = {
        "term": {"term": "autumn-2026"},
        "england": {"england": "yes"},
        "setting": {"setting": "school"},
        "workplace": {"workplace": "800100"},
        "npq": {"npq": "npq-leading-literacy"},
        "who-pays": {"who_pays": "school"},
        "provider": {"provider": "ambition-institute"},
        "had": {"had": ["none"]},
        "name": {"name": "Ada Applicant"},
        "birth": {"day": "27", "month": "3", "year": "1987"},
        "trn": {"has_trn": "no"},
        "consent": {"consent": "on"},
    }
    visited = []
    while not at.endswith("/check-answers/"):
        slug = at.split("/")[-2]
        visited.append(slug)
        answers = posts.get(slug) or hidden(teacher_client.get(at).content.decode())
        response = teacher_client.post(at, answers)
        assert response.status_code == 302, slug
        at = response.url
    expected = "term england setting workplace npq had funding who-pays provider name birth trn consent"
    assert visited == expected.split()
    assert "Leading literacy" in teacher_client.get(at).content.decode()
    done = teacher_client.post(at)
    assert done.url == f"/applications/{fresh.pk}/registered/"
    confirmation = teacher_client.get(done.url).content.decode()
    assert Application.objects.get().reference in confirmation
    assert "What happens next" in confirmation


@pytest.mark.parametrize("step", [step.slug for step in STEPS if step.slug in {*ANSWERS, "funding"}])
def test_every_page_shows_what_was_answered_and_says_it_is_saved(teacher_client, draft, step):
    html = page(teacher_client, draft, step)
    assert html.count("<h1") == 1
    assert "Your answers are saved" in html


def test_an_empty_answer_says_what_to_do(teacher_client, fresh):
    response = teacher_client.post(url(fresh, "term"), {})
    html = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: When do you want to start?" in html
    assert html.count("Choose when you want to start") == 2  # in the summary and at the field
    assert not Answer.objects.exists()


def test_signing_in_elsewhere_goes_on_where_it_was_left(client, teacher, fresh):
    answer(fresh, "term", ANSWERS["term"])
    other_browser = sign_in(client, teacher)
    assert other_browser.get(f"/applications/{fresh.pk}/").url == url(fresh, "england")


def test_a_question_ahead_leads_to_the_one_to_answer_first(teacher_client, fresh):
    response = teacher_client.get(url(fresh, "npq"), follow=True)
    assert response.redirect_chain == [(url(fresh, "term"), 302)]
    assert "Answer this question first." in response.content.decode()


def test_posting_ahead_saves_nothing(teacher_client, fresh):
    assert teacher_client.post(url(fresh, "name"), {"name": "Ada"}).url == url(fresh, "term")
    assert not Answer.objects.exists()


def test_a_question_that_no_longer_applies_says_so(teacher_client, draft, teacher):
    answer(draft, "england", {"england": "no"})
    response = teacher_client.post(url(draft, "workplace"), {"workplace": "800100"}, follow=True)
    assert "does not apply to you any more" in response.content.decode()
    assert "workplace" not in steps_answered(draft)


def test_posting_twice_gives_one_answer(teacher_client, draft):
    first = teacher_client.post(url(draft, "name"), {"name": "Ada B"})
    second = teacher_client.post(url(draft, "name"), {"name": "Ada B"})
    assert first.url == second.url
    assert draft.answers.filter(step="name").count() == 1


def test_a_change_goes_back_to_check_answers(teacher_client, draft):
    assert teacher_client.post(url(draft, "name"), {"name": "Ada B"}).url == url(draft, "check-answers")


def test_a_change_that_takes_an_answer_away_goes_to_that_question(teacher_client, draft):
    assert teacher_client.post(url(draft, "npq"), {"npq": "npq-leading-literacy"}).url == url(
        draft, "funding"
    )


def test_a_funding_answer_about_other_facts_is_shown_again(teacher_client, draft):
    stale = hidden(page(teacher_client, draft, "funding"))
    teacher_client.post(url(draft, "npq"), {"npq": "npq-leading-literacy"})
    response = teacher_client.post(url(draft, "funding"), stale)
    assert response.status_code == 200
    assert "changed while you read it" in response.content.decode()
    assert "funding" not in steps_answered(draft)
    fresh = hidden(response.content.decode())
    assert teacher_client.post(url(draft, "funding"), fresh).url == url(draft, "who-pays")


def test_the_funding_page_says_why(teacher_client, draft):
    html = page(teacher_client, draft, "funding")
    assert "You are eligible for scholarship funding" in html
    assert "How we worked this out" in html


def test_the_provider_page_says_how_many_funded_places_are_left(teacher_client, draft, world):
    FundedPlacesFactory(provider=world.ambition, cap=3, taken=2)
    FundedPlacesFactory(provider=world.other, cap=3, taken=3)
    html = page(teacher_client, draft, "provider")
    today = f"{timezone.localdate():%-d %B %Y}"
    assert f"1 funded place left on {today}" in html
    assert f"No funded places left on {today}" in html
    assert "Example" not in html


def test_made_up_places_are_called_an_example(teacher_client, draft, world):
    FundedPlacesFactory(provider=world.ambition, cap=20, is_example=True)
    html = page(teacher_client, draft, "provider")
    assert "Example, not the provider&#x27;s figure: 20 funded places left" in html


def test_someone_who_is_not_funded_is_told_of_no_funded_places(teacher_client, teacher, world):
    FundedPlacesFactory(provider=world.ambition, qualification=world.literacy, cap=20)
    draft = draft_of(teacher, npq={"npq": "npq-leading-literacy"}, who_pays={"who_pays": "school"})
    assert draft.answers.get(step="funding").value["funding"] == "not_funded"
    assert "funded place" not in page(teacher_client, draft, "provider")


def test_choosing_an_npq_that_is_registered_leads_to_that_application(teacher_client, world, teacher):
    first = registered_by(teacher)
    second = draft_of(teacher, npq={"npq": "npq-leading-literacy"})
    response = teacher_client.post(url(second, "npq"), {"npq": "npq-headship"})
    assert response.url == f"/applications/{first.pk}/already/"


def test_what_was_told_in_an_earlier_application_is_filled_in(teacher_client, world, teacher):
    registered_by(teacher)
    second = draft_of(teacher, npq={"npq": "npq-leading-literacy"}, name=None, trn=None, seen=True)
    second.answers.create(step="who-pays", value={"who_pays": "self"}, answered_at=NOW)
    assert 'value="Ada Applicant"' in page(teacher_client, second, "name")
    teacher_client.post(url(second, "name"), {"name": "Ada Applicant"})
    assert 'value="1234567"' in page(teacher_client, second, "trn")


def test_a_dead_end_explains_and_offers_a_way_on(teacher_client, world, teacher):
    maths = QualificationFactory(identifier="npq-leading-primary-mathematics", name="Maths", position=5)
    OfferFactory(provider=world.ambition, qualification=maths, term=world.term)
    draft = draft_of(teacher, npq={"npq": maths.identifier}, mastery={"mastery": "no"}, seen=False)
    response = teacher_client.post(url(draft, "mastery-shown"), {"mastery_shown": "cannot_show"}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [(url(draft, "mastery-shown"), 302)]
    assert "You cannot register for leading primary mathematics yet" in html
    assert "Choose another NPQ" in html


def test_the_workplace_is_searched_without_javascript(teacher_client, draft):
    searched = teacher_client.post(url(draft, "workplace"), {"q": "oakwood"})
    assert searched.url == url(draft, "workplace") + "?q=oakwood"
    html = teacher_client.get(searched.url).content.decode()
    assert 'value="800100"' in html
    assert teacher_client.post(searched.url, {"workplace": "800100"}).status_code == 302


@pytest.mark.parametrize("query", ["a", "x" * 5000, "%_\\'\"", "\x00\x01", "💥", "   "])
def test_any_search_is_a_normal_page(teacher_client, draft, query):
    response = teacher_client.post(url(draft, "workplace"), {"q": query}, follow=True)
    assert response.status_code == 200
    assert teacher_client.get(url(draft, "workplace"), {"q": query, "page": "9" * 30}).status_code == 200


def test_extra_fields_change_nothing(teacher_client, draft, stranger):
    extra = {
        "name": "Ada",
        "state": "accepted",
        "applicant": stranger.pk,
        "funding_outcome": "funded",
        "funded_place": "true",
        "provider": "teach-first",
        "reference": "NPQ-222222",
    }
    teacher_client.post(url(draft, "name"), extra)
    stored = Application.objects.get()
    assert (stored.state, stored.reference, stored.applicant_id) == ("draft", None, draft.applicant_id)
    assert stored.answers.get(step="name").value == {"name": "Ada"}
    assert stored.answers.get(step="provider").value == {"provider": "ambition-institute"}


def test_a_registered_application_is_not_answered(teacher_client, world, teacher):
    application = registered_by(teacher)
    response = teacher_client.post(url(application, "name"), {"name": "Somebody Else"}, follow=True)
    assert "can no longer be changed" in response.content.decode()
    assert Application.objects.get().full_name == "Ada Applicant"


def test_a_term_without_rules_is_not_among_the_choices(teacher_client, world, draft):
    spring = TermFactory(identifier="spring-2027")
    OfferFactory(provider=world.ambition, qualification=world.headship, term=spring)
    assert "Spring 2027" not in page(teacher_client, draft, "term")
    draft.answers.filter(step="term").update(value={"term": "spring-2027"})
    assert teacher_client.get(url(draft, "funding")).url == url(draft, "term")


def test_without_a_term_to_register_for_a_draft_waits(teacher_client, world, draft):
    world.term.registration_closes = world.term.registration_opens
    world.term.save()
    response = teacher_client.get(f"/applications/{draft.pk}/", follow=True)
    assert response.redirect_chain[-1] == ("/apply/", 302)
    assert "Registration is closed" in response.content.decode()
    assert "npq" in steps_answered(draft)


def test_an_unknown_question_is_not_found(teacher_client, draft):
    assert teacher_client.get(url(draft, "favourite-colour")).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_asks_the_database_no_more_with_more_offered(
    teacher_client, world, teacher, count, django_assert_max_num_queries
):
    for _ in range(count):
        OfferFactory(provider=LeadProviderFactory(), qualification=world.headship, term=world.term)
    draft = draft_of(teacher)
    with django_assert_max_num_queries(12):
        teacher_client.get(url(draft, "provider"))


def test_only_questions_that_there_are_have_something_extra():
    assert EXTRAS.keys() <= BY_SLUG.keys()


def test_an_answer_costs_what_it_must(teacher_client, draft, django_assert_max_num_queries):
    """Choices are read once for the page's check and for the saving; the answers again, inside it."""
    with django_assert_max_num_queries(15):
        response = teacher_client.post(url(draft, "workplace"), {"workplace": "800100"})
    assert response.status_code == 302


@pytest.mark.parametrize("answered", [True, False])
def test_the_funding_is_decided_once_for_a_page(teacher_client, draft, answered, monkeypatch):
    if not answered:
        draft.answers.filter(step="funding").delete()
    decided = []
    monkeypatch.setattr(asked, "decide_for", lambda *given: decided.append(1) or decide_for(*given))
    assert "You are eligible" in page(teacher_client, draft, "funding")
    assert len(decided) == 1


def test_the_funding_is_decided_once_when_it_changed_meanwhile(teacher_client, draft, monkeypatch):
    decided = []
    monkeypatch.setattr(asked, "decide_for", lambda *given: decided.append(1) or decide_for(*given))
    response = teacher_client.post(
        url(draft, "funding"), {"funding": "not_funded", "about": "something else"}
    )
    assert "changed while you read it" in response.content.decode()
    assert len(decided) == 1
