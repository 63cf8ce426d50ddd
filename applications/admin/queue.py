"""The list of applications, page by page (npq_portal.keyset). Nothing is counted but the states, once, for the figures
above the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, Q, QuerySet, Value
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from applications.admin.filters import KNOWN, Counted, StateFilter, TaskFilter
from applications.models import Application
from applications.models.application_sets import ApplicationQuerySet
from applications.models.queue import QUEUE_NUMBER, QUEUE_PLACE, QUEUE_SINCE, Row, task_of
from applications.states import State
from npq_portal.keyset import KeysetPage, page_beside

AFTER, BEFORE = "after", "before"
ORDER = ("queue_place", "queue_number", "queue_since", "pk")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# What somebody may have typed into an address, which no place in the queue is longer than.
LONGEST_PLACE = 70
HIGHEST_NUMBER = 2**31


Place = tuple[int, int, datetime, UUID]


@dataclass(frozen=True, slots=True)
class Counts:
    """One state above the list: how many have it under the other filters, and the address that lists them."""

    label: str
    number: int
    query: str
    chosen: bool


def written(row: Any) -> str:
    """Where a row stands in the queue, for an address: "2_0_1795341600000000_" and its key."""
    since = (row.queue_since - EPOCH) // MICROSECOND
    return f"{row.queue_place}_{row.queue_number}_{since}_{row.pk.hex}"


def read(text: str) -> Place | None:
    """As `written`; None for whatever else stands there."""
    try:
        place, number, since, key = text[:LONGEST_PLACE].split("_")
        return int(place) % 100, int(number) % HIGHEST_NUMBER, EPOCH + int(since) * MICROSECOND, UUID(key)
    except (ValueError, OverflowError):
        return None


def filters_of(query: str) -> str:
    """The filters in the address of a list, each once, and nothing else of it."""
    given = QueryDict(query[:4_000])
    kept = QueryDict(mutable=True)
    for name in KNOWN:
        if value := given.get(name, "").strip():
            kept[name] = value
    return kept.urlencode()


class Queue(ChangeList):
    result_list: list[Any]

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Application]:
        self.place_after, self.place_before = (read(request.GET.get(name, "")) for name in (AFTER, BEFORE))
        for name in (
            AFTER,
            BEFORE,
        ):  # They narrow nothing, and every link but those to other pages leaves them out.
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        self.of_all_states = super().get_queryset(request, exclude_parameters)
        self.narrowed = Q()
        for each in self.filter_specs:
            if isinstance(each, Counted):
                self.narrowed &= each.condition()
        self.filter_specs = [each for each in self.filter_specs if not isinstance(each, StateFilter)]
        return self.of_all_states.filter(self.narrowed)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Application]) -> list[Any]:
        """One order, whatever the address says: places in it are what pages are found by."""
        return list(self.model_admin.get_ordering(request))

    def get_results(self, request: HttpRequest) -> None:
        rows = cast(ApplicationQuerySet, self.queryset).without_decisions().with_place_in_line()
        self.rows = rows.annotate(
            queue_place=QUEUE_PLACE, queue_number=QUEUE_NUMBER, queue_since=QUEUE_SINCE
        ).order_by(*ORDER)
        self.result_list, now = self._page(), timezone.now()
        for row in self.result_list:
            row.task = task_of(row, now)
        self.counts = list(self._counts())
        self.show_full_result_count = self.show_admin_actions = self.multi_page = False
        self.can_show_all, self.full_result_count = True, None

    def _page(self) -> list[Any]:
        before, after = self.place_before, self.place_after
        page = page_beside(
            self.rows,
            self.list_per_page,
            before=self._beside(before, "lt") if before else None,
            after=self._beside(after, "gt") if after else None,
        )
        self._link(page)
        return page.rows

    def _beside(self, place: Place, comparison: str) -> QuerySet[Application]:
        here = Row(QUEUE_PLACE, QUEUE_NUMBER, QUEUE_SINCE, F("pk"))
        there = Row(*(Value(each) for each in place))
        return self.rows.alias(here=here).filter(**{f"here__{comparison}": there})

    def _link(self, page: KeysetPage[Any]) -> None:
        rows = page.rows
        self.next = self.get_query_string({AFTER: written(rows[-1])}) if page.has_next else ""
        self.previous = ""
        if page.has_previous:  # of an empty page, the first
            self.previous = self.get_query_string({BEFORE: written(rows[0])} if rows else None)

    def _counts(self) -> Iterator[Counts]:
        """Every state that there is under the other filters, in the order in which an application comes to them."""
        by_state = self.of_all_states.order_by().values("state")
        # By a column that the index `application_counted` holds: the rows themselves are not read.
        found = {
            row["state"]: row
            for row in by_state.annotate(number=Count("state"), here=Count("state", filter=self.narrowed))
        }
        self.result_count = sum(row["here"] for row in found.values())
        chosen = self.params.get(StateFilter.parameter_name, "")
        away = [StateFilter.parameter_name, TaskFilter.parameter_name]
        total = sum(row["number"] for row in found.values())
        none = not chosen and TaskFilter.parameter_name not in self.params
        yield Counts("All", total, self.get_query_string(remove=away), none)
        for state in State:
            if state.value in found or state.value == chosen:
                query = self.get_query_string({StateFilter.parameter_name: state.value}, away[1:])
                number = found.get(state.value, {"number": 0})["number"]
                yield Counts(state.label, number, query, state.value == chosen)
