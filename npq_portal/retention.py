"""How long what is held about people is kept: the one place where a period is changed. Pure.

The privacy page shows these rules and `manage.py apply_retention` carries them out, every night too
(applications/actions/retention.py). The periods are the portal's own policy, for whoever runs it to decide.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

YEAR = 365


class Then(StrEnum):
    DELETED = "Deleted"
    ANONYMISED = "Kept to be counted, without anything that says who it was"
    EMPTIED = "The text is emptied"
    KEPT = "Kept"


@dataclass(frozen=True, slots=True)
class Rule:
    """`since` is from when the `days` count; where there are none, how long something is kept ("" for good)."""

    key: str
    what: str
    days: int | None
    since: str
    then: Then
    why: str

    @property
    def told(self) -> str:
        if self.days is None:
            return self.since or "For good"
        number, unit = (self.days // YEAR, "year") if self.days % YEAR == 0 else (self.days, "day")
        return f"{number} {unit}{'' if number == 1 else 's'}"

    def before(self, now: datetime) -> datetime:
        """What its count began by then is not kept any longer. Raises ValueError for what is kept for good."""
        if self.days is None:
            raise ValueError(f"{self.what} are kept for good.")
        return now - timedelta(days=self.days)


RULES = (
    Rule(
        "drafts",
        "Applications that were begun and not registered",
        90,
        "the last answer",
        Then.DELETED,
        "Nobody goes on with them; that there was one is counted",
    ),
    Rule(
        "ended",
        "Applications that were refused or withdrawn",
        2 * YEAR,
        "the last decision or the withdrawal",
        Then.ANONYMISED,
        "Until then somebody may ask why",
    ),
    Rule(
        "trained",
        "Applications of people whose training has ended",
        7 * YEAR,
        "the end of the NPQ's longest course in the start term, or of the training if that was later",
        Then.ANONYMISED,
        "Public money has to be accounted for; then the count is enough",
    ),
    Rule(
        "accounts",
        "Accounts of which every application is anonymised by now",
        2 * YEAR,
        "the last sign-in",
        Then.ANONYMISED,
        "Nobody needs the name and the address any more",
    ),
    Rule(
        "account", "Other accounts", None, "Until you erase your data", Then.KEPT, "You may go on with them"
    ),
    Rule(
        "invitations",
        "Invitations to work in the staff area that nobody answered",
        90,
        "the end of their link",
        Then.DELETED,
        "Until then whoever sent them can send them again",
    ),
    Rule(
        "allowed",
        "Addresses that may register while registration is closed",
        YEAR,
        "staff added them",
        Then.DELETED,
        "The start that they were added for has begun",
    ),
    Rule(
        "interest",
        "Addresses of people who want to be told that registration opens",
        YEAR,
        "they confirmed it",
        Then.DELETED,
        "We delete them sooner when we have told you, or you ask us to stop",
    ),
    Rule(
        "unconfirmed",
        "The same, where nobody confirmed that the address is theirs",
        7,
        "asking",
        Then.DELETED,
        "Their link works no more",
    ),
    Rule(
        "alerts",
        "Alerts by e-mail of new courses: the address, and what is looked for",
        0,
        "their last day, a year after asking at most",
        Then.DELETED,
        "We delete them sooner when you stop them, by the link in each e-mail",
    ),
    Rule(
        "unconfirmed_alerts",
        "The same, where nobody confirmed that the address is theirs",
        7,
        "asking",
        Then.DELETED,
        "Their link works no more",
    ),
    Rule(
        "mails",
        "E-mails that were sent",
        90,
        "sending",
        Then.EMPTIED,
        "You have them; that one was sent, and when, may have to be shown",
    ),
    Rule(
        "undelivered",
        "E-mails that could not be delivered",
        90,
        "writing",
        Then.DELETED,
        "By then they would say nothing that is still true",
    ),
    Rule(
        "together",
        "Lists of what staff decided about several people at once",
        30,
        "the decision",
        Then.DELETED,
        "Each application says what was decided about it",
    ),
    Rule("previews", "Files that staff uploaded and did not confirm", 1, "the preview", Then.DELETED, "Over"),
    Rule("sessions", "Sign-ins and codes", 0, "their end", Then.DELETED, "They open nothing any more"),
    Rule(
        "limits",
        "Counts of tries, such as failed sign-ins",
        2,
        "the first try",
        Then.DELETED,
        "No limit is longer",
    ),
    Rule(
        "jobs",
        "Finished jobs of the portal",
        30,
        "their end",
        Then.DELETED,
        "Only mistakes are looked for in them",
    ),
    Rule(
        "history",
        "Who decided and changed what, and which staff looked at an application",
        None,
        "",
        Then.KEPT,
        "It names nobody who applied, and the database lets nobody change or delete it, not even us",
    ),
)
BY_KEY = {rule.key: rule for rule in RULES}
