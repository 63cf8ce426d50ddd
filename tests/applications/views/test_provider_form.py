"""The provider's form: written in several sittings, limits counted on the server, sent once."""

import re

import pytest

from applications.form_definition import Kind
from applications.models import Application, Sponsor
from tests.factories.applications import (
    SPONSOR,
    WRITTEN,
    ProviderFormFactory,
    draft_of,
    registered_by,
    submitted_by,
)

FILLED = {**WRITTEN, "own-work": "on"}
NAMED = {"name": SPONSOR[0], "email": SPONSOR[1], "role": SPONSOR[2]}


@pytest.fixture
def application(world, teacher):
    return registered_by(teacher)


def url(application, page=""):
    return f"/applications/{application.pk}/form/{page}"


def sponsor_url(application):
    return f"/applications/{application.pk}/sponsor/"


def summary_of(html):
    """The errors on top of the page, each of which leads somewhere."""
    summary = html.partition("There is a problem")[2].partition("</ul>")[0]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == summary.count("<li>")
    assert all(f'id="{link}"' in html for link in links), links
    return summary


def test_it_shows_what_the_registration_said(teacher_client, application):
    html = teacher_client.get(url(application)).content.decode()
    assert "Ada Applicant" in html
    assert "Oakwood School" in html


def test_words_are_counted_while_writing(teacher_client, application):
    html = teacher_client.get(url(application)).content.decode()
    assert 'data-maxlength="250"' in html
    assert 'data-count-type="words"' in html
    assert 'id="id_difference-info"' in html
    assert "data-maxwords" not in html  # Deprecated: a browser would warn of it.


def test_saving_for_later_keeps_half_a_form(teacher_client, application):
    response = teacher_client.post(url(application), {"why-this-npq": "To le", "later": "yes"})
    assert response.url == f"/applications/{application.pk}/"
    assert "To le" in teacher_client.get(url(application)).content.decode()
    assert Application.objects.get().state == "form_started"


def test_from_writing_to_sending(teacher_client, application):
    assert teacher_client.post(url(application), FILLED).url == sponsor_url(application)
    assert teacher_client.post(sponsor_url(application), NAMED).url == url(application, "send/")
    shown = teacher_client.get(url(application, "send/")).content.decode()
    assert "To lead well." in shown
    assert "Sam Sponsor" in shown
    assert teacher_client.post(url(application, "send/")).url == f"/applications/{application.pk}/"
    assert Application.objects.get().state == "awaiting_sponsor"


def test_sending_twice_gives_one(teacher_client, world, teacher):
    application = submitted_by(teacher)
    response = teacher_client.post(url(application, "send/"), follow=True)
    assert "You have sent this form" in response.content.decode()


@pytest.mark.parametrize("email", ["Ada@Example.test", "ada@\uff45xample.test"])
def test_nobody_is_their_own_sponsor(teacher_client, application, email):
    teacher_client.post(url(application), FILLED)
    posted = {**NAMED, "email": email}
    html = teacher_client.post(sponsor_url(application), posted).content.decode()
    assert "Enter your sponsor&#x27;s own e-mail address, not yours" in html
    assert not Sponsor.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"why-this-npq": ""}, "Answer the question: Why do you want to take this NPQ now?"),
        ({"difference": "word " * 251}, "Use 250 words or fewer. You have used 251."),
        ({"leadership-now": ""}, "Answer the question: Which describes you now?"),
        ({"time-agreed": ""}, "Answer the question: Has your workplace agreed to the time that you need?"),
        ({"led": []}, "Answer the question: Which of these have you led across a whole school?"),
        ({"own-work": ""}, "To go on, accept: What I have written is true, and I wrote it myself."),
        ({"time-agreed-more": ""}, "Answer the question: Who agreed to it?"),
    ],
)
def test_what_is_missing_is_said_before_sending(teacher_client, application, changes, words):
    response = teacher_client.post(url(application), {**FILLED, **changes}, follow=True)
    html = response.content.decode()
    assert words in html
    assert "<title>Error: " in html
    assert words in summary_of(html)
    assert Application.objects.get().state == "form_started"


def test_who_goes_on_is_told_all_that_is_wrong_at_once(teacher_client, application):
    wrong = {"years": "-1", "led": ["Curriculum", "None of these yet"], "difference": "word " * 251}
    response = teacher_client.post(url(application), {**FILLED, **wrong, "time-agreed-more": ""})
    summary = summary_of(response.content.decode())
    for words in ("Enter 0 or more", "alone, or leave it out", "You have used 251", "Who agreed to it?"):
        assert words in summary
    assert summary.count("<li>") == 4


def test_who_goes_on_later_is_told_only_what_cannot_be_saved(teacher_client, application):
    half = {"years": "-1", "difference": "word " * 251, "later": "yes"}
    summary = summary_of(teacher_client.post(url(application), half).content.decode())
    assert "Enter 0 or more" in summary
    assert summary.count("<li>") == 1


def test_a_follow_up_that_does_not_fit_has_one_error(teacher_client, application):
    posted = {**FILLED, "time-agreed-more": "x" * 501}
    assert summary_of(teacher_client.post(url(application), posted).content.decode()).count("<li>") == 1


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("head at school", "Enter an e-mail address like name@school.org.uk"),
        ("head@[127.0.0.1]", "Enter an e-mail address like name@school.org.uk"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 30}.uk", "Use 254 characters or fewer"),
    ],
)
def test_an_address_that_is_none_is_said_at_once(teacher_client, application, email, told):
    teacher_client.post(url(application), FILLED)
    response = teacher_client.post(sponsor_url(application), {**NAMED, "email": email})
    assert told in response.content.decode()
    assert not Sponsor.objects.exists()


def test_without_a_sponsor_nothing_is_sent(teacher_client, application):
    teacher_client.post(url(application), FILLED)
    assert teacher_client.get(url(application, "send/")).url == sponsor_url(application)
    assert teacher_client.post(sponsor_url(application), {}).status_code == 200
    assert teacher_client.post(url(application, "send/")).url == sponsor_url(application)
    assert Application.objects.get().state == "form_started"


def test_a_sponsor_is_named_after_the_form_is_begun(teacher_client, application):
    assert teacher_client.get(sponsor_url(application)).url == f"/applications/{application.pk}/"


def test_250_words_are_250_words(teacher_client, application):
    answer = teacher_client.post(url(application), {**FILLED, "difference": "  word \n" * 250})
    assert answer.url == sponsor_url(application)


def test_a_draft_has_no_form_yet(teacher_client, world, teacher):
    draft = draft_of(teacher)
    assert teacher_client.get(url(draft)).url == f"/applications/{draft.pk}/"
    assert teacher_client.post(url(draft), FILLED).status_code == 302
    assert Application.objects.get().state == "draft"


def test_a_label_that_staff_wrote_is_only_words(teacher_client, application, world):
    ProviderFormFactory(
        provider=world.ambition,
        questions=[
            {"key": "why", "kind": "long_text", "label": "<script>alert(1)</script>", "hint": "<b>x</b>"}
        ],
    )
    html = teacher_client.get(url(application)).content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html


def test_every_kind_of_question_may_do_without_help_text(teacher_client, application, world):
    needs = {
        Kind.LONG_TEXT: {"max_words": 250},
        Kind.ONE_CHOICE: {"options": ["A", "B"]},
        Kind.SEVERAL_CHOICES: {"options": ["A", "B"]},
        Kind.YES_NO: {"follow_up": "With whom?"},
    }
    asked = [
        {"key": f"a-{kind.replace('_', '-')}", "kind": kind.value, "label": kind.label, **needs.get(kind, {})}
        for kind in Kind
    ]
    ProviderFormFactory(provider=world.ambition, questions=asked)
    html = teacher_client.get(url(application)).content.decode()
    assert 'aria-describedby="id_a-long-text-info"' in html
    assert teacher_client.post(url(application), {}).url == f"{url(application)}?check"
    assert "Answer the question: " in teacher_client.get(f"{url(application)}?check").content.decode()


def test_a_short_answer_is_one_line_of_500_characters(teacher_client, application, world):
    ProviderFormFactory(
        provider=world.ambition,
        questions=[{"key": "role", "kind": "short_text", "label": "What is your role?"}],
    )
    html = teacher_client.get(url(application)).content.decode()
    assert re.search(r'<input[^>]* maxlength="500"[^>]* id="id_role"', html)
    refused = teacher_client.post(url(application), {"role": "x" * 501})
    assert "Use 500 characters or fewer" in refused.content.decode()
    taken = teacher_client.post(url(application), {"role": "x" * 500})
    assert taken.url == sponsor_url(application)


@pytest.mark.parametrize(
    "value", ["\x00", "9" * 5_000, "💥" * 400, "x" * 20_000, "{{ 1 }}", "<script>", "\ud83d"]
)
def test_anything_may_be_typed(teacher_client, application, value):
    typed = value.encode("utf-8", "replace").decode()
    keys = {*WRITTEN, *(f"headship-since_{place}" for place in range(3)), "ethnic-group"}
    assert teacher_client.post(url(application), dict.fromkeys(keys, typed)).status_code in (200, 302)
    assert teacher_client.post(url(application), {**FILLED, "difference": typed}).status_code in (200, 302)
    assert teacher_client.get(url(application)).status_code == 200
    assert teacher_client.post(sponsor_url(application), {**NAMED, "name": typed}).status_code in (200, 302)


def test_what_the_registration_knows_is_filled_in(teacher_client, application):
    assert 'value="Ada Applicant"' in teacher_client.get(url(application)).content.decode()
    teacher_client.post(url(application), {"called": "", "later": "yes"})
    assert 'value="Ada Applicant"' not in teacher_client.get(url(application)).content.decode()


def test_every_kind_of_answer_comes_back_as_it_was_given(teacher_client, application):
    date = {f"headship-since_{place}": part for place, part in enumerate(("1", "9", "2026"))}
    teacher_client.post(url(application), {**FILLED, **date, "disability": "Prefer not to say"})
    html = teacher_client.get(url(application)).content.decode()
    checked = re.findall(r'value="([^"]+)"\s+checked', html)
    assert checked == [
        "I am a deputy or assistant headteacher",
        "Curriculum",
        "Safeguarding",
        "yes",
        "Prefer not to say",
    ]
    assert re.search(r'name="headship-since_2" value="2026"', html)
    assert re.search(r'name="years" value="12"', html)
    assert re.search(r'name="own-work"[^>]* checked', html)
    assert "last on" in html  # when it was saved
    teacher_client.post(sponsor_url(application), NAMED)
    told = teacher_client.get(url(application, "send/")).content.decode()
    for words in (
        "1 September 2026",
        "Curriculum<br>Safeguarding",
        "Yes<br>Who agreed to it?<br>My head",
        "Accepted",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("1  ", [1, 2]), ("31 2 2026", [0, 1, 2]), ("1 13 2026", [1]), ("1 1 26", [2])],
)
def test_the_parts_of_a_date_that_are_wrong_are_marked(teacher_client, application, typed, marked):
    parts = {f"headship-since_{place}": part for place, part in enumerate(typed.split(" "))}
    html = teacher_client.post(url(application), {**FILLED, **parts}).content.decode()
    boxes = re.findall(r'<input[^>]*name="headship-since_\d"[^>]*>', html)
    assert [place for place, box in enumerate(boxes) if "govuk-input--error" in box] == marked
    assert f'href="#id_headship-since_{marked[0]}"' in summary_of(html)
    assert summary_of(html).count("Enter a real date") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"years": "61"}, "Enter 60 or less"),
        ({"years": "-1"}, "Enter 0 or more"),
        ({"years": "twelve"}, "Enter a whole number, like 12"),
        (
            {"headship-since_0": "31", "headship-since_1": "2", "headship-since_2": "2026"},
            "Enter a real date",
        ),
        ({"headship-since_0": "1"}, "Enter a real date"),
        (
            {"headship-since_0": "1", "headship-since_1": "1", "headship-since_2": "9" * 30},
            "Enter a real date",
        ),
        ({"leadership-now": "King"}, "Choose one of the options"),
        ({"led": ["Curriculum", "Rowing"]}, "Choose from the options"),
        ({"led": ["Curriculum", "None of these yet"]}, "Choose “None of these yet” alone, or leave it out"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_saved(teacher_client, application, changes, words):
    response = teacher_client.post(url(application), {**FILLED, **changes})
    html = response.content.decode()
    assert words in summary_of(html)
    assert Application.objects.get().state == "registered"


def test_a_follow_up_counts_only_after_a_yes(teacher_client, application):
    teacher_client.post(url(application), {**FILLED, "time-agreed": "no", "time-agreed-more": "x" * 501})
    stored = dict(application.form_answers.values_list("question", "value"))
    assert (stored["time-agreed"], stored["time-agreed-more"]) == ("no", "")


@pytest.mark.parametrize("page", ["form/", "form/send/"])
@pytest.mark.parametrize("stored", [[], "text", [{"key": "a", "kind": "colour", "label": "?"}], {"a": 1}])
def test_a_form_that_cannot_be_asked_is_said_so(teacher_client, teacher, application, page, stored):
    teacher_client.post(url(application), {**FILLED, "later": "yes"})
    broken = ProviderFormFactory(provider=application.provider, questions=stored)
    Application.objects.filter(pk=application.pk).update(form=broken)
    response = teacher_client.get(f"/applications/{application.pk}/{page}")
    assert response.status_code == 503
    assert "This form cannot be shown now" in response.content.decode()
    assert teacher_client.post(f"/applications/{application.pk}/{page}", FILLED).status_code == 503
