"""Facts from JSON: what may be left out, and what each wrong shape is told."""

from datetime import date

import pytest

from funding.rules.facts import Establishment, Facts, FactsError
from funding.rules.vocabulary import EstablishmentKind, ListKind, Npq, Setting, Term

WHOLE = {
    "term": "autumn-2026",
    "npq": "npq-headship",
    "works_in_england": True,
    "setting": "school",
    "early_years_kind": None,
    "employment": None,
    "establishment": {
        "kind": "school",
        "urn": "100000",
        "ukprn": "10000000",
        "type_code": "1",
        "status_code": "1",
        "la_code": "201",
        "lists": ["pp50-schools", "rise"],
    },
    "itt_provider_approved": False,
    "referred_by_return_to_teaching_adviser": False,
    "new_headteacher": False,
    "npqh_status": None,
    "previously_funded": ["npq-senco"],
}


def test_the_object_of_the_batch_interface():
    facts = Facts.from_json(WHOLE)
    assert facts.to_json() == WHOLE
    assert facts.setting is Setting.SCHOOL
    assert facts.establishment.lists == {ListKind.PP50_SCHOOLS, ListKind.RISE}
    assert facts.previously_funded == {Npq.SENCO}


def test_term_and_npq_are_enough():
    facts = Facts.from_json({"term": "autumn-2026", "npq": "npq-senco"})
    assert facts == Facts(Term.AUTUMN_2026, Npq.SENCO)
    assert facts.works_in_england is None
    assert facts.new_headteacher is False


def test_an_explicit_null_is_not_known_yet():
    facts = Facts.from_json({**WHOLE, "new_headteacher": None, "previously_funded": None})
    assert facts.new_headteacher is None
    assert facts.previously_funded == frozenset()


def test_the_day_is_kept_when_given():
    facts = Facts.from_json({**WHOLE, "decided_on": "2025-04-02"})
    assert facts.decided_on == date(2025, 4, 2)
    assert facts.to_json()["decided_on"] == "2025-04-02"


def test_plain_text_is_taken_for_an_enumerated_fact():
    assert Facts("autumn-2026", "npq-senco", setting="school").setting is Setting.SCHOOL
    assert Establishment("school", type_code="015").is_nursery_school
    with pytest.raises(ValueError, match="boat"):
        Facts("autumn-2026", "npq-senco", setting="boat")


def test_what_the_rules_do_not_read_is_welcome_and_not_kept():
    described = {"kind": "school", "name": "St Example's", "phase": "Primary", "pupils": 210}
    assert Establishment.from_json(described) == Establishment(EstablishmentKind.SCHOOL)


KINDS = "school, childcare, local_authority, post16"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"setting": "boat"}, 'setting is "boat"; it must be one of school, academy_trust, 16_to_19, '
                              "early_years, another_setting, other"),
        ({"npqh_status": 1},
         "npqh_status is a number; it must be one of completed, studying, will_start, none"),
        ({"works_in_england": "yes"}, 'works_in_england is "yes"; it must be true, false or null'),
        ({"new_headteacher": 0}, "new_headteacher is a number; it must be true, false or null"),
        ({"establishment": []}, "establishment is an array; it must be an object or null"),
        ({"establishment": {}}, f"establishment.kind is missing; it must be one of {KINDS}"),
        ({"establishment": {"kind": "shop"}}, f'establishment.kind is "shop"; it must be one of {KINDS}'),
        ({"establishment": {"kind": "school", "la_code": 201}},
         'establishment.la_code is a number; it must be text in quotes, such as "201", or null'),
        ({"establishment": {"kind": "school", "lists": "rise"}},
         'establishment.lists is "rise"; it must be an array of text'),
        ({"establishment": {"kind": "school", "lists": ["rise", None]}},
         "establishment.lists[1] is null; it must be one of pp50-schools, pp50-16-to-19, rise, childminders, "
         "disadvantaged-early-years, local-authority-nurseries, high-pupil-premium-2021"),
        ({"establishment": {"kind": "school", "list": []}},
         'establishment has no fact called "list"; it has kind, urn, ukprn, type_code, status_code, la_code, '
         "lists, name, phase, pupils"),
        ({"previously_funded": {}}, "previously_funded is an object; it must be an array of text"),
        ({"decided_on": "2 April"},
         'decided_on is "2 April"; it must be a day such as "2025-04-02", or null'),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_named(wrong, message):
    with pytest.raises(FactsError) as caught:
        Facts.from_json({**WHOLE, **wrong})
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ["term", "npq"])
def test_what_cannot_be_left_out(name):
    with pytest.raises(FactsError, match=f"^{name} is missing; it must be one of "):
        Facts.from_json({key: value for key, value in WHOLE.items() if key != name})


def test_a_misspelt_fact_is_not_read_as_missing():
    with pytest.raises(FactsError, match=r'^the object has no fact called "new_head_teacher"; it has term, '):
        Facts.from_json({**WHOLE, "new_head_teacher": True})


@pytest.mark.parametrize(
    ("data", "what"), [(None, "null"), ([], "an array"), ("x", '"x"'), (1.5, "a number")]
)
def test_only_an_object_is_facts(data, what):
    with pytest.raises(FactsError, match=f"^the facts are {what}; they must be an object$"):
        Facts.from_json(data)


def test_a_long_or_strange_value_is_quoted_short():
    with pytest.raises(FactsError) as caught:
        Facts.from_json({**WHOLE, "term": "\ud800\n" + "x" * 1_000_000})
    assert str(caught.value).startswith('term is "\\ud800\\nxxx')
    assert len(str(caught.value)) < 400
