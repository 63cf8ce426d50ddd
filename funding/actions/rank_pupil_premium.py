"""Take a year's pupil premium figures and rank the schools by them."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from funding.imports.locks import wait_for
from funding.imports.run import Origin, import_table
from funding.imports.stage import Step
from funding.imports.tables import pupil_premium_table
from funding.loading import READER_VERSION
from funding.models import ImportRun, ListEdition, ListKind, Ranking
from funding.ranking.working import work_out

YEAR = re.compile(r"(?<!\d)20(\d\d)\D{1,4}(?:20)?(\d\d)(?!\d)")


class RowsRejectedError(Exception):
    """Some rows cannot be used, so nothing was changed. `run` is what was found, and is not stored."""

    def __init__(self, run: ImportRun) -> None:
        super().__init__(f"{run.rows_rejected} rows cannot be used.")
        self.run = run


class NameTakenError(Exception):
    """A published edition has the name already."""


@dataclass(frozen=True)
class Ranked:
    """What was done. `new` says whether the ranking and its edition are new."""

    run: ImportRun
    ranking: Ranking
    new: bool


def rank_figures(*, path: Path, year: str, name: str, step: Step, leave_out_rejected: bool = False) -> Ranked:
    """Replaces the figures of `year` ("2021-22") by the file's, and makes the computed edition `name`.

    One transaction; a load or another ranking at the same time is waited for. Raises FileRefusedError,
    RowsRejectedError (unless they are to be left out), NameTakenError or NothingToRankError, and then nothing
    is changed. Figures of other years, published lists and what terms use are never changed.
    """
    with transaction.atomic():
        wait_for()
        _refuse_published_name(name)
        origin = Origin(f"pupil-premium-{year}", READER_VERSION, bundled=False, as_of=_as_of(year))
        run = import_table(path, pupil_premium_table(year), origin, step)
        if run.rows_rejected and not leave_out_rejected:
            raise RowsRejectedError(run)
        run.rows_removed = _remove_what_is_gone(year)
        run.save(update_fields=["rows_removed"])
        ranking, new = work_out(year, name)
    return Ranked(run, ranking, new)


def year_in(file_name: str) -> str:
    """The financial year that a file's name holds ("pupil_premium_2021_22.csv": "2021-22"), or nothing."""
    for first, second in YEAR.findall(file_name):
        if int(second) == (int(first) + 1) % 100:
            return f"20{first}-{second}"
    return ""


def _as_of(year: str) -> str:
    return f"financial year {year[:4]} to 20{year[5:]}"


def _refuse_published_name(name: str) -> None:
    if ListEdition.objects.filter(kind=ListKind.PP50_SCHOOLS, term_label=name, computed=False).exists():
        raise NameTakenError(f"{name} is a published edition. Give the computed one another name.")


def _remove_what_is_gone(year: str) -> int:
    """Removes the year's figures that the file, which is still in `staged`, does not have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM funding_pupilpremium AS kept WHERE year = %s"
            " AND NOT EXISTS (SELECT FROM staged WHERE staged.urn = kept.urn)",
            [year],
        )
        return int(cursor.rowcount)
