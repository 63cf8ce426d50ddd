"""The closed sets of values that an application holds, beside its states. Pure: the standard library alone."""

from enum import StrEnum


class Payer(StrEnum):
    """Who pays for someone who is not eligible for scholarship funding."""

    SCHOOL = "school"
    TRUST = "trust"
    SELF = "self"
    ANOTHER = "another"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: dict[Payer, str] = {
    Payer.SCHOOL: "My workplace",
    Payer.TRUST: "My trust",
    Payer.SELF: "I will pay myself",
    Payer.ANOTHER: "Another way",
}
