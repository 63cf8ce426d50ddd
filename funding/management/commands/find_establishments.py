"""`manage.py find_establishments QUERY`: what the workplace search answers, at the terminal or to a program."""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funding.models import Establishment
from funding.search import Found, search
from npq_portal.commands import lines_to_answer, told_if_the_database_goes
from npq_portal.progress import bar

MOST = 100


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise ArgumentTypeError(f"give a number from 1 to {MOST}, not {text!r}")
    return int(text)


class Command(BaseCommand):
    help = (
        "Finds schools, academies and 16 to 19 institutions by name (also a former or mistyped one), place, postcode, "
        "URN or UKPRN, the best first. With --batch, reads one query a line from standard input and writes one JSON "
        "object a line, in order and at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="*", help="What to look for. Quotes are not needed.")
        parser.add_argument(
            "--limit", type=_limit, default=10, help=f"How many to show: 10, or up to {MOST}."
        )
        parser.add_argument("--json", action="store_true", help="Write one JSON object.")
        parser.add_argument("--batch", action="store_true", help="Read queries from standard input.")

    @told_if_the_database_goes(so="")
    def handle(self, *args: Any, **options: Any) -> None:
        query, limit = " ".join(options["query"]), options["limit"]
        if options["batch"] == bool(query.strip()):
            raise CommandError("Give what to look for, or --batch to read it from standard input.")
        if options["batch"]:
            self._answer_lines(limit)
        elif options["json"]:
            self.stdout.write(as_json(query, search(query, limit=limit)))
        else:
            self._tell(query, search(query, limit=limit))

    def _answer_lines(self, limit: int) -> None:
        """An answer for every line, empty ones too, so that the answers can be counted off against the lines."""
        with lines_to_answer() as lines:
            for raw in bar("Finding", unit="queries", items=lines):
                query = raw.decode("utf-8", errors="replace").removeprefix("\ufeff").rstrip("\r\n")
                self.stdout.write(as_json(query, search(query, limit=limit)))
                # At once, for a program at the other end that sends a line and waits for the answer.
                self.stdout.flush()

    def _tell(self, query: str, found: Found[Establishment]) -> None:
        if found.too_short:
            raise CommandError("Give at least two letters of the name or the place, or a postcode or number.")
        if not found.results:
            self.stdout.write(f"Nothing found for {query!r}.")
            return
        if found.corrected:
            self.stdout.write(
                f"Nothing matches {query!r} as it was typed. Showing results for {found.corrected!r}."
            )
        elif found.nearest:
            self.stdout.write(f"Nothing matches all of {query!r}. These are the nearest.")
        for each in found.results:
            was = f" (was {found.was[each.pk]})" if each.pk in found.was else ""
            closed = "" if each.is_pickable else " [closed]"
            self.stdout.write(f"{each.label}{was}{closed}")
        if found.more or found.total > len(found.results):
            self.stdout.write(f"{len(found.results)} of {'more than ' if found.more else ''}{found.total:,}.")


def as_json(query: str, found: Found[Establishment]) -> str:
    """One line: {"query", "corrected", "results": [{"urn", "ukprn", "name", "was", "place", "postcode", "status"}]}.

    `urn` and `ukprn` are null where there is none; `was` is the former name that found it, or empty.
    """
    return json.dumps(
        {
            "query": query,
            "corrected": found.corrected,
            "results": [
                {
                    "urn": each.urn,
                    "ukprn": each.ukprn,
                    "name": each.name,
                    "was": found.was.get(each.pk, ""),
                    "place": each.place,
                    "postcode": each.postcode,
                    "status": each.status_name,
                }
                for each in found.results
            ],
        }
    )
