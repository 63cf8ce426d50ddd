"""Another order of a waiting list, which its provider answers for."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, Value, When

from applications.actions.errors import Incomplete, LineChanged
from applications.actions.moving import hold, move
from applications.models import Application, Note
from applications.queries import order_of
from applications.states import Action
from npq_portal.accounts.models import User
from npq_portal.verbs import verb


@verb
def move_in_line(
    *, application: Application, to: int, reason: str, order: str, by: User, now: datetime
) -> Application:
    """Give somebody on the list the place `to`, 1 being the next; those in between move by one.

    `order` is the one that was looked at (queries.order_of): LineChanged where it is another by now. The reason is kept
    as a note, for staff. Nobody is told by mail: each reads their number on their page. Raises Incomplete without a
    reason, for a place that the list has not, and for the one that they have.
    """
    reason = reason.strip()
    if not reason:
        raise Incomplete("reason", "Give a reason: your colleagues read it.")
    waiting = Application.objects.alike(application).waiting()
    hold(waiting)
    numbers: dict[UUID, int | None] = dict(waiting.values_list("pk", "waiting_number"))
    line = list(numbers)
    if application.pk not in numbers or order_of(line) != order:
        raise LineChanged
    place = line.index(application.pk) + 1
    if to == place or not 1 <= to <= len(line):
        raise Incomplete("place", f"Enter a place from 1 to {len(line)}, other than {place}")
    line.insert(to - 1, line.pop(place - 1))
    moved = {pk: number for pk, number in zip(line, numbers.values(), strict=True) if numbers[pk] != number}
    own = moved.pop(application.pk)
    cases = [When(pk=pk, then=Value(number)) for pk, number in moved.items()]
    Application.objects.filter(pk__in=moved).update(waiting_number=Case(*cases))
    move(
        application=application,
        action=Action.MOVE_IN_LINE,
        by=by,
        now=now,
        event="moved_in_line",
        old={"place": place},
        new={"place": to},
        waiting_number=own,
    )
    Note.objects.create(application=application, author=by, text=reason, written_at=now)
    return application
