"""Accounts that are likely one person's: of the same verified teacher reference number, or whose registrations have the
same name and date of birth. Those that staff found to be two people's are none.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from applications.models import AccountToMerge, Application, TwoPeople
from applications.models.merging import MERGEABLE

BY_NUMBER, BY_NAME = "the same verified teacher reference number", "the same name and date of birth"


@dataclass(frozen=True, slots=True)
class Twin:
    account: AccountToMerge
    why: list[str]


def first_of_pairs(accounts: QuerySet[AccountToMerge]) -> QuerySet[AccountToMerge]:
    """Those with a likely twin whose key comes after theirs: of each pair one."""
    two = TwoPeople.objects.filter(other=OuterRef("pk"), one=OuterRef(OuterRef("pk")))
    others = _numbered().filter(~Exists(two), trn=OuterRef("trn"), pk__gt=OuterRef("pk"))
    two = TwoPeople.objects.filter(other=OuterRef("applicant"), one=OuterRef(OuterRef("applicant")))
    named = _registrations().filter(
        ~Exists(two),
        called=Lower(OuterRef("full_name")),
        date_of_birth=OuterRef("date_of_birth"),
        applicant__gt=OuterRef("applicant"),
    )
    return accounts.filter(
        Q(pk__in=_numbered().filter(Exists(others)).values("pk"))
        | Q(pk__in=_registrations().filter(Exists(named)).values("applicant"))
    )


def twins_of(accounts: Collection[AccountToMerge]) -> dict[UUID, list[Twin]]:
    """The likely twins of each, in the order of their addresses. Five queries at most, however many there are."""
    why: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    numbers = {each.trn for each in accounts if each.trn_verified}
    by_number: dict[str, set[UUID]] = defaultdict(set)
    for pk, trn in _numbered().filter(trn__in=numbers).values_list("pk", "trn"):
        by_number[trn].add(pk)
    by_name = _by_name(accounts)
    two = _found_to_be_two(accounts)
    for alike, told in ((by_number, BY_NUMBER), (by_name, BY_NAME)):
        for keys in alike.values():
            for account in accounts:
                if account.pk in keys:
                    for other in keys - {account.pk} - two[account.pk]:
                        _once(why[account.pk, other], told)
    found = AccountToMerge.objects.in_bulk({other for _, other in why})
    twins: dict[UUID, list[Twin]] = {each.pk: [] for each in accounts}
    for (account_key, other), told_of in why.items():
        twins[account_key].append(Twin(found[other], told_of))
    return {key: sorted(each, key=lambda twin: twin.account.email) for key, each in twins.items()}


def _by_name(accounts: Collection[AccountToMerge]) -> dict[tuple[Any, Any], set[UUID]]:
    """(name in small letters, date of birth) -> the accounts with a registration in it."""
    mine = _registrations().filter(applicant__in=[each.pk for each in accounts])
    persons = {(called, born) for called, born in mine.values_list("called", "date_of_birth")}
    rows = _registrations().filter(
        called__in={called for called, _ in persons}, date_of_birth__in={born for _, born in persons}
    )
    found: dict[tuple[Any, Any], set[UUID]] = defaultdict(set)
    for pk, called, born in rows.values_list("applicant", "called", "date_of_birth"):
        if (called, born) in persons:
            found[called, born].add(pk)
    return found


def _found_to_be_two(accounts: Collection[AccountToMerge]) -> dict[UUID, set[UUID]]:
    keys = [each.pk for each in accounts]
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in TwoPeople.objects.filter(Q(one__in=keys) | Q(other__in=keys)).values_list(
        "one", "other"
    ):
        found[one].add(other)
        found[other].add(one)
    return found


def _once(told: list[str], why: str) -> None:
    if why not in told:
        told.append(why)


def _numbered() -> QuerySet[AccountToMerge]:
    return AccountToMerge.objects.filter(**MERGEABLE, trn_verified=True)


def _registrations() -> QuerySet[Any]:
    """Of accounts that may be merged, with the name as it is compared."""
    of_open = {f"applicant__{name}": value for name, value in MERGEABLE.items()}
    known = Application.objects.registered().filter(erased_at=None, date_of_birth__isnull=False, **of_open)
    return known.annotate(called=Lower("full_name")).order_by()
