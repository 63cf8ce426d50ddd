"""The list of applications as a file: whose rows, which columns, what is kept back, what is recorded."""

import csv
import io

import pytest

from applications import actions
from applications.access import sees_hidden_answers
from applications.export import take as taking
from applications.export.columns import Reader, columns_for
from applications.models import Application, ProviderForm
from applications.states import State
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.viewing import SEARCH
from tests.factories.applications import LATER, ApplicationFactory, registered_by, staff_of, submitted_by
from tests.people import UserFactory, sign_in

ACCESS_NEEDS = "form.access-needs"


def download(client, address, *columns, query=""):
    answer = client.post(address("export") + query, {"column": columns or ("reference", "name")})
    assert answer["Content-Type"].startswith("text/csv"), answer.content.decode()
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def offered(client, address):
    return {choice for choice, _ in client.get(address("export")).context["form"].fields["column"].choices}


def test_the_chosen_columns_of_what_one_sees(admin_as, theirs, rival, decider, address):
    (row,) = download(admin_as("decider"), address, "reference", "name", "state", "npq", "form.why-this-npq")
    assert (row["Reference"], row["Name"], row["NPQ"]) == (theirs.reference, "Ada Applicant", "Headship")
    assert row["State"] == theirs.status.label
    assert "To lead well." in row.values()
    assert download(admin_as("rival"), address) == []


def test_the_filters_and_the_search_of_the_list_hold(admin_as, world, theirs, decider, address):
    other = registered_by(UserFactory(), name={"name": "Bea Other"})
    client = admin_as("decider")
    assert {row["Reference"] for row in download(client, address)} == {theirs.reference, other.reference}
    assert [row["Name"] for row in download(client, address, query="?q=bea")] == ["Bea Other"]
    assert download(client, address, query="?funding_outcome__exact=review") == []
    assert "1 application" in client.get(address("export") + "?q=bea").content.decode()
    assert client.get(address("export") + "?applicant__email__startswith=a").status_code == 400


def test_a_formula_is_text(admin_as, theirs, decider, address):
    Application.objects.update(full_name="=HYPERLINK(1)")
    assert download(admin_as("decider"), address)[0]["Name"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("role", [MemberRole.SCORER, MemberRole.VIEWER])
def test_access_needs_are_no_column_for_those_who_may_never_read_them(client, world, theirs, address, role):
    client = sign_in(client, staff_of(world.ambition, role))
    assert "form.why-this-npq" in offered(client, address)
    assert ACCESS_NEEDS not in offered(client, address)
    answer = client.post(address("export"), {"column": [ACCESS_NEEDS]})
    assert "Choose the columns again" in answer.content.decode()


@pytest.mark.parametrize("who", ["decider", "portal_staff"])
def test_access_needs_are_filled_in_once_somebody_is_accepted(
    admin_as, world, theirs, decider, portal_staff, address, who
):
    waiting = submitted_by(UserFactory())
    actions.accept(application=theirs, funded_place=False, by=decider, now=LATER)
    rows = download(admin_as(who), address, "reference", ACCESS_NEEDS)
    (label,) = set(rows[0]) - {"Reference"}
    assert {row["Reference"]: row[label] for row in rows} == {
        theirs.reference: "A quiet room.",
        waiting.reference: "",
    }


def test_who_may_read_is_as_on_the_screen(world, decider, rival, portal_staff):
    scorer = staff_of(world.ambition, MemberRole.SCORER)
    about = {"qualification": world.headship, "term": world.term}
    every = [
        ApplicationFactory(provider=world.ambition, applicant=applicant, **{trait: True}, **about)
        for applicant, trait in (
            (UserFactory(), "submitted"),
            (UserFactory(), "accepted"),
            (decider, "accepted"),
        )
    ]
    for user in (decider, rival, portal_staff, scorer, every[0].applicant):
        for application in every:
            said = Reader.of(user, LATER).may_read_hidden(application)
            assert said == sees_hidden_answers(user, application, LATER), (user, application.state)


def test_equality_answers_are_no_column_of_anybody(admin_as, theirs, portal_staff, address):
    theirs.form_answers.create(question="ethnic-group", value="White", answered_at=LATER)
    assert not [key for key in offered(admin_as("portal_staff"), address) if "ethnic" in key]


def test_what_is_not_sent_yet_is_not_in_it(admin_as, world, theirs, decider, teacher, address):
    application = registered_by(UserFactory())
    by = application.applicant
    actions.save_form(
        application=application, answers={"why-this-npq": "Half a thought"}, sponsor=None, by=by, now=LATER
    )
    rows = download(admin_as("decider"), address, "reference", "form.why-this-npq")
    assert "Half a thought" not in str(rows)


def test_a_form_past_reading_leaves_its_questions_out(admin_as, portal_staff, address):
    ApplicationFactory(submitted=True, form__questions=[{"kind": "no such"}])
    assert not [key for key in offered(admin_as("portal_staff"), address) if key.startswith("form.")]
    assert ProviderForm.objects.exists()


def test_taking_it_is_recorded_without_what_was_searched_for(admin_as, theirs, decider, address):
    admin_as("decider").post(
        address("export") + "?q=Ada+Applicant&term__id__exact=", {"column": ["name", "state"]}
    )
    taken = AuditEvent.objects.get(action="applications.exported")
    assert taken.new == {"rows": 1, "columns": ["state", "name"], "filters": {SEARCH: "(not kept)"}}
    assert taken.actor == f"user:{decider.pk}"


def test_no_column_is_told(admin_as, theirs, decider, address):
    html = admin_as("decider").post(address("export")).content.decode()
    assert "Tick at least one column." in html
    assert "<title>Error: " in html
    assert not AuditEvent.objects.filter(action="applications.exported").exists()


def test_rows_are_read_as_they_are_sent(world, portal_staff, monkeypatch):
    """However many: at no time more than AT_ONCE of them, and two queries for each such part."""
    for _ in range(25):
        ApplicationFactory(submitted=True)
    monkeypatch.setattr(taking, "AT_ONCE", 10)
    made = []
    real = Application.from_db.__func__

    def counted(cls, *row):
        made.append(1)
        return real(cls, *row)

    monkeypatch.setattr(Application, "from_db", classmethod(counted))
    rows = Application.objects.visible_to(portal_staff).with_names().order_by("pk")
    columns = columns_for(rows, portal_staff, LATER)
    lines = taking.take(rows=rows, columns=columns, filters={}, by=portal_staff, now=LATER)
    assert next(lines) == "\ufeff"
    assert next(lines).startswith("Reference,")
    assert not made
    next(lines)
    assert len(made) == 10
    assert len(list(lines)) == 24


def test_a_column_for_every_fact_that_the_screen_shows(admin_as, theirs, decider, address):
    (row,) = download(admin_as("decider"), address, *(offered(admin_as("decider"), address) - {ACCESS_NEEDS}))
    for words in (
        "Ada Applicant",
        "ada@example.test",
        "1234567",
        "1987-03-27",
        "Oakwood School",
        "Sam Sponsor",
    ):
        assert words in row.values(), words
    assert State.SUBMITTED.value != row["State"]
