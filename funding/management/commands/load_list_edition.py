"""`manage.py load_list_edition KIND TERM FILE [--confirm]`: another edition of a published list."""

from argparse import ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from catalogue.models import Term
from funding.actions import editions
from funding.imports.locks import ImportBusyError
from funding.imports.run import Accepted
from funding.management.refusals import refused
from funding.models import EditionUpload, ListKind
from npq_portal import read
from npq_portal.commands import told_if_the_database_goes
from npq_portal.progress import bar

FLAGS = {"rejected_rows": "--without-rejected-rows", "large_loss": "--right-file"}


class Command(BaseCommand):
    help = (
        "Shows what a published list would change for a term and, with --confirm, puts it in use. All of it or"
        " nothing; the same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=ListKind.values, metavar="KIND", help=", ".join(ListKind.values))
        parser.add_argument("term", metavar="TERM", help="The term that will decide with it: autumn-2026.")
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="CSV as it was published, plain or gzipped."
        )
        parser.add_argument("--published-on", type=_day, help="When it was published: 2026-08-31.")
        parser.add_argument("--confirm", action="store_true", help="Put it in use, not only look at it.")
        parser.add_argument(
            "--without-rejected-rows", action="store_true", help="Leave out rows that cannot be used."
        )
        parser.add_argument(
            "--right-file",
            action="store_true",
            help="It was checked, although it looks like a mistake: over a fifth of the numbers go, come, or are of"
            " no school here, or the last row may be cut.",
        )

    @told_if_the_database_goes()
    def handle(self, *args: Any, **options: Any) -> None:
        now, path = timezone.now(), options["file"]
        term = Term.objects.filter(identifier=options["term"]).first()
        if term is None:
            raise CommandError(f"There is no term {options['term']}. There are {_terms()}.")
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            with transaction.atomic():
                self._load(term, path, options, now)
                # Without a confirmation nothing is left behind, not even the preview.
                transaction.set_rollback(not options["confirm"])
        except editions.NotAgreedError as refusal:
            raise CommandError(
                f"Nothing was changed. {refusal} To say so, add {FLAGS[refusal.what]}."
            ) from refusal
        except (read.FileRefusedError, editions.EditionRefusedError, ImportBusyError) as refusal:
            raise refused(refusal, path, f"list {options['kind']} {term.identifier}") from refusal

    def _load(self, term: Term, path: Path, options: dict[str, Any], now: datetime) -> None:
        file = read.look_through(path)
        with bar("Reading", total=file.lines) as reading:
            upload = editions.preview(
                file=file,
                kind=options["kind"],
                term=term,
                by=None,
                now=now,
                published_on=options["published_on"],
                step=reading.update,
            )
        self._tell(upload)
        if upload.changes_nothing:
            self.stdout.write(f"Nothing was changed: {term} already decides with these numbers.")
        elif options["confirm"]:
            agreed = Accepted(options["without_rejected_rows"], options["right_file"])
            editions.confirm(upload=upload, by=None, now=now, agreed=agreed, source="load_list_edition")
            self.stdout.write(f"{term} now decides with this edition.")
        else:
            self.stdout.write("Nothing was changed. To put it in use, add --confirm.")

    def _tell(self, upload: EditionUpload) -> None:
        self.stdout.write(
            f"{upload.file_name}: {upload.rows_read:,} rows read, {upload.rows_rejected:,} rejected,"
            f" {upload.entry_count:,} numbers; {upload.added:,} added, {upload.removed:,} removed"
            f" against {upload.replaces or 'no list'}."
        )
        for each in upload.rejected:
            self.stdout.write(f"  Row {each['row']}: {each['reason']}")
        if upload.unknown:
            self.stdout.write(f"{upload.unknown:,} numbers are of no school here.")
        if upload.doubt:
            self.stdout.write(upload.doubt)
        self.stdout.write(
            f"{upload.outcome_changes:,} of {upload.applications_looked_at:,} open applications would be decided"
            " differently; their decisions stand."
        )
        for sentence in upload.outcome_sentences:
            self.stdout.write(f"  {sentence}")


def _terms() -> str:
    return ", ".join(Term.objects.order_by("position").values_list("identifier", flat=True))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day written as 2026-08-31") from None
