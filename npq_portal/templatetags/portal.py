"""What the shared components need and Django's own tags do not give."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page

from npq_portal.addresses import absolute

register = template.Library()


@register.filter
def elided_pages(page: "Page[Any]") -> Iterator[int | str]:
    """The numbers to show around `page`, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag
def whole_address(path: str, scheme: str = "") -> str:
    """The address of a page of ours, to be copied to somewhere else; with another scheme, as webcal, if given."""
    address = absolute(path)
    return f"{scheme}:{address.partition(':')[2]}" if scheme else address
