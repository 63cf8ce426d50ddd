"""What an audit row says of a course run, in words."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from catalogue.models import CourseRun
from catalogue.moves import differing
from npq_portal.audit.models import AuditEvent

Session = dict[str, Any]
Keyed = dict[Any, Session]
DATES = {"starts_on": "Starts", "ends_on": "Ends", "apply_by": "Apply by"}
SEEN_ON = {"price_as_of": "Price seen on", "places_as_of": "Places counted on"}
CHOICES = {
    "state": ("State", CourseRun.State),
    "mode": ("Taught", CourseRun.Mode),
    "days": ("Days and times", CourseRun.Days),
}
FIGURES = {
    "price": "Price",
    "funded_places": "Funded places",
    "funded_taken": "Funded places taken",
    "paying_places": "Paying places",
    "paying_taken": "Paying places taken",
}
VAT = {True: "VAT is added", False: "VAT is not added", None: "not known whether VAT is added"}
# Kept in the row by number. Their names may change, so the page says only that another was chosen.
LINKS = {
    "provider_id": "Lead provider",
    "hub_id": "Hub",
    "partner_id": "Delivery partner",
    "qualification_id": "NPQ",
    "term_id": "Term",
}


def run_changes(event: AuditEvent) -> list[str]:
    """A phrase for each thing that changed: "Starts: 13 January 2027 \u2192 20 January 2027".

    For a run that was added, what was filled in; its organisations, NPQ and term are the run's own name.
    """
    old, new = event.old or {}, event.new or {}
    added = event.old is None
    phrases = [
        _change(label, _day(old.get(name)), _day(new[name]), added)
        for name, label in DATES.items()
        if name in new and (new[name] or not added)
    ]
    phrases += [
        _change(label, _label(choices, old.get(name)), _label(choices, new[name]), added)
        for name, (label, choices) in CHOICES.items()
        if name in new and (new[name] or not added)
    ]
    phrases += [
        _change(label, _figure(name, old.get(name)), _figure(name, new[name]), added)
        for name, label in FIGURES.items()
        if name in new and (new[name] is not None or not added)
    ]
    if "price_plus_vat" in new and not (added and new["price_plus_vat"] is None):
        phrases.append(_change("Price", VAT[old.get("price_plus_vat")], VAT[new["price_plus_vat"]], added))
    phrases += [
        _change(label, _day(old.get(name), "not known"), _day(new[name], "not known"), added)
        for name, label in SEEN_ON.items()
        if name in new and (new[name] or not added)
    ]
    phrases += [f"{label} changed" for name, label in LINKS.items() if name in new and not added]
    if "is_example" in new and not added:
        phrases.append("Marked as an example" if new["is_example"] else "No longer marked as an example")
    return [*phrases, *_sessions(old.get("sessions") or [], new.get("sessions") or [])]


def _change(label: str, old: str, new: str, added: bool) -> str:
    return f"{label}: {new}" if added else f"{label}: {old} \u2192 {new}"


def _day(value: str | None, without: str = "to be confirmed") -> str:
    return f"{date.fromisoformat(value):%-d %B %Y}" if value else without


def _label(choices: Any, value: str | None) -> str:
    if not value:
        return "to be confirmed"
    return str(choices(value).label) if value in choices.values else value


def _figure(name: str, value: str | int | None) -> str:
    if value is None:
        return "not known"
    return f"\u00a3{value}" if name == "price" else str(value)


def _sessions(old: list[Session], new: list[Session]) -> Iterator[str]:
    """Those that stayed as they were are left out. Each is told by its title and day, not by a number."""
    for was, now in differing(*_keyed(old, new)):
        if was and now:
            yield f"Session: {_words(was)} \u2192 {_words(now)}"
        elif now:
            yield f"Session added: {_words(now)}"
        elif was:
            yield f"Session removed: {_words(was)}"


def _keyed(old: list[Session], new: list[Session]) -> tuple[Keyed, Keyed]:
    """By the session's key; one that is looked at before it is saved has none, and is new.

    Rows written before keys were kept do not say which session became which. There, those that differ are taken in
    their order where they are as many as before; else none is said to have become another.
    """
    if all("pk" in session for session in (*old, *new)):
        after = {session["pk"] or f"new {number}": session for number, session in enumerate(new)}
        return {session["pk"]: session for session in old}, after
    gone = [session for session in old if session not in new]
    come = [session for session in new if session not in old]
    first = 0 if len(gone) == len(come) else len(gone)
    return dict(enumerate(gone)), dict(enumerate(come, first))


def _words(session: Session) -> str:
    place = " ".join(part for part in (session["venue"], session["postcode"]) if part)
    parts = [session["title"], _day(session["on"]), _hours(session), place, "online" * session["online"]]
    parts += [f"with {session['facilitator']}"] if session.get("facilitator") else []
    # Rows written before sessions could be cancelled do not say.
    parts += ["cancelled"] if session.get("cancelled") else []
    return ", ".join(part for part in parts if part)


def _hours(session: Session) -> str:
    return " to ".join(_clock(session[name]) for name in ("starts_at", "ends_at") if session[name])


def _clock(value: str) -> str:
    return f"{time.fromisoformat(value):%-H:%M}"
