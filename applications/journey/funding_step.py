"""The one question whose answer is that something was read: the decision about the person's funding. Pure.

The answer says what was decided and what it was about, so that it falls as soon as one of the facts changes.
"""

import hashlib
import json

from applications.journey.shape import Answer, Answers, Ask, Kind, Step, said
from funding.rules.vocabulary import Outcome
from funding.rules.words import OUTCOMES

READ_IT = "Read the answer about your funding, then continue"


def seen(outcome: Outcome, known: Answers) -> dict[str, str]:
    """The answer of someone who has read `outcome`, as decided from what is `known` before this question."""
    return {"funding": outcome.value, "about": _fingerprint(known)}


def outcome_seen(answers: Answers) -> str | None:
    return said(answers, FUNDING.slug)


def _still_about(answer: Answer, known: Answers) -> bool:
    return answer.get("about") == _fingerprint(known)


def _told(answer: Answer) -> str:
    return OUTCOMES[Outcome(answer["funding"])].title


def _fingerprint(known: Answers) -> str:
    """A short name for exactly these answers: it changes when any of them does."""
    text = json.dumps(known, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


FUNDING = Step(
    slug="funding",
    question="Your funding",
    summary="Scholarship funding",
    asks=(Ask("funding", Kind.HIDDEN, missing=READ_IT), Ask("about", Kind.HIDDEN, missing=READ_IT)),
    holds=_still_about,
    told=_told,
)
