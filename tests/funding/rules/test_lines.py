"""The batch interface, line by line: whatever the bytes, one line of JSON comes back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.rules.facts import Facts
from funding.rules.lines import answer_line
from tests.funding.rules.making import H, facts, school
from tests.funding.rules.strategies import any_facts, many

GOOD = json.dumps(facts("autumn-2026", H, establishment=school()).to_json()).encode()


def answered(raw, number=7):
    line, decided = answer_line(raw, number)
    assert line.isascii()
    assert "\n" not in line
    return json.loads(line), decided


def test_a_decision():
    decision, decided = answered(GOOD + b"\r\n")
    assert decided
    assert list(decision) == ["outcome", "reason", "trace", "would_change_it", "rules_version"]
    assert decision["outcome"] == decision["reason"] == "funded"
    assert decision["trace"][0] == {
        "check": "term_has_scholarships",
        "held": True,
        "because": "Autumn 2026 has scholarship funding",
    }


def test_an_incomplete_decision_is_a_decision():
    decision, decided = answered(b'{"term": "autumn-2026", "npq": "npq-headship"}')
    assert decided
    assert (decision["outcome"], decision["needs"]) == ("incomplete", "works_in_england")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the line is empty; it must be a JSON object of facts"),
        (b"  \r\n", "the line is empty; it must be a JSON object of facts"),
        (b"{", "the line is not JSON: Expecting property name enclosed in double quotes at column 2"),
        (b'{"term": "\xff"}', "the line is not UTF-8 text from byte 11 on"),
        (b"[1]", "the facts are an array; they must be an object"),
        (b'{"term": NaN}', "the line holds NaN, which is not JSON"),
        (b'{"term": -Infinity}', "the line holds -Infinity, which is not JSON"),
        (b"[" * 100_000, "the line is nested too deeply; facts are an object of plain values"),
        (b'{"a":' * 100_000, "the line is nested too deeply; facts are an object of plain values"),
        (b'{"term": ' + b"9" * 5000 + b"}", "the line holds a number too long to read; no fact is a number"),
    ],
    ids=["empty", "blank", "cut", "bytes", "array", "nan", "infinity", "arrays", "objects", "digits"],
)
def test_what_is_no_facts_gets_an_error_in_its_place(raw, message):
    assert answered(raw) == ({"error": message, "line": 7}, False)


def test_a_byte_order_mark_is_taken_off_the_first_line_alone():
    assert answered(b"\xef\xbb\xbf" + GOOD, number=1)[1]
    assert not answered(b"\xef\xbb\xbf" + GOOD, number=2)[1]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@many
@given(st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_raise(raw):
    answer, decided = answered(raw)
    assert not decided
    assert answer["line"] == 7


@many
@given(any_facts, st.sampled_from(sorted(Facts.__dataclass_fields__)), json_values)
def test_one_wrong_value_never_raises(given_facts, name, value):
    answer, decided = answered(json.dumps({**given_facts.to_json(), name: value}).encode())
    assert decided == ("error" not in answer)
