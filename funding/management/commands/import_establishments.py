"""`manage.py import_establishments FILE [--links FILE]`: an operator's own extract of the register."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from funding.actions.establishments import Taken, take_extract
from funding.follow import follow
from funding.imports.locks import ImportBusyError
from funding.imports.run import Accepted
from funding.management.refusals import refused, told
from funding.models import Establishment, ImportRun
from npq_portal import read
from npq_portal.commands import told_if_the_database_goes
from npq_portal.progress import bar


class Command(BaseCommand):
    help = (
        "Takes an extract of the register of establishments (GIAS, all establishments) and, with --links, of the links"
        " between them. All of it or nothing; the same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="CSV in GIAS's columns, plain, gzipped or alone in a zip."
        )
        parser.add_argument("--links", type=Path, help="GIAS's file of predecessors and successors.")
        parser.add_argument(
            "--as-of", default="", help='How old the facts are, in words: "20 November 2026".'
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and change nothing."
        )
        parser.add_argument(
            "--without-rejected-rows", action="store_true", help="Leave out rows that cannot be used."
        )
        parser.add_argument(
            "--accept-large-loss",
            action="store_true",
            help="Go on although more than a fifth of the rows in use are not in the file.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._take_or_refuse(options)
        if not options["dry_run"]:
            self._follow()

    @told_if_the_database_goes()
    def _take_or_refuse(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        try:
            file = self._look_through(options["file"])
            links = self._look_through(options["links"]) if options["links"] else None
            taken = self._take(file, links, options, now)
        except (read.FileRefusedError, ImportBusyError) as refusal:
            if options["dry_run"]:
                raise told(refusal) from refusal
            raise refused(refusal, options["file"], "establishments") from refusal
        if taken.same:
            self.stdout.write("Nothing was changed: this file is the one in use.")
            return
        for run in filter(None, (taken.establishments, taken.links)):
            self._tell(run, options["dry_run"])

    @told_if_the_database_goes("The file was taken, and the search follows by itself.")
    def _follow(self) -> None:
        with bar("Search", total=Establishment.objects.count()) as progress:
            follow(progress.update)

    def _look_through(self, path: Path) -> read.SourceFile:
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        return read.look_through(path)

    def _take(
        self, file: read.SourceFile, links: read.SourceFile | None, options: dict[str, Any], now: Any
    ) -> Taken:
        agreed = Accepted(options["without_rejected_rows"], options["accept_large_loss"])
        lines = file.lines + (links.lines if links else 0)
        with transaction.atomic(), bar("Reading", total=lines) as progress:
            taken = take_extract(
                file=file,
                links=links,
                as_of=options["as_of"] or f"{timezone.localdate(now):%-d %B %Y}",
                agreed=agreed,
                by=None,
                now=now,
                source="import_establishments",
                step=progress.update,
            )
            transaction.set_rollback(options["dry_run"])
        return taken

    def _tell(self, run: ImportRun, dry_run: bool) -> None:
        did = "would be " if dry_run else ""
        gone = "closed, as the file no longer has them" if run.source == "establishments" else "removed"
        self.stdout.write(
            f"{run.file_name}: {run.rows_read:,} rows read, {run.rows_added:,} {did}added,"
            f" {run.rows_changed:,} {did}changed, {run.rows_removed:,} {did}{gone},"
            f" {run.rows_rejected:,} rejected."
        )
        for each in run.rejected:
            self.stdout.write(f"  Row {each['row']}: {each['reason']}")
        if dry_run:
            self.stdout.write("Nothing was changed.")
