"""Audit rows as sentences. Each app adds the sentences of its own actions when it is loaded."""

from collections.abc import Callable, Mapping

from npq_portal.audit.models import AuditEvent

ChangeWords = Callable[[AuditEvent], list[str]]
_SENTENCES: dict[str, str] = {}
_CHANGE_WORDS: dict[str, ChangeWords] = {}


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


def add_change_words(words: Mapping[str, ChangeWords]) -> None:
    """`words` maps an action to what tells its old and new values: a phrase for each thing that changed."""
    _CHANGE_WORDS.update(words)


def changes(event: AuditEvent) -> list[str]:
    """The new values, in the words of the action's app if it has given some."""
    if event.action in _CHANGE_WORDS:
        return _CHANGE_WORDS[event.action](event)
    return [f"{name}: {'none' if value is None else value}" for name, value in (event.new or {}).items()]
