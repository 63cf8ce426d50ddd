"""The queue's filters that a member of staff keeps for themselves."""

from datetime import datetime

from applications.actions.errors import TooManyFilters
from applications.models import SavedFilter
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb

# More would be no shorter way than the filters themselves.
MOST = 20


@verb
def save_filter(*, name: str, query: str, by: User, now: datetime) -> SavedFilter:
    """Under a name that the person has already, it takes the place of what that stood for. Raises TooManyFilters."""
    mine = SavedFilter.objects.of(User.objects.select_for_update(no_key=True).get(pk=by.pk))
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise TooManyFilters
    saved, _ = SavedFilter.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "saved_at": now}
    )
    record(action="applications.filter_saved", subject=saved, by=by, now=now, new={"query": query})
    return saved


@verb
def delete_filter(*, saved: SavedFilter, by: User, now: datetime) -> None:
    """One that somebody else owns, or that is gone already, changes nothing."""
    if SavedFilter.objects.of(by).filter(pk=saved.pk).delete()[0]:
        record(
            action="applications.filter_deleted", subject=saved, by=by, now=now, old={"query": saved.query}
        )
