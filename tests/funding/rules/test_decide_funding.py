"""`manage.py decide_funding`: order, exit status, streaming, and no database."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from funding.management.commands.decide_funding import Command
from tests.funding.rules.making import LL, H, facts, school

FUNDED = json.dumps(facts("autumn-2026", H, establishment=school()).to_json())
REFUSED = json.dumps(facts("autumn-2026", LL, establishment=school()).to_json())


@pytest.fixture
def run(monkeypatch):
    """Runs the command in this process, where pytest refuses any use of the database."""

    def run(*lines):
        text = "\n".join(lines).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        out = io.StringIO()
        problem = None
        try:
            call_command("decide_funding", stdout=out)
        except CommandError as raised:
            problem = str(raised)
        return [json.loads(line) for line in out.getvalue().splitlines()], problem

    return run


def test_one_decision_a_line_in_order(run):
    decisions, problem = run(FUNDED, REFUSED, FUNDED)
    assert [decision["outcome"] for decision in decisions] == ["funded", "not_funded", "funded"]
    assert problem is None


def test_nothing_in_nothing_out(run):
    assert run() == ([], None)


def test_an_error_stands_in_its_place_and_the_rest_goes_on(run):
    decisions, problem = run(FUNDED, "nonsense", "", REFUSED)
    assert [decision.get("outcome", decision.get("line")) for decision in decisions] == [
        "funded",
        2,
        3,
        "not_funded",
    ]
    assert problem == "2 of the lines could not be decided"


def test_asks_for_no_system_check_and_no_migration_check():
    assert not Command.requires_system_checks
    assert not Command.requires_migrations_checks


@pytest.fixture
def process():
    """The command as an operator runs it, where a database would be out of reach."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@192.0.2.1:1/none?connect_timeout=1"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "decide_funding"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def test_answers_each_line_before_the_next_is_sent(process):
    for asked, outcome in ((FUNDED, "funded"), (REFUSED, "not_funded")):
        process.stdin.write(asked.encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["outcome"] == outcome
    out, err = process.communicate(b"\xff\n")
    assert json.loads(out) == {"error": "the line is not UTF-8 text from byte 1 on", "line": 3}
    assert process.returncode == 1
    assert err.decode().strip() == "CommandError: 1 of the lines could not be decided"


def test_a_reader_who_leaves_early_is_no_error(process):
    process.stdin.write((FUNDED + "\n").encode())
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write((FUNDED + "\n").encode() * 10)
    process.stdin.close()
    assert process.wait() == 0
    assert process.stderr.read() == b""
