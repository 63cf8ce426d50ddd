"""Ranks schools by pupil premium from a file of figures, and says how far a published list agrees."""

import re
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from funding.actions.rank_pupil_premium import NameTakenError, Ranked, rank_figures, year_in
from funding.imports.locks import ImportBusyError
from funding.imports.run import Accepted
from funding.management.refusals import refused
from funding.models import ListEdition
from funding.ranking.agreement import agreement, published_editions
from funding.ranking.working import NothingToRankError, edition_name
from npq_portal import read
from npq_portal.commands import told_if_the_database_goes
from npq_portal.progress import bar

YEAR = re.compile(r"20[0-9]{2}-[0-9]{2}")
NAME = re.compile(r"[a-z0-9-]{1,40}")


class Command(BaseCommand):
    help = (
        "Loads a year's pupil premium figures, ranks the schools by the share of their pupils who attract "
        "it, keeps the top half as a computed list, and compares that with a published list. Safe to repeat. "
        "The published list stays the one that decides."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the published figures as CSV, or that gzipped (.csv.gz)")
        parser.add_argument("--year", help="financial year, for example 2021-22, if the file's name has none")
        parser.add_argument("--edition", help="name of the computed list (computed-2021-22 if not given)")
        parser.add_argument(
            "--against",
            help="published list to compare with, for example autumn-2025 (if not given, that of the newest term)",
        )
        parser.add_argument(
            "--without-rejected-rows", action="store_true", help="leave out rows that cannot be used"
        )
        parser.add_argument(
            "--accept-large-loss",
            action="store_true",
            help="go on although more than a fifth of the year's figures in use are not in the file",
        )

    @told_if_the_database_goes(so="")
    def handle(self, *, file: Path, **options: Any) -> None:
        now = timezone.now()
        year = _year(file, options["year"])
        name = _name(options["edition"] or edition_name(year))
        published = _published(options["against"])
        agreed = Accepted(options["without_rejected_rows"], options["accept_large_loss"])
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        began = perf_counter()
        try:
            source = read.look_through(file)
            with told_if_the_database_goes(), bar("Figures", total=source.lines) as progress:
                ranked = rank_figures(
                    file=source,
                    year=year,
                    name=name,
                    agreed=agreed,
                    by=None,
                    now=now,
                    source="rank_pupil_premium",
                    step=progress.update,
                )
        except (read.FileRefusedError, ImportBusyError, NameTakenError, NothingToRankError) as refusal:
            raise refused(refusal, file, f"pupil-premium-{year}") from refusal
        self._report(ranked, perf_counter() - began)
        if published:
            self._compare(ranked, published)
        else:
            self.stdout.write("There is no published list to compare with.")

    def _report(self, ranked: Ranked, seconds: float) -> None:
        run, ranking = ranked.run, ranked.ranking
        if ranked.read:
            self.stdout.write(
                f"Figures for {ranking.year}: {run.rows_read:,} rows read, {run.rows_added:,} added, "
                f"{run.rows_changed:,} changed, {run.rows_removed:,} removed, {run.rows_rejected:,} left out."
            )
            for each in run.rejected:
                self.stdout.write(f"  Row {each['row']}: {each['reason']}")
        else:
            self.stdout.write(
                f"Figures for {ranking.year}: this file is the one in use; 0 added, 0 changed, 0 removed."
            )
        self.stdout.write(
            f"Ranked {ranking.population:,} schools, on the figures of {ranking.figures:,}. "
            f"The top half is those with a share of {ranking.threshold:.1%} or more: "
            f"{ranking.edition.entry_count:,}."
        )
        if unused := run.rows_read - run.rows_rejected - ranking.figures:
            self.stdout.write(
                f"{unused:,} rows rank no school: they have no pupils, or lead to no open school of an eligible type."
            )
        what = "is new" if ranked.new else "is as it was: the same schools had the same figures"
        used = "A term uses it." if ranking.edition.terms.exists() else "No term uses it."
        self.stdout.write(f"The computed list {ranking.edition.term_label} {what}. {used} ({seconds:.1f} s)")

    def _compare(self, ranked: Ranked, published: ListEdition) -> None:
        found = agreement(ranked.ranking, published)
        without = found.published - found.published_and_ranked
        self.stdout.write(
            f"Against the published list {published.term_label}, after following successor links:\n"
            f"  precision {found.precision:.3f}: {found.both:,} of the {found.computed:,} computed "
            "are on the published list\n"
            f"  recall    {found.recall:.3f}: {found.both:,} of the {found.published_and_ranked:,} published "
            f"with figures are computed too\n"
            f"  {without:,} more are published and have no figures for the year, so they have no rank."
        )


def _year(file: Path, given: str | None) -> str:
    year = given or year_in(file.name)
    if not year:
        raise CommandError(f"The name {file.name} does not say its year. Add it, as in --year 2021-22.")
    if not YEAR.fullmatch(year) or (int(year[2:4]) + 1) % 100 != int(year[5:]):
        raise CommandError(f"{year} is not a financial year. Write it as 2021-22.")
    return year


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise CommandError("Give the edition a name of small letters, digits and hyphens, 40 at most.")
    return name


def _published(name: str | None) -> ListEdition | None:
    """The published edition of that name, or the one that the newest term decides with. Raises CommandError,
    naming those there are.
    """
    editions = published_editions()
    if name is None:
        return editions[0] if editions else None
    for edition in editions:
        if edition.term_label == name:
            return edition
    names = ", ".join(dict.fromkeys(edition.term_label for edition in editions)) or "none"
    raise CommandError(f"There is no published edition {name}. There are: {names}.")
