"""The page on which a scorer scores, blind to the others; and the scores side by side for those who decide."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import actions
from applications.models import Application, Score
from applications.queries import scored_questions
from catalogue.models import MemberRole
from tests.factories.applications import LATER, staff_of
from tests.people import sign_in

QUESTIONS = 4
GIVEN = {f"{number}-score": "3" for number in range(QUESTIONS)} | {"2-comment": "A clear <b>why</b>."}
OTHERS_COMMENT = "Not convincing at all."


@pytest.fixture
def scorer(world):
    return staff_of(world.ambition, MemberRole.SCORER, full_name="Sasha Scorer")


@pytest.fixture
def other(world, theirs):
    """Another scorer, who has scored."""
    other = staff_of(world.ambition, MemberRole.SCORER, full_name="Olu Other")
    given = {question.key: (1, OTHERS_COMMENT) for question in scored_questions(theirs)}
    actions.score(application=theirs, given=given, by=other, now=LATER)
    return other


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_what_is_scored_and_nothing_that_must_not_sway(
    admin_as, theirs, scorer, other, address
):
    theirs.form_answers.create(question="ethnic-group", value="Zqxmark", answered_at=LATER)
    html = text(admin_as("scorer").get(address("score", theirs)))
    assert html.count("Your score<") == QUESTIONS
    for shown in ("To lead well.", "Reading across the school.", "A calmer school.", "Safeguarding"):
        assert shown in html
    for hidden in ("A quiet room.", "Zqxmark", OTHERS_COMMENT, "Olu Other", "Deputy headteacher"):
        assert hidden not in html


@pytest.mark.parametrize("page", ["change", "history"])
def test_others_are_read_once_ones_own_are_given(admin_as, theirs, scorer, other, address, page):
    client = admin_as("scorer")
    html = text(client.get(address(page, theirs)))
    for hidden in (OTHERS_COMMENT, "Olu Other", "Scored the form."):
        assert hidden not in html
    client.post(address("score", theirs), GIVEN)
    assert "Olu Other" in text(client.get(address(page, theirs)))


def test_scoring_and_changing_it(admin_as, theirs, scorer, address):
    client = admin_as("scorer")
    assert "Score this application" in text(client.get(address("change", theirs)))
    answer = client.post(address("score", theirs), GIVEN, follow=True)
    assert "You can change them until another scorer has given theirs" in text(answer)
    assert set(Score.objects.values_list("scorer", "score")) == {(scorer.pk, 3)}
    again = client.get(address("score", theirs))
    assert again.context["title"] == "Change your scores"
    assert "A clear &lt;b&gt;why&lt;/b&gt;." in text(again)
    assert text(again).count("checked") == QUESTIONS
    client.post(address("score", theirs), GIVEN | {"0-score": "0"})
    assert sorted(Score.objects.values_list("score", flat=True)) == [0, 3, 3, 3]


def test_they_stand_once_others_are_seen(admin_as, theirs, scorer, other, address):
    client = admin_as("scorer")
    answer = client.post(address("score", theirs), GIVEN, follow=True)
    assert "yours stay as they are" in text(answer)
    assert "Change your scores" not in text(answer)
    assert "your scores stay as they are" in text(client.get(address("score", theirs), follow=True))


@pytest.mark.parametrize("wrong", [{}, {"0-score": "5"}, {"0-score": ""}, {"0-comment": "x" * 2001}])
def test_what_is_missing_is_asked_for_and_nothing_is_kept(admin_as, theirs, scorer, address, wrong):
    html = text(admin_as("scorer").post(address("score", theirs), GIVEN | wrong if wrong else {}))
    assert "There is a problem" in html
    assert "Error: " in html
    assert not Score.objects.exists()


@pytest.mark.parametrize("who", ["viewer", "decider", "manager", "portal_staff"])
def test_those_who_do_not_score_are_refused(client, theirs, world, portal_staff, address, who):
    user = portal_staff if who == "portal_staff" else staff_of(world.ambition, who)
    signed_in = sign_in(client, user)
    assert signed_in.get(address("score", theirs)).status_code == 403
    assert signed_in.post(address("score", theirs), GIVEN).status_code == 403
    assert not Score.objects.exists()


def test_a_viewer_reads_no_scores(client, theirs, world, other, address):
    signed_in = sign_in(client, staff_of(world.ambition, MemberRole.VIEWER))
    for page in ("change", "history"):
        html = text(signed_in.get(address(page, theirs)))
        assert "Olu Other" not in html
        assert OTHERS_COMMENT not in html


@pytest.mark.parametrize("who", ["decider", "portal_staff"])
def test_who_decides_sees_all_side_by_side_with_what_is_far_apart(
    admin_as, theirs, scorer, other, address, who
):
    given = {question.key: (3, "") for question in scored_questions(theirs)} | {"difference": (2, "")}
    actions.score(application=theirs, given=given, by=scorer, now=LATER)
    response = admin_as(who).get(address("change", theirs))
    html = text(response)
    assert "They differ by 2 or more on <strong>3 questions</strong>" in html
    assert html.count("2 apart") == 3
    assert OTHERS_COMMENT in html
    assert [str(each) for each in response.context["scorers"]] == ["Olu Other", "Sasha Scorer"]
    averages = {row.question: row.average for row in response.context["compared"]}
    assert sorted(averages.values()) == [1.5, 2, 2, 2]
    assert address("score", theirs) not in html


def test_after_the_decision_the_page_explains(admin_as, theirs, scorer, decider, address):
    client = admin_as("scorer")
    client.post(address("score", theirs), GIVEN)
    actions.accept(application=Application.objects.get(), funded_place=False, by=decider, now=LATER)
    for response in (
        client.get(address("score", theirs), follow=True),
        client.post(address("score", theirs), GIVEN | {"0-score": "0"}, follow=True),
    ):
        assert "its scores stay as they were" in text(response)
    assert set(Score.objects.values_list("score", flat=True)) == {3}
    assert address("score", theirs) not in text(client.get(address("change", theirs)))


def test_the_queue_is_narrowed_by_what_is_scored_and_by_whom(client, theirs, scorer, other, address):
    signed_in = sign_in(client, scorer)
    found = {
        value: len(signed_in.get(address("changelist"), {"scored": value}).context["cl"].result_list)
        for value in ("yes", "no", "me", "not-me")
    }
    assert found == {"yes": 1, "no": 0, "me": 0, "not-me": 1}
    signed_in.post(address("score", theirs), GIVEN)
    page = signed_in.get(address("changelist"), {"scored": "me"}).context["cl"]
    assert [row.task for row in page.result_list] == ["decide"]


def test_more_scorers_are_no_more_queries(admin_as, theirs, other, world, address):
    client = admin_as("decider")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address("change", theirs))
        return len(queries)

    asked()  # the first look is written down
    one = asked()
    for _ in range(3):
        given = {question.key: (2, "") for question in scored_questions(theirs)}
        scorer = staff_of(world.ambition, MemberRole.SCORER)
        actions.score(application=theirs, given=given, by=scorer, now=LATER)
    assert asked() == one
