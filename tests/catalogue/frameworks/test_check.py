"""Which entries are statements, and what is said of the others."""

import pytest

from catalogue.frameworks.check import Statement, check
from catalogue.frameworks.read import Entry, FrameworkRefusedError

HEADINGS = ["Teaching", "School culture"]
GOOD = {"section": "Teaching", "number": "1.1", "kind": "learn that", "text": "Practice helps."}


def entry(where="Row 2", **other):
    return Entry(where, **{**GOOD, **other})


def problems(*entries):
    with pytest.raises(FrameworkRefusedError) as refused:
        check(entries, HEADINGS)
    return refused.value.problems


def test_a_statement():
    assert check([entry()], HEADINGS) == [Statement("Teaching", "learn_that", "1.1", "Practice helps.")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"section": "school  CULTURE"}, {"section": "School culture"}),
        ({"kind": "Learn-That"}, {"kind": "learn_that"}),
        ({"kind": "learn_how_to"}, {"kind": "learn_how_to"}),
        ({"text": "One\n  line\t"}, {"text": "One line"}),
        *(({"number": number}, {"number": number}) for number in ("7", "2.14", "3.1.2", "4b")),
    ],
)
def test_ways_of_writing(written, read):
    (statement,) = check([entry(**written)], HEADINGS)
    for name, value in read.items():
        assert getattr(statement, name) == value


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"section": ""}, "Row 2 has no section."),
        (
            {"section": "Trust culture"},
            "Row 2 has the section “Trust culture”. This framework has Teaching, School culture.",
        ),
        ({"kind": ""}, "Row 2 has no kind. Write learn that or learn how to."),
        ({"kind": "learn"}, "Row 2 has the kind “learn”. Write learn that or learn how to."),
        ({"number": ""}, "Row 2 has no number. Write one such as 7, 2.14 or 4b."),
        ({"number": "one"}, "Row 2 has the number “one”. Write one such as 7, 2.14 or 4b."),
        ({"number": "\u0661"}, "Row 2 has the number “\u0661”. Write one such as 7, 2.14 or 4b."),
        ({"text": " \n"}, "Row 2 has no text."),
        (
            {"text": "x" * 2001},
            "Row 2 has a text of 2,001 characters; 2,000 are the most. Is a quotation mark missing?",
        ),
    ],
)
def test_each_mistake_has_its_row(wrong, why):
    assert problems(entry(**wrong)) == (why,)


def test_a_number_twice():
    assert problems(entry(), entry("Row 3", number="1.2"), entry("Row 4", text="Another.")) == (
        "Row 4 has learn that 1.1 of Teaching again, after row 2. Did a spreadsheet drop a nought, as in 1.10?",
    )


def test_the_same_number_elsewhere():
    assert len(check([entry(), entry(kind="learn how to"), entry(section="School culture")], HEADINGS)) == 3


def test_all_mistakes_at_once_and_many_are_counted():
    told = problems(*(entry(f"Row {row}", section="", text="") for row in range(2, 14)))
    assert told[:3] == ("Row 2 has no section.", "Row 2 has no text.", "Row 3 has no section.")
    assert len(told) == 21
    assert told[-1] == "And 4 more."


def test_no_statement():
    assert problems() == ("The file has no statement.",)
