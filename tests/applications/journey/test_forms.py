"""The form of each step: what it lets through, what it says otherwise."""

from datetime import date

import pytest

from applications.journey.choices import Choices
from applications.journey.forms import form_for
from applications.journey.offered import choices_on
from applications.journey.steps import BY_SLUG, STEPS
from applications.journey.walker import walk
from funding.models import IttProvider
from tests.factories.applications import ANSWERS, NOW
from tests.factories.funding import EstablishmentFactory

pytestmark = pytest.mark.django_db
NOTHING = Choices(terms={}, day=date(2026, 11, 22))


def form(slug, data, answers=None, choices=NOTHING):
    return form_for(BY_SLUG[slug], answers or {}, choices, data=data)


def message(slug, data, field=None):
    bound = form(slug, data)
    assert not bound.is_valid()
    return bound.errors[field or slug.replace("-", "_")][0]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_question_left_empty_says_what_to_do(step):
    bound = form_for(step, {}, NOTHING, data={})
    assert not bound.is_valid()
    assert {error for errors in bound.errors.values() for error in errors} <= {
        ask.missing for ask in step.asks
    }


@pytest.mark.parametrize("given", ["12 34 567", "1234567", " 1234567 "])
def test_a_trn_may_have_spaces(given):
    bound = form("trn", {"has_trn": "yes", "trn": given})
    assert bound.is_valid()
    assert bound.cleaned_data == {"has_trn": "yes", "trn": "1234567"}


@pytest.mark.parametrize("given", ["123456", "12345678", "abcdefg", "١٢٣٤٥٦٧", "1234567; drop"])
def test_a_trn_is_7_digits(given):
    assert message("trn", {"has_trn": "yes", "trn": given}) == "Enter 7 digits, for example 1234567"


def test_a_trn_is_asked_for_only_under_yes():
    assert message("trn", {"has_trn": "yes", "trn": ""}) == "Enter your teacher reference number"
    bound = form("trn", {"has_trn": "no", "trn": "rubbish"})
    assert bound.is_valid()
    assert bound.cleaned_data["trn"] == ""


def test_an_ofsted_number_is_tidied():
    bound = form("ofsted", {"has_number": "yes", "ofsted": "ey 101465"})
    assert bound.is_valid()
    assert bound.cleaned_data["ofsted"] == "EY101465"


def test_a_workplace_is_one_that_is_open():
    EstablishmentFactory(urn="800200")
    EstablishmentFactory(urn="800201", status_code="2")
    assert form("workplace", {"workplace": "800200"}).is_valid()
    for other in ("800201", "999999", "ukprn-1", "'; --", "x" * 5000):
        assert not form("workplace", {"workplace": other}).is_valid()


def test_an_option_that_is_not_offered_is_not_taken(world):
    choices = choices_on(NOW.date())
    answers = {"term": {"term": "autumn-2026"}, "npq": {"npq": "npq-leading-literacy"}}
    assert form("provider", {"provider": "ambition-institute"}, answers, choices).is_valid()
    assert not form("provider", {"provider": "teach-first"}, answers, choices).is_valid()


def test_only_approved_training_providers_are_listed():
    IttProvider.objects.create(legal_name="Approved Trust", operating_name="A", approved=True)
    IttProvider.objects.create(legal_name="Former Trust", operating_name="F", approved=False)
    assert form("itt-provider", {"itt_provider": "Approved Trust"}).is_valid()
    assert form("itt-provider", {"itt_provider": "not-listed"}).is_valid()
    assert not form("itt-provider", {"itt_provider": "Former Trust"}).is_valid()


def test_a_trust_pays_only_for_those_in_a_school_or_trust():
    def payers(setting):
        step = BY_SLUG["who-pays"]
        built = form_for(step, {"setting": {"setting": setting}}, NOTHING)
        return [choice[0] for choice in built.fields["who_pays"].choices]

    assert "trust" in payers("school")
    assert "trust" not in payers("early_years")


def born(day, month, year):
    return form("birth", {"day": day, "month": month, "year": year})


@pytest.mark.parametrize("given", [("27", "3", "1987"), (" 27", "03", "1987 "), ("29", "2", "1988")])
def test_a_date_of_birth(given):
    assert born(*given).is_valid()


@pytest.mark.parametrize(
    ("given", "wrong", "told"),
    [
        (("", "", " "), "day month year", "Enter your date of birth: a day, a month and a year"),
        (("", "3", "1987"), "day", "Enter the day too"),
        (("", "3", ""), "day year", "Enter the day and the year too"),
        (("27", "March", "1987"), "month", "Enter a month from 1 to 12, for example 3"),
        (("27", "13", "1987"), "month", "Enter a month from 1 to 12, for example 3"),
        (("27", "3", "198x"), "year", "Enter a year of 4 digits, for example 1987"),
        (("27", "3", "87"), "year", "Enter a year of 4 digits, for example 1987"),
        (("29", "2", "1987"), "day month year", "Enter a real date of birth, for example 27 3 1987"),
        (("0", "3", "1987"), "day", "Enter a day from 1 to 31, for example 27"),
        (("0", "0", "0"), "day month year", "Enter a day from 1 to 31, for example 27"),
        (("27", "3", "2016"), "year", "Enter a year of birth from 1925 to 2008"),
        (("27", "3", "1899"), "year", "Enter a year of birth from 1925 to 2008"),
        (("٢٧", "3", "1987"), "day", "Enter a day from 1 to 31, for example 27"),
    ],
)
def test_what_is_no_date_of_birth_says_once_what_to_do_and_marks_the_part(given, wrong, told):
    typed = born(*given)
    assert typed.errors == {wrong.split()[0]: [told]}
    assert typed.wrong_parts == set(wrong.split())


def test_a_walk_asks_again_for_a_date_that_is_none():
    answers = {**ANSWERS, "birth": {"day": "31", "month": "2", "year": "1987"}}
    assert "birth" not in walk(answers, NOTHING).answers


def test_funding_had_before_is_some_or_none():
    assert form("had", {"had": ["npq-senco", "npq-headship"]}).is_valid()
    assert form("had", {"had": ["none"]}).is_valid()
    both = form("had", {"had": ["npq-senco", "none"]})
    assert both.errors["had"] == ["Choose the NPQs that you had funding for, or only “None of them”"]
    assert not form("had", {"had": ["npq-unheard-of"]}).is_valid()


def test_an_unknown_field_is_not_kept():
    bound = form("name", {"name": "Ada", "state": "accepted"})
    assert bound.is_valid()
    assert bound.cleaned_data == {"name": "Ada"}


def test_a_name_may_be_long_and_not_endless():
    assert form("name", {"name": "Å" * 200}).is_valid()
    assert message("name", {"name": "a" * 201}) == "Use 200 characters or fewer"


@pytest.mark.parametrize(
    "name",
    [
        "Your account: http://evil.test",
        "a@evil.test",
        "www.evil-login.com verify now",
        "WWW.EVIL",
        "evil\uff0ecom",
        "Evil.Co.UK",
        "=cmd()",
        "1234",
        "\U0001f600",
    ],
)
def test_a_name_is_no_address_and_has_a_letter(name):
    assert message("name", {"name": name}).startswith("Enter your name alone: no web address, and no signs")


@pytest.mark.parametrize(
    "name", ["Seán O\u2019Brien-Nkemelu, née D'Arcy (Jr.)", "J.R.Smith", "Mary St. Clair", "王小明"]
)
def test_a_name_as_people_have_them(name):
    assert form("name", {"name": name}).is_valid()


def test_nothing_in_a_name_turns_it_round():
    turned = form("name", {"name": "Ada \u202egnp"})
    assert turned.is_valid()
    assert turned.cleaned_data["name"] == "Ada gnp"


def test_no_teacher_has_the_number_of_noughts():
    assert message("trn", {"has_trn": "yes", "trn": "0000000"}) == "Enter 7 digits, for example 1234567"
