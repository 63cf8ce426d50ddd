"""The first page of the admin: what needs doing, for the person who looks.

An app says what needs doing by registering a function in its admin module:

    @dashboard.register
    def waiting_for_decision(user, roles, now):
        if Role.PROVIDER in roles:
            waiting = Application.objects.visible_to(user).filter(state=State.SUBMITTED)
            yield Panel("Applications to decide", waiting.count(), url)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from npq_portal.accounts.models import User
from npq_portal.staff.roles import Role


@dataclass(frozen=True)
class Panel:
    """One thing that needs doing: how many there are, and the page where it is done.

    `leads` is for what the person is here for: it comes first whatever else is urgent.
    """

    title: str
    count: int
    url: str
    urgent: bool = False
    leads: bool = False


Source = Callable[[User, frozenset[Role], datetime], Iterable[Panel]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    _sources.append(source)
    return source


def panels_for(user: User, roles: frozenset[Role], now: datetime) -> list[Panel]:
    """Every panel of every app for this person: the leading ones, then those with something urgent."""
    panels = [panel for source in _sources for panel in source(user, roles, now)]
    return sorted(panels, key=lambda panel: (not panel.leads, not (panel.urgent and panel.count)))
