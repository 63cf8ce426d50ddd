"""What the shared components need and Django's own tags do not give."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.safestring import SafeString, mark_safe

from npq_portal.addresses import absolute

register = template.Library()
LOOPBACK = re.compile(r"(https?://)(127\.0\.0\.1|\[::1\])(?=[:/])")
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}

# Pages that do not stand under their app's item of the menu.
MENU = {
    "catalogue:courses": "courses",
    "catalogue:course": "courses",
    "catalogue:alert": "courses",
    "catalogue:alert_asked": "courses",
    "catalogue:alert_confirm": "courses",
    "catalogue:alert_stop": "courses",
    "catalogue:alert_stopped": "courses",
    "catalogue:providers": "organisations",
    "catalogue:provider": "organisations",
    "catalogue:hubs": "organisations",
    "catalogue:hub": "organisations",
    "catalogue:partner": "organisations",
    "funding:hub": "organisations",
    "catalogue:search": "search",  # beside the menu
}


@register.filter
def elided_pages(page: "Page[Any]") -> Iterator[int | str]:
    """The numbers to show around `page`, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def after_other_words(text: str) -> str:
    """As it is written in the middle of a sentence: "Lead provider" with a small letter, "SENCO since" as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


@register.simple_tag
def whole_address(path: str, scheme: str = "") -> str:
    """The address of a page of ours, to be copied to somewhere else; with another scheme, as webcal, if given."""
    address = absolute(path)
    return f"{scheme}:{address.partition(':')[2]}" if scheme else address


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString:
    """`data` for search engines; nothing where there is none.

    A script element of this type is a block of data, which no browser runs and no security policy refuses. It needs no
    nonce, with which the page could not be kept. What could end the element is written in another way.
    """
    if not data:
        return mark_safe("")
    text = json.dumps(data).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (nothing in it ends it)


@register.filter
def menu_section(match: ResolverMatch | None) -> str:
    """The item of the menu that a page stands under: request.resolver_match, which a page not found has not."""
    return MENU.get(match.view_name, match.app_name) if match else ""


@register.filter
def at_localhost(request: HttpRequest) -> str:
    """The page's address by this machine's name, where it was asked for by its number; else "".

    Browsers keep passkeys by name, and refuse to make or use one at a number.
    """
    asked = request.build_absolute_uri()
    number = LOOPBACK.match(asked)
    return f"{number[1]}localhost{asked[number.end() :]}" if number else ""
