"""The published eligibility lists. Each edition has its own header; an entry is whose number, and it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from funding.imports import validate
from funding.models import ListKind, Namespace
from npq_portal.read import FileRefusedError, Row

Entry = tuple[str, str]

# Other files that have a column of numbers too: what they hold, and the column that they have and no list has.
NO_LISTS = {
    "Pupils on roll": "pupil premium figures",
    "Pupils eligible for deprivation pupil premium": "pupil premium figures",
    "TypeOfEstablishment (code)": "an extract of the register of establishments",
    "LinkURN": "links between establishments",
    "Places": "a table of childcare settings",
}


@dataclass(frozen=True)
class ListFormat:
    """`any_of` are the names that editions have given the column of numbers; one of them must be there. `also`
    are columns that a number is taken from where that one has none.
    """

    any_of: tuple[str, ...]
    read: Callable[[Row], Entry]
    also: tuple[str, ...] = ()

    def is_number(self, column: str) -> bool:
        return column in self.any_of or column in self.also


def refuse_other_files(columns: Sequence[str], name: str) -> None:
    """Raises FileRefusedError for a file that is known to be no list, though a list could be read from it."""
    known = {column.casefold(): what for column, what in NO_LISTS.items()}
    for column in columns:
        if what := known.get(column.casefold()):
            raise FileRefusedError(
                f"{name} holds {what}, not a list: it has a column {column}. Choose the list itself."
            )


def _school(row: Row) -> Entry:
    return Namespace.GIAS_URN, validate.gias_urn(validate.first_of(row, "URN", "School URN", "urn"))


def _institution(row: Row) -> Entry:
    return Namespace.UKPRN, validate.ukprn(validate.first_of(row, "UKPRN"))


def _childminder(row: Row) -> Entry:
    # Where an edition has both, "URN" is the early years census's own number, which nobody is known by.
    return Namespace.OFSTED_URN, validate.ofsted_urn(validate.first_of(row, "Provider URN", "Ofsted URN"))


def _early_years(row: Row) -> Entry:
    """Ofsted's number where there is a usable one, else the school's.

    The other column mixes school URNs, which begin with 1 or 2, with the early years census's own numbers
    from 500000. Those are kept apart, so that one can never be taken for a school.
    """
    ofsted = validate.first_of(row, "Ofsted URN", "OfstedURN")
    try:
        return Namespace.OFSTED_URN, validate.ofsted_urn(ofsted)
    except validate.RowRejectedError:
        number = validate.first_of(row, "URN", "EYURN")
    if number[:1] in {"5", "6", "7", "8", "9"}:
        return Namespace.EARLY_YEARS_URN, validate.ofsted_urn(number)
    return Namespace.GIAS_URN, validate.gias_urn(number)


_SCHOOLS = ListFormat(("URN", "School URN", "urn"), _school)

FORMATS: dict[str, ListFormat] = {
    ListKind.PP50_SCHOOLS: _SCHOOLS,
    ListKind.RISE: _SCHOOLS,
    ListKind.LOCAL_AUTHORITY_NURSERIES: _SCHOOLS,
    ListKind.HIGH_PUPIL_PREMIUM_2021: _SCHOOLS,
    ListKind.PP50_16_TO_19: ListFormat(("UKPRN",), _institution),
    ListKind.CHILDMINDERS: ListFormat(("Provider URN", "Ofsted URN"), _childminder),
    ListKind.DISADVANTAGED_EARLY_YEARS: ListFormat(
        ("Ofsted URN", "OfstedURN"), _early_years, also=("URN", "EYURN")
    ),
}
