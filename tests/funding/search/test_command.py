"""`manage.py find_establishments`: one query at the terminal, or one a line from another program."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.databases import database_url
from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    PostSixteenFactory,
    find_again,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(capsys):
    def call(*arguments):
        call_command("find_establishments", *arguments)
        return capsys.readouterr().out

    return call


@pytest.fixture
def batch(capsys, monkeypatch):
    def call(lines: bytes, *arguments):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
        call_command("find_establishments", "--batch", *arguments)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


def test_tells_in_lines(find):
    EstablishmentFactory(urn="100000", name="The Aldgate School", postcode="EC3A 5DE")
    ClosedSchoolFactory(urn="100001", name="Aldgate Infant School")
    assert find("aldgate").splitlines() == [
        "The Aldgate School, Camden, EC3A 5DE, URN 100000",
        "Aldgate Infant School, Camden, NW5 3RD, URN 100001 [closed]",
    ]


def test_tells_how_it_was_found(find):
    opened = EstablishmentFactory(urn="100000", name="New Academy")
    EstablishmentLinkFactory(
        urn=opened.urn, linked_urn="100001", linked_name="Old Mill School", kind="Predecessor"
    )
    find_again()
    assert "(was Old Mill School)" in find("old", "mill")
    assert "Showing results for 'new academy'" in find("new acadmey")
    assert "Nothing matches all of 'mill zzzzzz'" in find("mill zzzzzz")
    assert find("zzzzzz") == "Nothing found for 'zzzzzz'.\n"


def test_says_how_many_more_there_are(find):
    for number in range(5):
        EstablishmentFactory(name=f"Grange School {number}")
    assert find("grange", "--limit", "2").splitlines()[-1] == "2 of 5."


@pytest.mark.parametrize(
    "arguments",
    [[], [" "], ["grange", "--batch"], ["grange", "--limit", "0"], ["grange", "--limit", "x"], ["g"]],
)
def test_says_what_to_give(find, arguments):
    with pytest.raises(CommandError, match=r"[Gg]ive"):
        find(*arguments)


def test_json(find):
    EstablishmentFactory(urn="100000", ukprn="10000001", name="The Aldgate School")
    PostSixteenFactory(ukprn="10000002", name="Aldgate College")
    found = json.loads(find("aldgate", "--json"))
    assert found["query"] == "aldgate"
    assert [(each["urn"], each["ukprn"], each["name"]) for each in found["results"]] == [
        (None, "10000002", "Aldgate College"),
        ("100000", "10000001", "The Aldgate School"),
    ]


def test_batch_answers_every_line_in_order(batch):
    EstablishmentFactory(urn="100000", name="The Aldgate School")
    EstablishmentFactory(urn="100001", name="Grange School")
    answers = batch(b"grange\r\n\naldgait\n\xff\xfe\x00\nzzzz\n" + b"x" * 1_000_000 + b"\naldgate")
    assert [[each["urn"] for each in answer["results"]] for answer in answers] == [
        ["100001"], [], ["100000"], [], [], [], ["100000"],
    ]  # fmt: skip
    assert [answers[0]["query"], answers[1]["query"]] == ["grange", ""]
    assert answers[2]["corrected"] == "aldgate"


def test_batch_keeps_to_the_limit(batch):
    for _ in range(5):
        EstablishmentFactory(name="Grange School")
    (answer,) = batch(b"grange\n", "--limit", "3")
    assert len(answer["results"]) == 3


@pytest.mark.django_db(transaction=True)
def test_batch_answers_a_line_before_the_next_is_sent():
    EstablishmentFactory(urn="100000", name="The Aldgate School")
    command = subprocess.Popen(
        [sys.executable, "manage.py", "find_establishments", "--batch"],
        env={**os.environ, "DATABASE_URL": database_url()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with command:
        for typed in ("aldgate", "ladgate"):
            command.stdin.write(f"{typed}\n")
            command.stdin.flush()
            assert json.loads(command.stdout.readline())["results"][0]["urn"] == "100000"
        # Whoever reads may stop before the end.
        command.stdout.close()
        command.stdin.write("aldgate\n")
    assert command.returncode == 0
