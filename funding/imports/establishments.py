"""Schools and post-16 institutions, in the columns of GIAS's extract of all establishments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from funding.copying import NULL, cell
from funding.imports import history, validate
from funding.imports.stage import Reading, Values
from funding.imports.tables import History, Key, Table
from funding.models import Establishment
from funding.models.establishment import PICKABLE

# How many different cells of a column are remembered with their values: all the types, days and districts.
REMEMBERED = 20_000
NO_GRID_REFERENCE = (NULL, "0")


@dataclass(frozen=True)
class Column:
    """`name` is the database's, `header` the extract's. `read` takes a cell without surrounding space."""

    name: str
    header: str
    read: Callable[[str], str | None]
    required: bool = False


class Remembered(dict[str, str]):
    """Cell -> value for one column, as COPY writes it. Most cells of an extract are repeated, and a look-up costs a
    tenth of a reading.
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self.read = read

    def __missing__(self, raw: str) -> str:
        value = cell(self.read(raw.strip()))
        if len(self) < REMEMBERED:
            self[raw] = value
        return value


def _text(longest: int, what: str) -> Callable[[str], str]:
    return lambda cell: validate.text(cell, longest, what)


def _filled(longest: int, what: str) -> Callable[[str], str]:
    return lambda cell: validate.text(validate.filled(cell, what), longest, what)


def _number(what: str) -> Callable[[str], str | None]:
    return lambda cell: _plain(validate.whole_number(cell, what))


def _day(what: str) -> Callable[[str], str | None]:
    return lambda cell: _plain(validate.day(cell, what))


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


COLUMNS = (
    Column("urn", "URN", lambda cell: validate.optional(cell, validate.gias_urn), required=True),
    Column("ukprn", "UKPRN", lambda cell: validate.optional(cell, validate.ukprn), required=True),
    Column("name", "EstablishmentName", _filled(160, "EstablishmentName"), required=True),
    Column("type_code", "TypeOfEstablishment (code)", _filled(3, "the type's code"), required=True),
    Column("type_name", "TypeOfEstablishment (name)", _text(80, "the type's name"), required=True),
    Column("group_code", "EstablishmentTypeGroup (code)", _text(3, "the group's code")),
    Column("status_code", "EstablishmentStatus (code)", _filled(2, "the status"), required=True),
    Column("status_name", "EstablishmentStatus (name)", _text(40, "the status's name"), required=True),
    Column("phase", "PhaseOfEducation (name)", _text(40, "the phase")),
    Column("la_code", "LA (code)", _text(3, "the local authority's code")),
    Column("la_name", "LA (name)", _text(80, "the local authority's name")),
    Column("district_code", "DistrictAdministrative (code)", _text(9, "the district's code")),
    Column("district_name", "DistrictAdministrative (name)", _text(80, "the district's name")),
    Column("region", "GOR (name)", _text(40, "the region")),
    Column("town", "Town", _text(80, "the town")),
    Column("postcode", "Postcode", validate.postcode, required=True),
    Column("pupils", "NumberOfPupils", _number("NumberOfPupils")),
    Column("fsm", "PercentageFSM", lambda cell: _plain(validate.percentage(cell, "PercentageFSM"))),
    Column("trust", "Trusts (name)", _text(160, "the trust")),
    Column("easting", "Easting", _number("Easting")),
    Column("northing", "Northing", _number("Northing")),
    Column("opened_on", "OpenDate", _day("OpenDate")),
    Column("closed_on", "CloseDate", _day("CloseDate")),
)
GRID = ("easting", "northing")


def reader(header: Sequence[str]) -> Reading:
    """Reads the columns that the file has; of the others, rows keep what they hold. Easting and northing are
    read together or not at all.
    """
    paired = {"Easting", "Northing"} <= set(header)
    columns = [each for each in COLUMNS if each.header in header and (paired or each.name not in GRID)]
    names = tuple(each.name for each in columns)
    pick = itemgetter(*(header.index(each.header) for each in columns))
    readers = [Remembered(each.read) for each in columns]
    easting = names.index("easting") if paired else None

    def read(cells: list[str]) -> Values:
        values = [known[raw] for known, raw in zip(readers, pick(cells), strict=True)]
        if values[0] == values[1] == NULL:
            raise validate.RowRejectedError("it has neither a URN nor a UKPRN")
        if easting and (values[easting] in NO_GRID_REFERENCE or values[easting + 1] in NO_GRID_REFERENCE):
            values[easting] = values[easting + 1] = NULL
        return values

    def identify(cells: list[str]) -> Values:
        return [_number_or_null(known, raw) for known, raw in zip(readers[:2], pick(cells), strict=False)] + [
            NULL
        ] * (len(columns) - 2)

    return Reading(names, read, identify)


def _number_or_null(known: Remembered, raw: str) -> str:
    try:
        return known[raw]
    except validate.RowRejectedError:
        return NULL


ESTABLISHMENTS = Table(
    model=Establishment,
    required=tuple(each.header for each in COLUMNS if each.required),
    reader=reader,
    keys=(Key(("urn",), "{row}.urn IS NOT NULL"), Key(("ukprn",), "{row}.urn IS NULL")),
    history=History(
        in_use=f"kept.status_code IN ({', '.join(map(repr, PICKABLE))})",
        # GIAS gives every institution a URN. A file in which all have one says nothing of those known by
        # their UKPRN alone, but for the ones that it holds under a URN.
        told_of="kept.urn IS NOT NULL OR EXISTS (SELECT FROM staged WHERE urn IS NULL)"
        " OR kept.ukprn IN (SELECT ukprn FROM staged WHERE ukprn IS NOT NULL)",
        retire=history.retire,
        remember=history.remember,
    ),
)
