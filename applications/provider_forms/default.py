"""The form for providers that have not made their own. A change here is a new version, never an edit."""

from datetime import datetime

from applications.models import ProviderForm

TITLE = "Application form"
QUESTIONS = [
    {
        "key": "why-this-npq",
        "kind": "long_text",
        "label": "Why do you want to take this NPQ now?",
        "hint": "Say what you want to be able to do that you cannot do yet.",
        "max_words": 250,
    },
    {
        "key": "difference",
        "kind": "long_text",
        "label": "What difference will it make where you work?",
        "hint": "Give one example of a problem that you would work on, and of who would notice the change.",
        "max_words": 250,
    },
    {
        "key": "access-needs",
        "kind": "long_text",
        "label": "Is there anything you need so that you can take part?",
        "hint": "For example captions or a step-free room. It plays no part in the decision.",
        "max_words": 150,
        "required": False,
        "hidden_from_scorers": True,
    },
]


def publish_default(now: datetime) -> ProviderForm:
    """The portal's own form, made where there is none yet; the newest one otherwise.

    Part of the reference data: without it nobody whose provider has no form of its own could apply. Safe to
    repeat, and for two at once.
    """
    newest = ProviderForm.objects.published().filter(provider=None).order_by("-version").first()
    if newest is not None:
        return newest
    form, _ = ProviderForm.objects.get_or_create(
        provider=None, version=1, defaults={"title": TITLE, "questions": QUESTIONS, "published_at": now}
    )
    return form
