"""The closed sets of values that an application holds, beside its states. Pure: the standard library alone."""

from enum import StrEnum

# Of a reason that the other side reads.
LONGEST_REASON = 2_000


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


class SponsorRole(StrEnum):
    """What the sponsor is where the applicant works."""

    HEADTEACHER = "headteacher"
    SETTING_MANAGER = "setting_manager"
    SENIOR_LEADER = "senior_leader"
    CHAIR_OF_GOVERNORS = "chair_of_governors"
    TRUST_LEADER = "trust_leader"

    @property
    def label(self) -> str:
        return SPONSOR_ROLES[self]


SPONSOR_ROLES: dict[SponsorRole, str] = {
    SponsorRole.HEADTEACHER: "Headteacher or principal",
    SponsorRole.SETTING_MANAGER: "Manager of the nursery or other setting",
    SponsorRole.SENIOR_LEADER: "Another senior leader, or my line manager",
    SponsorRole.CHAIR_OF_GOVERNORS: "Chair of governors",
    SponsorRole.TRUST_LEADER: "Chair of trustees, or chief executive of the trust",
}


def sponsors_for(npq: str) -> tuple[SponsorRole, ...]:
    """Who may stand behind somebody for the NPQ of this identifier; the first is the usual one."""
    if npq in HEADSHIP_NPQS:
        return (SponsorRole.CHAIR_OF_GOVERNORS, SponsorRole.TRUST_LEADER)
    return tuple(SponsorRole)


# In place of a reason that must be given, once the person whom it was about has been erased.
ERASED_REASON = "Erased at the person's request."
KEPT_LONG_ENOUGH = "Erased when it had been kept long enough."


class SponsorState(StrEnum):
    """How far the sponsor has come. At most one of an application is named, waiting or has endorsed."""

    NAMED = "named"
    WAITING = "waiting"
    ENDORSED = "endorsed"
    DECLINED = "declined"
    WRONG_PERSON = "wrong_person"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        return SPONSOR_STATES[self]


SPONSOR_STATES = {
    SponsorState.NAMED: "Not asked yet",
    SponsorState.WAITING: "Asked",
    SponsorState.ENDORSED: "Endorsed",
    SponsorState.DECLINED: "Did not endorse",
    SponsorState.WRONG_PERSON: "Said that they are not the sponsor",
    SponsorState.REPLACED: "Replaced by another",
}


class ReminderKind(StrEnum):
    """What an applicant is reminded of by e-mail. Each can be switched off."""

    DRAFT = "draft"
    FORM = "form"
    DEADLINE = "deadline"

    @property
    def label(self) -> str:
        return REMINDERS[self]


REMINDERS = {
    ReminderKind.DRAFT: "Unfinished registrations",
    ReminderKind.FORM: "Forms not started",
    ReminderKind.DEADLINE: "Deadlines",
}


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
