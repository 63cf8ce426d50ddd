"""The two forms for providers that have not made their own. A change here is a new version, never an edit."""

from datetime import datetime
from typing import Any

from applications.models import ProviderForm
from applications.vocabulary import Purpose

Entry = dict[str, Any]

ABOUT_YOU: list[Entry] = [
    {"kind": "section", "label": "About you"},
    {
        "key": "called",
        "kind": "short_text",
        "label": "What name should the people on your course know you by?",
        "hint": "We have filled in the name that you registered with.",
        "prefill": "name",
    },
    {"key": "job", "kind": "short_text", "label": "What is your job title?"},
    {
        "key": "years",
        "kind": "number",
        "label": "How many years have you worked in education?",
        "hint": "Count every setting, and round down.",
        "least": 0,
        "most": 60,
    },
]
WHY: list[Entry] = [
    {"kind": "section", "label": "Why you are applying", "hint": "The provider decides by these answers."},
    {
        "key": "why-this-npq",
        "kind": "long_text",
        "label": "Why do you want to take this NPQ now?",
        "hint": "Say what you want to be able to do that you cannot do yet.",
        "max_words": 250,
        "scored": True,
    },
    {
        "key": "difference",
        "kind": "long_text",
        "label": "What difference will it make where you work?",
        "hint": "Give one example of a problem that you would work on, and of who would notice the change.",
        "max_words": 250,
        "scored": True,
    },
]
TIME: list[Entry] = [
    {
        "key": "time-agreed",
        "kind": "yes_no",
        "label": "Has your workplace agreed to the time that you need?",
        "hint": "Your sponsor is asked about it too.",
        "follow_up": "Who agreed to it?",
    },
]
HEADSHIP: list[Entry] = [
    {"kind": "section", "label": "Leading a school"},
    {
        "key": "leadership-now",
        "kind": "one_choice",
        "label": "Which describes you now?",
        "options": [
            "I am a headteacher",
            "I have been appointed to my first headship",
            "I am a deputy or assistant headteacher",
            "Another role",
        ],
    },
    {
        "key": "headship-since",
        "kind": "date",
        "label": "When did your headship start, or when will it?",
        "hint": "Leave this empty if no headship has been agreed. For example, 1 9 2026.",
        "required": False,
    },
    {
        "key": "led",
        "kind": "several_choices",
        "label": "Which of these have you led across a whole school?",
        "hint": "Choose all that you have led.",
        "options": [
            "Curriculum",
            "Behaviour and attendance",
            "Safeguarding",
            "Staffing and professional development",
            "Budget and buildings",
            "None of these yet",
        ],
        "alone": "None of these yet",
        "scored": True,
    },
    {
        "key": "led-example",
        "kind": "long_text",
        "label": "Describe one change that you led across a school",
        "hint": "Say what you did yourself, and how you know what came of it.",
        "max_words": 300,
        "scored": True,
    },
]
SUPPORT: list[Entry] = [
    {
        "kind": "section",
        "label": "What you need",
        "hint": "This plays no part in the decision: nobody reads it until you are accepted. Then those who decided "
        "do, to arrange it.",
    },
    {
        "key": "access-needs",
        "kind": "long_text",
        "label": "Is there anything you need so that you can take part?",
        "hint": "For example captions or a step-free room.",
        "max_words": 150,
        "required": False,
        "hidden_from_scorers": True,
    },
    {
        "kind": "section",
        "label": "Who you are",
        "hint": "These answers are only counted, together with everybody else's. Nobody who works on your application "
        "reads them, neither before the decision nor after it.",
    },
    {
        "key": "disability",
        "kind": "one_choice",
        "label": "Do you consider yourself to be disabled?",
        "options": ["Yes", "No", "Prefer not to say"],
        "required": False,
        "reporting_only": True,
    },
    {
        "key": "ethnic-group",
        "kind": "one_choice",
        "label": "What is your ethnic group?",
        "options": [
            "Asian or Asian British",
            "Black, Black British, Caribbean or African",
            "Mixed or multiple ethnic groups",
            "White",
            "Another ethnic group",
            "Prefer not to say",
        ],
        "required": False,
        "reporting_only": True,
    },
]
DECLARATION: list[Entry] = [
    {"kind": "section", "label": "Your declaration"},
    {
        "key": "own-work",
        "kind": "statement",
        "label": "What I have written is true, and I wrote it myself.",
    },
]
SHIPPED: dict[Purpose, tuple[str, list[Entry]]] = {
    Purpose.GENERAL: ("Application form", [*ABOUT_YOU, *WHY, *TIME, *SUPPORT, *DECLARATION]),
    Purpose.HEADSHIP: (
        "Application form for headship",
        [*ABOUT_YOU, *HEADSHIP, *WHY, *TIME, *SUPPORT, *DECLARATION],
    ),
}


def publish_defaults(now: datetime) -> list[ProviderForm]:
    """The portal's own form for each purpose, made where there is none yet; the newest one otherwise.

    What shipped once and ships otherwise now gets a next version, unless staff changed it or are about to.

    Part of the reference data: without them nobody whose provider has no form of its own could apply. Safe to
    repeat, and for two at once.
    """
    return [_published(purpose, *shipped, now=now) for purpose, shipped in SHIPPED.items()]


def _published(purpose: Purpose, title: str, questions: list[Entry], now: datetime) -> ProviderForm:
    newest = ProviderForm.objects.newest_of(None, purpose)
    if newest is not None and (newest.questions == questions or _is_in_hand(newest)):
        return newest
    form, _ = ProviderForm.objects.get_or_create(
        provider=None,
        purpose=purpose.value,
        version=newest.version + 1 if newest else 1,
        defaults={"title": title, "questions": questions, "published_at": now},
    )
    return form


def _is_in_hand(newest: ProviderForm) -> bool:
    drafts = ProviderForm.objects.drafts().filter(provider=None, purpose=newest.purpose)
    return newest.edited_at is not None or drafts.exists()
