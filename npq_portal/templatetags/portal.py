"""What the shared components need and Django's own tags do not give."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def elided_pages(page: "Page[Any]") -> Iterator[int | str]:
    """The numbers to show around `page`, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
