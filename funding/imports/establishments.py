"""Schools and post-16 institutions, in the columns of GIAS's extract of all establishments."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from funding.copying import NULL, cell
from funding.imports import history, validate
from funding.imports.stage import Cells, Reading, Values
from funding.imports.tables import History, Key, Table
from funding.models import Establishment
from funding.models.establishment import PICKABLE

# How many different cells of a column are remembered with their values: all the types, days and districts.
REMEMBERED = 20_000
NOWHERE = (NULL, "0")


@dataclass(frozen=True)
class Column:
    """`name` is the database's, `header` the extract's. `read` takes a cell without surrounding space. `plain` is
    for a column in which few cells are alike: the pattern of those that stand for themselves.
    """

    name: str
    header: str
    read: Callable[[str], object]
    required: bool = False
    plain: re.Pattern[str] | None = None

    def value(self, raw: str) -> str:
        """The cell as COPY writes it. Raises RowRejectedError."""
        return cell(self.read(raw.strip()))

    def reader(self) -> Callable[[Iterable[str]], list[str]]:
        """What makes the values of many cells, at a tenth of the cost of reading each: it keeps those of cells that
        come again, and lets plain ones stand. Raises RowRejectedError.
        """
        if self.plain is None:
            known = Remembered(self.value)
            return lambda cells: list(map(known.__getitem__, cells))
        is_plain = self.plain.fullmatch
        return lambda cells: [raw if is_plain(raw) else self.value(raw) for raw in cells]


class Remembered(dict[str, str]):
    """Cell -> value."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read

    def __missing__(self, raw: str) -> str:
        value = self.read(raw)
        if len(self) < REMEMBERED:
            self[raw] = value
        return value


def _text(longest: int, what: str) -> Callable[[str], str]:
    return lambda cell: validate.text(cell, longest, what)


def _filled(longest: int, what: str) -> Callable[[str], str]:
    return lambda cell: validate.text(validate.filled(cell, what), longest, what)


def _if_any(read: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda cell: validate.optional(cell, read)


def _number(what: str) -> Callable[[str], int | None]:
    return lambda cell: validate.whole_number(cell, what)


def _day(what: str) -> Callable[[str], date | None]:
    return lambda cell: validate.day(cell, what)


COLUMNS = (
    Column("urn", "URN", _if_any(validate.gias_urn), required=True, plain=validate.GIAS_URN),
    Column("ukprn", "UKPRN", _if_any(validate.ukprn), required=True, plain=validate.UKPRN),
    Column(
        "name",
        "EstablishmentName",
        _filled(160, "EstablishmentName"),
        required=True,
        plain=validate.PLAIN_NAME,
    ),
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
    Column("postcode", "Postcode", validate.postcode, required=True, plain=validate.PLAIN_POSTCODE),
    Column("pupils", "NumberOfPupils", _number("NumberOfPupils")),
    Column("fsm", "PercentageFSM", lambda cell: validate.percentage(cell, "PercentageFSM")),
    Column("trust", "Trusts (name)", _text(160, "the trust")),
    Column("easting", "Easting", _number("Easting"), plain=validate.PLAIN_NUMBER),
    Column("northing", "Northing", _number("Northing"), plain=validate.PLAIN_NUMBER),
    Column("opened_on", "OpenDate", _day("OpenDate")),
    Column("closed_on", "CloseDate", _day("CloseDate")),
)
KEYS = COLUMNS[:2]
GRID = ("easting", "northing")


def reader(header: Sequence[str]) -> Reading:
    """Reads the columns that the file has; of the others, rows keep what they hold. Easting and northing are
    read together or not at all.
    """
    paired = {"Easting", "Northing"} <= set(header)
    columns = [each for each in COLUMNS if each.header in header and (paired or each.name not in GRID)]
    names = tuple(each.name for each in columns)
    pick = itemgetter(*(header.index(each.header) for each in columns))
    readers = [each.reader() for each in columns]

    def read(rows: Sequence[Cells]) -> Iterable[Values]:
        cells = zip(*map(pick, rows), strict=True)
        values: dict[str, Sequence[str]] = {
            name: read_column(column) for name, read_column, column in zip(names, readers, cells, strict=True)
        }
        if (NULL, NULL) in zip(values["urn"], values["ukprn"], strict=True):
            raise validate.RowRejectedError("it has neither a URN nor a UKPRN")
        if paired:
            places = map(_grid_reference, values["easting"], values["northing"])
            values["easting"], values["northing"] = zip(*places, strict=True)
        return zip(*values.values(), strict=True)

    def identify(cells: Cells) -> Values:
        keys = [_number_or_null(column, raw) for column, raw in zip(KEYS, pick(cells), strict=False)]
        return [*keys, *[NULL] * (len(columns) - len(keys))]

    return Reading(names, read, identify)


def _grid_reference(easting: str, northing: str) -> tuple[str, str]:
    return (NULL, NULL) if easting in NOWHERE or northing in NOWHERE else (easting, northing)


def _number_or_null(column: Column, raw: str) -> str:
    try:
        return column.value(raw)
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
