"""A mail from its three templates: templates/emails/<template>.subject.txt, .txt and .html."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from npq_portal.text import clean

LONGEST_SUBJECT = 250


@dataclass(frozen=True, slots=True)
class Rendered:
    """`html` is not dressed yet (npq_portal.mail.dress)."""

    subject: str
    text: str
    html: str


def rendered(template: str, context: Mapping[str, Any]) -> Rendered:
    context = {"portal_address": settings.PORTAL_ADDRESS, **context}
    return Rendered(
        # One line, whatever a name in it contains: a line break would start a new header.
        clean(render_to_string(f"emails/{template}.subject.txt", context), LONGEST_SUBJECT),
        render_to_string(f"emails/{template}.txt", context).strip() + "\n",
        render_to_string(f"emails/{template}.html", context),
    )
