"""Decides facts from standard input, line by line; the database is never touched."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from funding.rules.lines import answer_line
from npq_portal.commands import lines_to_answer
from npq_portal.progress import bar


class Command(BaseCommand):
    help = (
        "Reads one JSON object of funding facts a line and writes one JSON decision a line, in order. "
        "A line that is not such an object is answered by an error object with its number, "
        "and the exit status is then 1."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        undecided = 0
        with lines_to_answer() as lines:
            for number, raw in enumerate(bar("Deciding", unit="lines", items=lines), start=1):
                answer = answer_line(raw, number)
                undecided += not answer.decided
                self.stdout.write(answer.line)
                # At once, for a program at the other end that sends a line and waits for the answer.
                self.stdout.flush()
        if undecided:
            raise CommandError(f"{undecided} of the lines could not be decided")
