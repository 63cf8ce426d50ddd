"""Which columns of which file go where: a Table for each kind of file, and how one of its rows is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from catalogue.models import PostcodeArea
from funding.copying import cell
from funding.imports import validate
from funding.imports.stage import Reading
from funding.models import (
    ChildcareSetting,
    EstablishmentLink,
    ImportRun,
    IttProvider,
    LocalAuthority,
    PupilPremium,
)
from npq_portal.read import Row, as_row


@dataclass(frozen=True)
class Key:
    """What tells rows apart. `condition` is SQL of a row, for a unique index on a part of the table."""

    columns: tuple[str, ...]
    condition: str = "true"


@dataclass(frozen=True)
class History:
    """For rows that are never deleted. `in_use` and `told_of` are SQL of the row `kept`: whether it counts
    as in use, and whether the staged file would hold it if it still were.

    `retire` puts the rows of the temporary table `lost` out of use. `remember` writes down what the rows of
    the temporary table `differing` are now, and what these columns of theirs become.
    """

    in_use: str
    told_of: str
    retire: Callable[[Any, ImportRun], None]
    remember: Callable[[Any, ImportRun, Sequence[str]], None]


@dataclass(frozen=True)
class Table:
    """`reader` is given the names of the file's columns, and says how its rows are read.

    Rows that the file no longer has are deleted with `whole`, put out of use with `history`, and stay
    otherwise. `part` is a column and its value, where the file is the whole of those rows only.
    """

    model: type[models.Model]
    required: tuple[str, ...]
    reader: Callable[[Sequence[str]], Reading]
    keys: tuple[Key, ...]
    whole: bool = False
    part: tuple[str, str] | None = None
    history: History | None = None


def by_name(
    columns: tuple[str, ...], read: Callable[[Row], tuple[Any, ...]]
) -> Callable[[Sequence[str]], Reading]:
    """The reader of a small table: `read` takes a row by its names, and makes the values of `columns`."""
    return lambda header: Reading(
        columns, lambda rows: (map(cell, read(as_row(header, cells))) for cells in rows)
    )


def _link(row: Row) -> tuple[Any, ...]:
    return (
        validate.gias_urn(row["URN"]),
        validate.gias_urn(row["LinkURN"]),
        validate.text(row["LinkName"], 160, "LinkName"),
        validate.text(validate.filled(row["LinkType"], "LinkType"), 80, "LinkType"),
        validate.day(row["LinkEstablishedDate"], "LinkEstablishedDate"),
    )


LINKS = Table(
    model=EstablishmentLink,
    required=("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"),
    reader=by_name(("urn", "linked_urn", "linked_name", "kind", "linked_on"), _link),
    keys=(Key(("urn", "linked_urn", "kind")),),
    whole=True,
)


# What Ofsted writes for a name or an address that it keeps private, and for a place that it does not know.
NOTHING_SAID = ("REDACTED", "Not Recorded")
NAME_NOT_PUBLISHED = "Name not published by Ofsted"


def _childcare(row: Row) -> tuple[Any, ...]:
    row = {column: "" if cell in NOTHING_SAID else cell for column, cell in row.items()}
    return (
        validate.setting_urn(row["Provider URN"]),
        validate.text(row["Provider name"] or NAME_NOT_PUBLISHED, 160, "Provider name"),
        validate.text(row["Provider subtype"], 60, "Provider subtype"),
        validate.text(row["Provider town"], 60, "Provider town"),
        validate.postcode(row["Postcode"]),
        validate.text(row["Local authority"], 80, "Local authority"),
        validate.text(row["Region"], 40, "Region"),
        validate.whole_number(row["Places"], "Places"),
    )


CHILDCARE = Table(
    model=ChildcareSetting,
    required=(
        "Provider URN",
        "Provider name",
        "Provider subtype",
        "Provider town",
        "Postcode",
        "Local authority",
        "Region",
        "Places",
    ),
    reader=by_name(
        ("ofsted_urn", "name", "kind", "town", "postcode", "la_name", "region", "places"), _childcare
    ),
    keys=(Key(("ofsted_urn",)),),
    whole=True,
)


def pupil_premium_table(year: str) -> Table:
    """The published figures of one financial year ("2021-22"); the year is in the file's title, not in its
    rows.
    """

    def read(row: Row) -> tuple[Any, ...]:
        roll = validate.whole_number(
            validate.filled(row["Pupils on roll"], "Pupils on roll"), "Pupils on roll"
        )
        secondary = validate.whole_number(row["Secondary pupils on roll"] or "0", "Secondary pupils on roll")
        column = "Pupils eligible for deprivation pupil premium"
        eligible = validate.whole_number(validate.filled(row[column], column), column)
        if max(secondary or 0, eligible or 0) > (roll or 0):
            raise validate.RowRejectedError("a part of the roll is larger than the roll")
        kind = validate.text(row["School type"], 40, "School type")
        return validate.gias_urn(row["URN"]), year, kind, roll, secondary, eligible

    return Table(
        model=PupilPremium,
        required=(
            "URN",
            "School type",
            "Pupils on roll",
            "Secondary pupils on roll",
            "Pupils eligible for deprivation pupil premium",
        ),
        reader=by_name(("urn", "year", "school_type", "roll", "secondary_roll", "eligible"), read),
        keys=(Key(("urn", "year")),),
        whole=True,
        part=("year", year),
    )


def _local_authority(row: Row) -> tuple[Any, ...]:
    return tuple(
        validate.text(validate.filled(row[column], column), longest, column)
        for column, longest in (
            ("old_la_code", 3),
            ("new_la_code", 9),
            ("la_name", 80),
            ("region_code", 9),
            ("region_name", 40),
        )
    )


LOCAL_AUTHORITIES = Table(
    model=LocalAuthority,
    required=("old_la_code", "new_la_code", "la_name", "region_code", "region_name"),
    reader=by_name(("code", "gss_code", "name", "region_code", "region"), _local_authority),
    keys=(Key(("code",)),),
)


def _postcode_area(row: Row) -> tuple[Any, ...]:
    return (
        validate.text(validate.filled(row["outward_code"], "outward_code"), 4, "outward_code"),
        validate.metres(row["easting"], "easting"),
        validate.metres(row["northing"], "northing"),
        validate.whole_number(row["points"], "points"),
    )


POSTCODE_AREAS = Table(
    model=PostcodeArea,
    required=("outward_code", "easting", "northing", "points"),
    reader=by_name(("outward_code", "easting", "northing", "points"), _postcode_area),
    keys=(Key(("outward_code",)),),
    whole=True,
)


def _itt_provider(row: Row) -> tuple[Any, ...]:
    legal_name = validate.text(
        validate.filled(row["Legal accredited name"], "the legal name"), 160, "the legal name"
    )
    operating_name = validate.text(row["Operating name"], 160, "the operating name")
    return legal_name, operating_name or legal_name, True


ITT_PROVIDERS = Table(
    model=IttProvider,
    required=("Legal accredited name", "Operating name"),
    reader=by_name(("legal_name", "operating_name", "approved"), _itt_provider),
    keys=(Key(("legal_name",)),),
)
