"""Around a command, something breaks: one sentence on stderr, exit status 1, no traceback."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import InterfaceError, OperationalError

from npq_portal.commands import told_if_the_database_goes
from tests.databases import database_url
from tests.funding.rules.making import H, facts, school

NOWHERE = "postgres://nobody@127.0.0.1:1/none"  # refused at once, where a far address would be waited for
LINE = json.dumps(facts("autumn-2026", H, establishment=school()).to_json())


def sh(command: str, database: str = NOWHERE) -> tuple[int, str]:
    """Exit status and what stands on stderr."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} manage.py {command}"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database},
        input=LINE + "\n",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("redirection", "words"),
    [
        ("<&-", "Standard input is closed. Give it the lines to answer."),
        (">&-", "Standard output is closed. Give the answers somewhere to go."),
        ("0> /dev/null", "Standard input cannot be read: Bad file descriptor."),
        ("> /dev/full", "The answer could not be written: No space left on device."),
    ],
)
def test_decide_funding_without_a_way_in_or_out(redirection, words):
    assert sh(f"decide_funding {redirection}") == (1, f"CommandError: {words}\n")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("redirection", "words"),
    [
        ("<&-", "Standard input is closed. Give it the lines to answer."),
        ("> /dev/full", "The answer could not be written: No space left on device."),
    ],
)
def test_find_establishments_without_a_way_in_or_out(redirection, words):
    found = sh(f"find_establishments --batch {redirection}", database_url())
    assert found == (1, f"CommandError: {words}\n")


@pytest.mark.parametrize("error", [OperationalError("gone\nDETAIL: x"), InterfaceError("gone.")])
@pytest.mark.parametrize(
    ("said_too", "words"),
    [
        ({}, "Nothing was changed. The database failed: gone. When it is back, run the command again."),
        ({"so": ""}, "The database failed: gone. When it is back, run the command again."),
    ],
)
def test_a_database_that_is_gone(error, said_too, words):
    with pytest.raises(CommandError) as told, told_if_the_database_goes(**said_too):
        raise error
    assert str(told.value) == words


@pytest.mark.parametrize(
    "command",
    [
        "import_establishments README.md",
        "load_list_edition rise autumn-2026 README.md",
        "rank_pupil_premium README.md --year 2021-22",
        "load_reference_data",
        "find_establishments oak",
    ],
)
def test_every_command_that_needs_it(command):
    status, said = sh(command)
    assert status == 1
    assert "CommandError: " in said
    assert said.endswith("When it is back, run the command again.\n")
    assert "Traceback" not in said
