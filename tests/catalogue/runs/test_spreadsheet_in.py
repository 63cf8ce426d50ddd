"""What a file of course runs would do, and each thing that is wrong with it, with its row."""

from datetime import date, time

import pytest

from catalogue.models import CourseRun, Session
from catalogue.spreadsheet.plan import plan
from tests.catalogue.runs.sheets import new_row, numbered, rows_of
from tests.factories.catalogue import (
    CourseRunFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    OfferFactory,
    QualificationFactory,
    SessionFactory,
    TermFactory,
)
from tests.people import PortalStaffFactory
from tests.queries import queries_of

DAY = date(2026, 11, 22)


@pytest.fixture
def rows(run, session):
    """The run with two sessions, as downloaded."""
    SessionFactory(run=run, position=2, title="Seminar", on=date(2027, 2, 24), online=True)
    return rows_of(run)


def looked_at(rows, user):
    return plan(numbered(rows), user, DAY)


def problems(rows, user):
    return [(problem.row, problem.text) for problem in looked_at(rows, user).problems]


def test_out_and_in_again_changes_nothing(staff, run, session, rows):
    figures = {"price": "890.50", "price_plus_vat": True, "price_as_of": DAY, "days": "twilight"}
    places = {
        "funded_places": 12,
        "funded_taken": 3,
        "places_as_of": DAY,
        "partner": DeliveryPartnerFactory(),
    }
    CourseRun.objects.filter(pk=run.pk).update(**figures, **places)
    Session.objects.filter(pk=session.pk).update(
        title="=1+1", venue="'@home", starts_at=time(9, 30, 15), facilitator="Jo “Bell”, head"
    )
    bare = CourseRunFactory(hub=run.hub, starts_on=None, ends_on=None, apply_by=None)
    made = looked_at(rows_of(run, bare), staff)
    assert (made.problems, made.added, made.changed, made.unchanged) == ([], [], [], 2)


@pytest.mark.parametrize("column", ["price_seen_on", "places_counted_on"])
def test_what_was_seen_was_seen_by_today(staff, rows, column):
    for row in rows:
        row |= {
            "price": "890",
            "price_seen_on": "22/11/2026",
            "funded_places": "3",
            "places_counted_on": "22/11/2026",
        }
    assert problems(rows, staff) == []
    for row in rows:
        row[column] = "23/11/2026"
    assert problems(rows, staff)[0][1] == f"{column}: Enter a day that has come: today or one before."


def test_a_run_whose_provider_left_comes_back_too(staff, run):
    type(run.provider).objects.update(left_on="January 2023")
    assert looked_at(rows_of(run), staff).unchanged == 1


def test_what_changes_is_told_in_words(staff, rows, session):
    for row in rows:
        row["state"] = "waiting list"
    rows[0] |= {"session_date": "20/01/2027", "taught_by": "Al Ray", "postcode": "sk74ab"}
    made = looked_at(rows, staff)
    (item,) = made.changed
    assert item.changes[0] == "State: Open → Waiting list"
    assert item.changes[1].startswith("Session: Opening day, 13 January 2027, 9:30 to 15:30")
    assert "→ Opening day, 20 January 2027, 9:30 to 15:30, The hall SK7 4AB, with Al Ray" in item.changes[1]
    assert item.people_are_told
    assert [each.pk for each in item.work.sessions] == [session.pk]


def test_nobody_is_told_of_a_price(staff, run):
    (row,) = rows_of(run)
    (item,) = looked_at(
        [row | {"price": "890", "price_seen_on": "22/11/2026", "vat_added": "yes"}], staff
    ).changed
    assert item.changes == [
        "Price: not known → £890.00",
        "Price: not known whether VAT is added → VAT is added",
        "Price seen on: not known → 22 November 2026",
    ]
    assert not item.people_are_told


def test_a_session_more(staff, rows):
    more = rows[0] | {"session": "", "session_date": "2027-03-03", "session_title": "Review"}
    (item,) = looked_at([*rows, more], staff).changed
    assert item.changes == [
        "Session added: Review, 3 March 2027, 9:30 to 15:30, The hall SK7 4AB, with Jo Bell"
    ]


def test_a_session_that_is_left_out_stays(staff, rows):
    assert looked_at(rows[:1], staff).unchanged == 1


@pytest.mark.parametrize("named", ["code", "name", "slug", "identifier"])
def test_runs_are_added_by_any_name_of_their_npq(staff, run, named):
    cells = {"npq": getattr(run.qualification, named).upper(), "run": "new 1", "starts_on": "2027-05-05"}
    one = new_row(run, **cells, session_date="2027-05-05")
    two = new_row(run, **cells, session_date="2027-06-09")
    other = new_row(run)
    made = looked_at([one, two, other], staff)
    assert made.problems == []
    assert [len(item.work.sessions) for item in made.added] == [2, 0]
    assert made.added[0].work.run.qualification == run.qualification


CHANGED = {
    "state": ({"state": "soon"}, "state has “soon”. Write one of Announced, Open, Full,"),
    "no state": ({"state": ""}, "state is empty. Write one of Announced"),
    "days": ({"days": "Sundays"}, "days has “Sundays”. Write one of"),
    "impossible": ({"starts_on": "31/02/2027"}, "starts_on: Enter a real date, like 03/12/2026."),
    "ends before": ({"ends_on": "2027-01-12"}, "ends_on: The course must end on or after 13 January 2027"),
    "apply after": ({"apply_by": "2027-01-14"}, "apply_by: The last day to apply must be 13 January 2027"),
    "price": ({"price": "a lot"}, "price: Enter the price in pounds"),
    "no day": ({"price": "890"}, "price_seen_on: Enter the day this price was seen."),
    "vat": ({"vat_added": "perhaps"}, "vat_added has “perhaps”. Write yes or no."),
    "places": (
        {"funded_places": "3", "funded_places_taken": "4", "places_counted_on": "2026-11-20"},
        "funded_places: There cannot be fewer places than the 4 taken.",
    ),
    "not a number": ({"paying_places": "ten"}, "paying_places: Enter a whole number, like 12."),
    "huge": (
        {"paying_places": "40000", "places_counted_on": "2026-11-20"},
        "paying_places: Enter a smaller number.",
    ),
    "venue": ({"postcode": ""}, "postcode: Enter the postcode of the venue."),
    "postcode": ({"postcode": "nowhere"}, "postcode: Enter a full postcode, like SK7 4AB."),
    "time": ({"session_starts": "25:00"}, "session_starts: Enter a real time, like 09:30."),
    "no date": ({"session_date": ""}, "session_date: Enter the date too, or leave out the times"),
    "no such hour": (
        {"session_date": "2027-03-28", "session_starts": "01:30"},
        "session_starts: There is no 01:30 on 28 March 2027: the clocks go forward",
    ),
    "another age": ({"starts_on": "0202-01-13"}, "starts_on: Enter a year from 2000 to 2099."),
    "a day of another age": (
        {"price": "890", "price_seen_on": "0202-11-22"},
        "price_seen_on: Enter a year from 2000 to 2099.",
    ),
    "no number": ({"price": "NaN", "price_seen_on": "2026-11-22"}, "price: Enter the price in pounds"),
    "order of times": ({"session_ends": "09:00"}, "session_ends: The session must end after 09:30"),
    "outside": ({"session_date": "2027-01-12"}, "Opening day: 12 January 2027 is before the course starts"),
    "online": ({"online": "maybe"}, "online has “maybe”. Write yes or no."),
    "long": ({"venue": "x" * 161}, "venue: Write 160 characters at most."),
    "whose": ({"npq": "npq-headship-2"}, "npq: course run "),
    "hub": ({"hub": "OTHER"}, "hub: course run "),
    "session": ({"session": "999999999"}, "session is 999999999, which this course run does not have."),
    "no session": ({"session": "one"}, "session is one, which this course run does not have."),
    "stale": (
        {"changed_at": "2026-01-01T00:00:00+00:00", "state": "Full"},
        "was changed after this file was made",
    ),
    "no time": ({"changed_at": "", "state": "Full"}, "was changed after this file was made"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_wrong_with_a_row(staff, run, session, name):
    cells, said = CHANGED[name]
    (row,) = rows_of(run)
    ((number, text),) = problems([row | cells], staff)
    assert number == 2
    assert said in text


NEW = {
    "no npq": ({"npq": ""}, "npq is empty. A new course run needs it."),
    "no hub": ({"hub": ""}, "hub is empty. A new course run needs it."),
    "an unknown term": (
        {"term": "autumn-2099"},
        "term has “autumn-2099”, and there is none to be chosen called that.",
    ),
    "an unknown hub": ({"hub": "OTHER"}, "hub has “OTHER”, and none of your hubs is called that."),
    "no start": ({"session_date": "2027-05-05"}, "Enter the day the course starts too"),
}


@pytest.mark.parametrize("name", NEW)
def test_what_is_wrong_with_a_new_run(staff, run, name):
    cells, said = NEW[name]
    ((number, text),) = problems([new_row(run, **cells)], staff)
    assert (number, said in text) == (2, True)


def test_a_formula_is_no_more_than_text(staff, run):
    ((_, text),) = problems([new_row(run, npq="=1+1")], staff)
    assert "npq has “=1+1”" in text


@pytest.mark.parametrize("key", ["999999999", "9" * 40, "٣"])
def test_a_run_that_is_not_there(staff, run, key):
    (row,) = rows_of(run)
    ((_, text),) = problems([row | {"run": key}], staff)
    assert "which is none of yours" in text


def test_another_hubs_run_is_as_one_that_never_was(staff, run, rival):
    (theirs,) = problems(rows_of(rival), staff)
    (nobodys,) = problems([rows_of(rival)[0] | {"run": str(rival.pk + 1_000)}], staff)
    assert theirs[1].replace(str(rival.pk), "") == nobodys[1].replace(str(rival.pk + 1_000), "")
    ((_, text),) = problems([new_row(rival)], staff)
    assert f"hub has “{rival.hub.code}”, and none of your hubs is called that." in text


def test_a_session_of_another_run_is_not_taken(staff, run, session, rival_session):
    (row,) = rows_of(run)
    ((_, text),) = problems([row | {"session": str(rival_session.pk)}], staff)
    assert "which this course run does not have" in text


def test_rows_that_say_the_same(staff, rows, run):
    assert problems([*rows, rows[0]], staff) == [(4, "It says the same as row 2. Take one of them out.")]
    new = new_row(run, run="new 1"), new_row(run, run="new 2")
    assert problems(new, staff) == [(3, "It adds the same course run as row 2. Take one of them out.")]
    again = rows[0] | {"session_title": "Another"}
    assert problems([rows[0], again], staff)[0][1].endswith("again, after row 2.")


def test_rows_of_one_run_that_do_not_agree(staff, rows):
    rows[1]["state"], rows[1]["price"] = "Full", "12"
    assert problems(rows, staff) == [(3, "state, price: not as in row 2, which is of the same course run.")]


def test_a_number_may_have_zeros_before_it(staff, rows):
    rows[1]["run"] = f"0{rows[1]['run']}"
    rows[1]["state"] = "Full"
    assert problems(rows, staff) == [(3, "state: not as in row 2, which is of the same course run.")]


def test_a_run_that_is_there_already_is_not_added_again(staff, run, session):
    """A file that is put in use twice."""
    (row,) = rows_of(run)
    ((_, text),) = problems([row | {"run": "new 1", "session": ""}], staff)
    assert text == f"This course run is there already, as number {run.pk}. Write {run.pk} in the column run."


def test_every_problem_of_the_file_in_the_order_of_its_rows(staff, run, session):
    (row,) = rows_of(run)
    wrong = [new_row(run, npq=""), row | {"state": "x", "days": "y"}, new_row(run, term="")]
    assert [number for number, _ in problems(wrong, staff)] == [2, 3, 3, 4]


def test_all_that_is_wrong_is_told_at_once_and_nothing_twice(staff, run, session):
    """Of one row: what it names, its choices, its figures, and its session."""
    (row,) = rows_of(run)
    wrong = {
        "npq": "npq-nothing",
        "state": "soon",
        "price": "a lot",
        "session": "",
        "online": "maybe",
        "session_ends": "09:00",
    }
    changed = row | wrong | {"changed_at": ""}
    new = new_row(run) | wrong | {"term": "", "session_date": "2027-01-13", "session_starts": "10:00"}
    found = problems([changed, new], staff)
    assert len(found) == len(set(found))
    about = [(number, text.partition(" ")[0].strip(":")) for number, text in found]
    assert sorted(about) == [
        (2, "Course"),
        (2, "npq"),
        (2, "online"),
        (2, "price"),
        (2, "session_ends"),
        (2, "state"),
        (3, "npq"),
        (3, "online"),
        (3, "price"),
        (3, "session_ends"),
        (3, "state"),
        (3, "term"),
    ]


def test_rows_that_disagree_are_still_looked_at(staff, rows):
    rows[0]["price"] = "a lot"
    rows[1] |= {"state": "Full", "postcode": "nowhere"}
    assert [(number, text[:9]) for number, text in problems(rows, staff)] == [
        (2, "price: En"),
        (3, "state, pr"),
        (3, "postcode:"),
    ]


def test_sessions_are_not_held_against_a_date_that_is_wrong_itself(staff, rows):
    for row in rows:
        row["starts_on"] = "soon"
    assert problems(rows, staff) == [(2, "starts_on: Enter a real date, like 03/12/2026.")]


def test_a_session_outside_is_told_in_its_own_row(staff, rows):
    rows[1]["session_date"] = "2027-01-12"
    ((number, text),) = problems(rows, staff)
    assert (number, text.startswith("Seminar: 12 January 2027 is before")) == (3, True)


def test_how_it_is_taught_may_stay_unknown(staff, run):
    (item,) = looked_at([new_row(run, mode="")], staff).added
    assert item.work.run.mode == ""


def test_what_may_be_a_slip_is_told_and_no_problem(staff, run):
    """An offer that is not known, and a past term."""
    OfferFactory(provider=run.provider, qualification=run.qualification, term=run.term)
    past = TermFactory(identifier="spring-2025", starts_on=None, registration_opens=None, position=0)
    made = looked_at([new_row(run), new_row(run, term="spring-2025")], staff)
    assert made.problems == []
    assert [len(item.doubts) for item in made.added] == [2, 0]
    assert made.doubtful == 1
    assert made.added[0].doubts[0] == f"{past} is a past term: nobody registers for it any more."


def test_a_run_moved_past_a_session_that_the_file_leaves_out(staff, run, rows):
    row = rows[1] | {"starts_on": "2027-02-01"}
    ((_, text),) = problems([row], staff)
    assert text.startswith("Opening day: 13 January 2027 is before the course starts")


def test_portal_staff_add_a_run_without_a_hub(run):
    made = looked_at([new_row(run, hub="", partner="")], PortalStaffFactory())
    assert made.problems == []
    assert made.added[0].work.run.hub is None


def test_nothing_hidden_or_left_is_chosen(staff, run):
    hidden, left = QualificationFactory(hidden=True), LeadProviderFactory(left_on="2024")
    rows = [new_row(run, npq=hidden.identifier), new_row(run, provider=left.name)]
    assert [text.partition(" ")[0] for _, text in problems(rows, staff)] == ["npq", "provider"]


def test_as_many_queries_for_many_rows(run):
    user = PortalStaffFactory()

    def rows():
        return [*rows_of(*CourseRun.objects.all()), new_row(run)]

    SessionFactory(run=run)
    few, many = rows(), None
    SessionFactory.create_batch(12)
    many = rows()
    assert queries_of(lambda: looked_at(few, user)) == queries_of(lambda: looked_at(many, user))
