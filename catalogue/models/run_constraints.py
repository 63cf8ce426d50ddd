"""What the database refuses of a course run, whoever writes it.

NULL is neither within bounds nor not: what is not known passes. That each session lies within the run's dates is
kept by a trigger (`session_within_its_run`, on both tables), since no constraint can look at a second table.
"""

from decimal import Decimal

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from catalogue.models.run_words import Days, Mode, State
from catalogue.models.years import in_years

# The most that the column holds. NaN, which Postgres puts above every number, is more.
HIGHEST_PRICE = Decimal("999999.99")


def _none_or_within(taken: str, places: str) -> Q:
    """`taken` is not known, or is a part of `places`, which then are."""
    return Q((f"{taken}__isnull", True)) | Q((f"{places}__isnull", False), (f"{taken}__lte", F(places)))


OF_RUN = (
    UniqueConstraint(fields=["added_with"], name="course_run_added_once"),
    CheckConstraint(condition=Q(state__in=State.values), name="course_run_state_is_known"),
    CheckConstraint(condition=Q(mode__in=["", *Mode.values]), name="course_run_mode_is_known"),
    CheckConstraint(condition=Q(days__in=["", *Days.values]), name="course_run_days_are_known"),
    CheckConstraint(
        condition=in_years("starts_on", "ends_on", "apply_by", "price_as_of", "places_as_of"),
        name="course_run_dates_are_from_2000_to_2099",
    ),
    CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
        name="course_run_ends_after_it_starts",
    ),
    CheckConstraint(
        condition=Q(apply_by__isnull=True) | Q(starts_on__isnull=True) | Q(apply_by__lte=F("starts_on")),
        name="course_run_apply_by_before_start",
    ),
    CheckConstraint(condition=Q(price__gt=0, price__lte=HIGHEST_PRICE), name="course_run_price_is_an_amount"),
    CheckConstraint(
        condition=Q(price__isnull=True, price_plus_vat__isnull=True, price_as_of__isnull=True)
        | Q(price__isnull=False, price_as_of__isnull=False),
        name="course_run_price_has_its_day",
    ),
    CheckConstraint(
        condition=Q(funded_places__gte=0)
        & Q(funded_taken__gte=0)
        & Q(paying_places__gte=0)
        & Q(paying_taken__gte=0),
        name="course_run_places_not_negative",
    ),
    CheckConstraint(
        condition=_none_or_within("funded_taken", "funded_places"),
        name="course_run_funded_places_cover_those_taken",
    ),
    CheckConstraint(
        condition=_none_or_within("paying_taken", "paying_places"),
        name="course_run_paying_places_cover_those_taken",
    ),
    CheckConstraint(
        condition=Q(funded_places__isnull=True, paying_places__isnull=True, places_as_of__isnull=True)
        | Q(places_as_of__isnull=False) & (Q(funded_places__isnull=False) | Q(paying_places__isnull=False)),
        name="course_run_places_have_their_day",
    ),
)
