"""The only writers of applications. A write is a verb with a signer: `register(application=, by=, now=)`.

Every verb is one transaction, moves the state by a conditional update, leaves exactly one audit row, and
queues its mail as outbox rows in the same transaction. What it refuses it refuses by one of the errors in
`errors`, and then nothing has changed.
"""

from applications.actions.drafts import answer, discard, start
from applications.actions.forms import save_form, submit
from applications.actions.registration import register
from applications.actions.review import accept, note, reject
from applications.actions.withdrawal import withdraw

__all__ = [
    "accept",
    "answer",
    "discard",
    "note",
    "register",
    "reject",
    "save_form",
    "start",
    "submit",
    "withdraw",
]
