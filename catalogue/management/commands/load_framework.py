"""`manage.py load_framework NPQ FILE [--edition DAY]`: the statements of a framework, from a CSV or TOML file."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from catalogue.frameworks.load import Loaded, load_framework
from catalogue.frameworks.read import COLUMNS, FrameworkRefusedError
from catalogue.models import Qualification
from npq_portal.commands import told_if_the_database_goes


class Command(BaseCommand):
    help = (
        "Loads the “learn that” and “learn how to” statements of an NPQ's framework from a CSV or TOML file with"
        f" {', '.join(COLUMNS)}. Safe to repeat. A mistake is told with its row, and then nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("npq", metavar="NPQ", help="Its code or identifier, for example NPQH.")
        parser.add_argument("file", metavar="FILE", type=Path, help="A .toml file, else CSV.")
        parser.add_argument(
            "--edition", metavar="DAY", type=_day, help="The day the edition was published; else the newest."
        )

    @told_if_the_database_goes()
    def handle(self, *, npq: str, file: Path, edition: date | None, **options: object) -> None:
        try:
            loaded = load_framework(
                npq=_npq(npq),
                path=file,
                published_on=edition,
                by=None,
                now=timezone.now(),
                source="load_framework",
            )
        except FrameworkRefusedError as error:
            raise CommandError("\n".join([*error.problems, "Nothing was changed."])) from error
        self.stdout.write(_said(loaded))


def _said(loaded: Loaded) -> str:
    edition = f"The edition of {loaded.edition.published_on:%-d %B %Y}" if loaded.edition else "The framework"
    total = loaded.added + loaded.changed + loaded.unchanged
    noun = "statement" if total == 1 else "statements"
    return (
        f"{edition} has {total:,} {noun}: {loaded.added:,} added, {loaded.changed:,} changed,"
        f" {loaded.removed:,} removed."
    )


def _npq(said: str) -> Qualification:
    named = Q(code__iexact=said) | Q(identifier__iexact=said) | Q(slug__iexact=said)
    npq = Qualification.objects.shown().filter(named).first()
    if npq is None:
        codes = ", ".join(Qualification.objects.shown().order_by("position").values_list("code", flat=True))
        raise CommandError(
            f"There is no NPQ {said[:80]}. There are {codes or 'none: load the reference data'}."
        )
    return npq


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day written as 2022-12-20") from None
