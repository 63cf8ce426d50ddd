"""What stands against merging two accounts, in words for portal staff: told before, on the page, and by the verb."""

from collections.abc import Iterable
from typing import Any

from applications.actions.errors import Refused
from applications.models import Application
from applications.states import LIVE
from npq_portal.accounts.models import User


class NotPortalStaff(Refused):
    def __init__(self) -> None:
        super().__init__("Only this portal's staff merge accounts, or say that two are two people's.")


class ClosedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            "One of these accounts has been closed, merged or erased meanwhile, so nothing was done. Look for "
            "them again."
        )


class StaffAccounts(Refused):
    """What somebody did as staff has to stay theirs."""

    def __init__(self) -> None:
        super().__init__(
            "One of these accounts is of staff, and those are never merged. Take away its access to the staff area "
            "first, if the person no longer works here."
        )


class OtherNumbers(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Both accounts have a verified teacher reference number, and they differ, so these are two people. If one "
            "number is wrong, correct it on the page of its account first."
        )


class LiveInBoth(Refused):
    """`which` names each pair of references, with their course."""

    def __init__(self, which: list[str]) -> None:
        super().__init__(
            f"{'; '.join(which)}. A person has one live application for an NPQ and term. Ask them to withdraw the one "
            "that they do not want, then merge the accounts."
        )


class FoundToBeTwo(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Somebody has found that these are two people, so they were not merged. Take that back first."
        )


def why_not(one: User, other: User, applications: Iterable[Application]) -> Refused | None:
    """What stands against merging the two, whichever is kept; `applications` are those of both."""
    if one.pk == other.pk or any(map(is_closed, (one, other))):
        return ClosedMeanwhile()
    if any(map(is_staffs, (one, other))):
        return StaffAccounts()
    if one.trn_verified and other.trn_verified and one.trn != other.trn:
        return OtherNumbers()
    live: dict[Any, list[Application]] = {}
    for each in applications:
        if each.status in LIVE:
            live.setdefault((each.qualification_id, each.term_id), []).append(each)
    twice = [pair for pair in live.values() if len(pair) > 1]
    return LiveInBoth([_told(*pair) for pair in twice]) if twice else None


def is_closed(account: User) -> bool:
    return not account.is_active or bool(account.merged_into_id)


def is_staffs(account: User) -> bool:
    return account.has_staff_account or account.is_superuser


def _told(first: Application, second: Application) -> str:
    course = f"{first.qualification}, {first.term}"
    return f"{first.reference} and {second.reference} are both live, for {course}"
