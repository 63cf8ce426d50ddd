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


# What a headteacher takes, or somebody about to be one: the chair of governors stands behind those.
HEADSHIP_NPQS = frozenset({"npq-headship", "npq-early-headship-coaching-offer"})


class Purpose(StrEnum):
    """Which NPQs a provider's form is for."""

    GENERAL = "general"
    HEADSHIP = "headship"

    @property
    def label(self) -> str:
        return PURPOSES[self]


PURPOSES: dict[Purpose, str] = {
    Purpose.GENERAL: "Any NPQ",
    Purpose.HEADSHIP: "Headship and the Early Headship Coaching Offer",
}


def purpose_of(npq: str) -> Purpose:
    """The form meant for the NPQ of this identifier."""
    return Purpose.HEADSHIP if npq in HEADSHIP_NPQS else Purpose.GENERAL


def example_npq(purpose: Purpose) -> str:
    """An NPQ that a form for `purpose` is for, to preview it with."""
    return "npq-headship" if purpose is Purpose.HEADSHIP else "npq-leading-teaching"
