"""The same person in another application: under the same account, which is one e-mail address; under the same teacher
reference number; or of the same name and date of birth.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.db.models.functions import Lower

from applications.models import Application
from npq_portal.accounts.models import User

WAYS = {
    "account": "the same account and e-mail address",
    "number": "the same teacher reference number",
    "name": "the same name and date of birth",
}
MOST_READ = 30


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`known` are those that the reader sees, each with how it is the same person. `others` says only that there is one
    that is going on, with another provider.
    """

    known: list[tuple[Application, list[str]]]
    others: bool


def is_elsewhere() -> Q:
    """Of the applications that are the same person's as another that is going on, whoever has that."""
    others = Application.objects.live().exclude(pk=OuterRef("pk"))
    named = others.alias(called=Lower("full_name"))
    return (
        Q(Exists(others.filter(applicant=OuterRef("applicant"))))
        | ~Q(trn="") & Q(Exists(others.filter(trn=OuterRef("trn"))))
        | Q(
            Exists(named.filter(called=Lower(OuterRef("full_name")), date_of_birth=OuterRef("date_of_birth")))
        )
    )


def elsewhere(application: Application, user: User) -> Elsewhere:
    """In two queries. A number counts that was given in the registration, or that is an account's and verified."""
    ways = _ways(application)
    rows = Application.objects.registered().filter(erased_at=None).exclude(pk=application.pk)
    rows = rows.alias(called=Lower("full_name")).filter(reduce(or_, ways.values()))
    this = {"pk": OuterRef("pk")}
    found = rows.annotate(
        seen=Exists(Application.objects.visible_to(user).filter(**this)),
        goes_on=Exists(Application.objects.live().filter(**this)),
        **{name: ExpressionWrapper(way, BooleanField()) for name, way in ways.items()},
    ).filter(Q(seen=True) | Q(goes_on=True))
    read: list[Any] = list(
        found.with_names().without_decisions().order_by("-seen", "-state_since", "pk")[:MOST_READ]
    )
    known = [(each, [WAYS[name] for name in ways if getattr(each, name)]) for each in read if each.seen]
    return Elsewhere(known, others=any(not each.seen for each in read))


def _ways(application: Application) -> dict[str, Q]:
    """By name -> what an application of the same person has. Asked by keys alone, so that indexes find them."""
    person = application.applicant
    numbers = {application.trn, person.trn if person.trn_verified else ""} - {""}
    ways = {"account": Q(applicant=person.pk)}
    if numbers:
        verified = User.objects.filter(trn__in=numbers, trn_verified=True).exclude(pk=person.pk)
        ways["number"] = Q(trn__in=numbers) | Q(applicant__in=list(verified.values_list("pk", flat=True)))
    if application.date_of_birth:
        called = Lower(Value(application.full_name))
        ways["name"] = Q(called=called, date_of_birth=application.date_of_birth)
    return ways
