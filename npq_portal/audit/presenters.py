"""Audit rows as sentences. Each app adds the sentences of its own actions when it is loaded."""

from npq_portal.audit.models import AuditEvent

_SENTENCES: dict[str, str] = {}


def add_sentences(sentences: dict[str, str]) -> None:
    """`sentences` maps an action to what happened: {"applications.accepted": "The provider offered a
    place."}.
    """
    _SENTENCES.update(sentences)


def sentence(event: AuditEvent) -> str:
    """What happened, in plain words. An action without a sentence is told by its name."""
    if event.action in _SENTENCES:
        return _SENTENCES[event.action]
    verb = event.action.partition(".")[2].replace("_", " ")
    thing = event.subject.partition(":")[0].partition(".")[2]
    return f"{verb.capitalize()} ({thing})."
