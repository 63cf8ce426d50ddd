"""Take a year's pupil premium figures and rank the schools by them."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from funding.imports import locks
from funding.imports.run import Accepted, Origin, ignore, import_table, read_already
from funding.imports.stage import Step
from funding.imports.tables import pupil_premium_table
from funding.models import ImportRun, ListEdition, ListKind, Ranking
from funding.ranking.working import work_out
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.read import SourceFile

YEAR = re.compile(r"(?<!\d)20(\d\d)\D{1,4}(?:20)?(\d\d)(?!\d)")


class NameTakenError(Exception):
    """A published edition has the name already; nothing was changed."""


@dataclass(frozen=True)
class Ranked:
    """What was done. `run` is that of the figures in use. `read` says whether they were read now, `new` whether the
    ranking and its edition are new.
    """

    run: ImportRun
    read: bool
    ranking: Ranking
    new: bool


@transaction.atomic
def rank_figures(
    *,
    file: SourceFile,
    year: str,
    name: str,
    agreed: Accepted,
    by: User | None,
    now: datetime,
    source: str = "",
    step: Step = ignore,
) -> Ranked:
    """Replaces the figures of `year` ("2021-22") by the file's, and makes the computed edition `name`.

    The file that was the last of its year to be taken is not read again; where the ranking is as it was too, nobody
    is told of it. Raises FileRefusedError, RowsRejectedError, LargeLossError, NameTakenError, NothingToRankError or
    ImportBusyError, and then nothing is changed. Figures of other years, published lists and what terms use are
    never changed.
    """
    locks.take_or_refuse()
    _refuse_published_name(name)
    origin = Origin(f"pupil-premium-{year}", bundled=False, as_of=_as_of(year))
    in_use = ImportRun.objects.in_use(origin.source).first()
    if in_use is not None and read_already(in_use, file.sha256):
        run, read = in_use, False
    else:
        run, read = import_table(file, pupil_premium_table(year), origin, step, accepted=agreed), True
    ranking, new = work_out(year, name)
    if read or new:
        record(
            action="funding.schools_ranked",
            subject=ranking,
            by=by,
            now=now,
            new={
                "year": year,
                "edition": ranking.edition_id,
                "schools": ranking.population,
                "sha256": run.sha256,
            },
            source=source,
        )
    return Ranked(run, read, ranking, new)


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
