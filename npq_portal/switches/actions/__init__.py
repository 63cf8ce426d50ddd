"""The only writer of the switches."""

from datetime import datetime
from typing import Any

from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.switches.models import Switches
from npq_portal.verbs import Refused, verb

WORDS = ("registration_open", "closed_words", "banner", "banner_from", "banner_until")


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Someone else changed the switches after you opened this page. Nothing was saved: they are below as "
            "they are now."
        )


@verb
def turn(*, to: dict[str, Any], seen: str, by: User, now: datetime) -> bool:
    """Set the switches, for the next page that anybody asks for. Whether anything is different from before.

    `to` has a value for each of WORDS; `seen` is the mark (`mark_of`) of the switches that were looked at. Raises
    ChangedMeanwhile where they are others by now, unless they already are what is wanted: posting twice changes once.
    """
    Switches.objects.get_or_create(pk=1)
    switches = Switches.objects.select_for_update().get(pk=1)
    changed = [name for name in WORDS if getattr(switches, name) != to[name]]
    if not changed:
        return False
    if mark_of(switches) != seen:
        raise ChangedMeanwhile
    old = {name: _plain(getattr(switches, name)) for name in changed}
    for name in changed:
        setattr(switches, name, to[name])
    switches.changed_at = now
    switches.save()
    new = {name: _plain(getattr(switches, name)) for name in changed}
    record(action="switches.turned", subject=switches, by=by, now=now, old=old, new=new)
    return True


def mark_of(switches: Switches) -> str:
    """Another text after every change."""
    return switches.changed_at.isoformat() if switches.changed_at else "never"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
