"""The address says what somebody said; what it cannot mean is told and left out."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from funding.checker.situation import READERS, Situation


def read(query: str) -> Situation:
    return Situation.read(QueryDict(query))


@pytest.mark.parametrize(
    "query",
    [
        "setting=early_years&kind=childminder&ofsted=EY101465",
        "setting=another_setting&employment=lead_mentor_for_accredited_itt_provider&itt=A+%26+B",
        "setting=school&workplace=100000&head=yes&npqh=studying&mastery=similar_course&term=autumn-2025",
        "setting=other&adviser=no&england=yes&had=npq-headship&had=npq-senco",
        "setting=school&authority=830",
        "england=no",
        "",
    ],
)
def test_what_was_read_is_written_again(query):
    assert read(query).pairs() == [
        (name, value) for name, value in QueryDict(query).lists() for value in value
    ]


@pytest.mark.parametrize("param", sorted(set(READERS) - {"workplace", "authority", "itt"}))
def test_what_it_cannot_mean_is_told_and_left_out(param):
    situation = read(f"{param}=frog")
    assert situation == Situation()
    assert len(situation.not_known) == 1
    assert "“frog”" in situation.not_known[0]


def test_what_nobody_was_funded_for_is_left_out():
    assert read("had=frog&had=npq-senco").had == {"npq-senco"}


@pytest.mark.parametrize(
    ("typed", "number"), [("ey 101 465", "EY101465"), (" 118032", "118032"), ("NONE", "none")]
)
def test_an_ofsted_number_is_written_as_ofsted_does(typed, number):
    assert read(urlencode({"ofsted": typed})).ofsted == number


@pytest.mark.parametrize("typed", ["\x00", "x" * 5000, "🐸", "1\u0663\u0664\u0665", "%ED%A0%80"])
def test_any_text_can_be_read(typed):
    query = QueryDict(mutable=True)
    for name in (*READERS, "had"):
        query[name] = typed
    situation = Situation.read(query)
    assert "\x00" not in f"{situation.workplace}{situation.itt}{situation.authority}"
    assert situation.setting is None


EARLY, ANOTHER = "setting=early_years&kind", "setting=another_setting&employment"
PRESCHOOL = f"{EARLY}=preschool_class_as_part_of_school"


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("setting=school&kind=childminder&ofsted=118032&workplace=100000", "setting=school&workplace=100000"),
        (f"{EARLY}=childminder&workplace=100000", f"{EARLY}=childminder"),
        (f"{PRESCHOOL}&ofsted=118032", PRESCHOOL),
        (f"{ANOTHER}=hospital_school&itt=A&adviser=yes", f"{ANOTHER}=hospital_school"),
        ("setting=school&workplace=100000&authority=830", "setting=school&workplace=100000"),
        ("setting=other&adviser=yes&employment=other", "setting=other&adviser=yes"),
    ],
)
def test_answers_that_nobody_in_this_setting_is_asked_for_are_dropped(query, left):
    assert read(query).tidy() == read(left)


def test_changing_an_answer_drops_what_hangs_on_it():
    childminder = read("setting=early_years&kind=childminder&ofsted=118032&head=yes")
    assert childminder.answering("setting", "other") == read("setting=other&head=yes")
    with pytest.raises(ValueError, match="frog"):
        childminder.answering("setting", "frog")
