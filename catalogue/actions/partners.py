"""Delivery partners that are one under two names become one; those that staff found to be two stay two."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, count
from typing import Any

from django.db import connection
from django.utils.text import slugify

from catalogue.models import CourseRun, DeliveryPartner, DifferentPartners, PartnerAlias, Partnership
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.pairs import in_order
from npq_portal.verbs import Refused, verb

# Waits for who merges it, and for nobody else; who would merge it waits for us.
HOLD = "SELECT FROM catalogue_deliverypartner WHERE id = %s FOR KEY SHARE"


class NotPortalStaffError(Refused):
    def __init__(self) -> None:
        super().__init__("Only this portal's staff merge delivery partners, or say that two are different.")


class NoReasonError(Refused):
    def __init__(self) -> None:
        super().__init__("Give a reason.")


class MergedMeanwhileError(Refused):
    def __init__(self, gone: Iterable[int]) -> None:
        aliases = PartnerAlias.objects.filter(former_key__in=gone).select_related("partner")
        told = [f"“{alias}” has been merged into “{alias.partner}”." for alias in aliases]
        super().__init__(" ".join([*told, "Nothing more was done."]))


class SaidDifferentError(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Somebody has said that these are two different partners, so they were not merged. Take that back first."
        )


@verb
def merge_partners(
    *, kept: DeliveryPartner, absorbed: DeliveryPartner, reason: str, by: User, now: datetime
) -> bool:
    """Give `kept` the course runs, partnerships and aliases of `absorbed`, whose name and address become an alias.

    What `kept` says of itself stays; a note or website that it lacks is taken over. A partnership that both have with
    one provider and hub in one period becomes one. Nobody on a run is written to: it goes on as it was, and only what
    its partner is called changes. It leaves one audit row, with what `absorbed` was. A second call returns False.

    Raises NotPortalStaffError, NoReasonError, SaidDifferentError, and MergedMeanwhileError where one of them is gone.
    """
    if not by.sees_everything:
        raise NotPortalStaffError
    if not (reason := reason.strip()):
        raise NoReasonError
    # The runs before their partners, as whoever changes a run holds them; then those that were added in between.
    list(
        CourseRun.objects.select_for_update(no_key=True).filter(partner=absorbed).order_by("pk").values("pk")
    )
    try:
        kept, absorbed = _held(kept, absorbed)
    except MergedMeanwhileError:
        if kept.aliases.filter(former_key=absorbed.pk).exists():
            return False
        raise
    if DifferentPartners.objects.between(kept, absorbed).exists():
        raise SaidDifferentError
    old = {name: getattr(absorbed, name) for name in ("name", "slug", "note", "website")}
    moved = _move(kept, absorbed, now)
    gone = absorbed.pk
    absorbed.delete()
    PartnerAlias.objects.create(
        partner=kept, name=old["name"], slug=old["slug"], former_key=gone, merged_at=now
    )
    kept.note, kept.website = kept.note or old["note"], kept.website or old["website"]
    kept.save(update_fields=["note", "website", "updated_at"])
    record(
        action="catalogue.partners_merged",
        subject=kept,
        by=by,
        now=now,
        old={"key": gone, **old},
        new=moved,
        note=reason,
    )
    return True


@verb
def say_different(*, one: DeliveryPartner, other: DeliveryPartner, by: User, now: datetime) -> bool:
    """The two are not offered as a pair any more, nor merged, until it is taken back. False where it was said before.

    Raises NotPortalStaffError, and MergedMeanwhileError where one of them is gone.
    """
    if not by.sees_everything:
        raise NotPortalStaffError
    one, other = in_order(*_held(one, other))
    _, said = DifferentPartners.objects.get_or_create(one=one, other=other, defaults={"said_at": now})
    if said:
        record(
            action="catalogue.partners_said_different", subject=one, by=by, now=now, new={"other": other.name}
        )
    return said


@verb
def take_back_different(*, one: DeliveryPartner, other: DeliveryPartner, by: User, now: datetime) -> bool:
    """The two may be one again. False where nobody says otherwise. Raises as `say_different`."""
    if not by.sees_everything:
        raise NotPortalStaffError
    one, other = in_order(*_held(one, other))
    taken_back, _ = DifferentPartners.objects.between(one, other).delete()
    if taken_back:
        record(
            action="catalogue.partners_not_said_different",
            subject=one,
            by=by,
            now=now,
            new={"other": other.name},
        )
    return bool(taken_back)


def free_slug(name: str) -> str:
    """The address that `name` makes, numbered where another partner has it, or had it before two were merged."""
    made = slugify(name)[:150].strip("-") or "partner"
    taken = {
        slug
        for rows in (DeliveryPartner.objects, PartnerAlias.objects)
        for slug in rows.filter(slug__startswith=made).values_list("slug", flat=True)
    }
    numbered = (f"{made}-{number}" for number in count(2))
    return next(slug for slug in chain([made], numbered) if slug not in taken)


def hold_standing(key: int | None) -> int | None:
    """The key of the partner that stands for `key` today: its own, or that of the one it was merged into.

    In the caller's transaction, until whose end that one is merged into no other.
    """
    while key is not None:
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [key])
            if cursor.rowcount:
                break
        alias = PartnerAlias.objects.filter(former_key=key).first()
        if alias is None:
            break  # of no partner: the foreign key refuses it
        key = alias.partner_id
    return key


def _held(one: DeliveryPartner, other: DeliveryPartner) -> tuple[DeliveryPartner, DeliveryPartner]:
    """Both as they are now, always held in one order."""
    keys = (one.pk, other.pk)
    held = DeliveryPartner.objects.select_for_update().order_by("pk").in_bulk(keys)
    if gone := {*keys} - held.keys():
        raise MergedMeanwhileError(gone)
    return held[one.pk], held[other.pk]


def _move(kept: DeliveryPartner, absorbed: DeliveryPartner, now: datetime) -> dict[str, Any]:
    """The keys of what moved, for the audit."""
    runs = list(absorbed.course_runs.order_by("pk").values_list("pk", flat=True))
    absorbed.course_runs.update(partner=kept, updated_at=now)
    joined = [each.pk for each in absorbed.partnerships.order_by("pk") if _join(each, kept)]
    absorbed.partnerships.filter(pk__in=joined).delete()
    partnerships = list(absorbed.partnerships.order_by("pk").values_list("pk", flat=True))
    absorbed.partnerships.update(partner=kept, updated_at=now)
    absorbed.aliases.update(partner=kept)
    for said in DifferentPartners.objects.of(absorbed):
        third = said.other_id if said.one_id == absorbed.pk else said.one_id
        one, other = sorted((kept.pk, third))
        DifferentPartners.objects.get_or_create(
            one_id=one, other_id=other, defaults={"said_at": said.said_at}
        )
        said.delete()
    return {"course_runs": runs, "partnerships": partnerships, "partnerships_joined": joined}


def _join(partnership: Partnership, kept: DeliveryPartner) -> bool:
    """Whether `kept` has this partnership too: then its row says what both said, and stands as the later was seen."""
    same = kept.partnerships.filter(
        provider=partnership.provider_id, hub=partnership.hub_id, period=partnership.period
    ).first()
    if same is None:
        return False
    if partnership.seen_on > same.seen_on:
        same.seen_on, same.is_past = partnership.seen_on, partnership.is_past
    if partnership.text not in same.text:
        same.text = "\n\n".join(filter(None, [same.text, partnership.text]))
    same.save()
    return True
