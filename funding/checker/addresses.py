"""The address of a page that shows the answers for a situation. A school or a college has a page of its own."""

from urllib.parse import urlencode

from django.urls import reverse

from funding.checker.situation import Situation


def address(situation: Situation, anchor: str = "") -> str:
    """The page with the questions that are open, or the answers."""
    if situation.reference:
        page = reverse("funding:establishment", args=[situation.reference])
        return _with_query(page, situation.pairs(leave_out=["workplace"]), anchor)
    return _with_query(reverse("funding:check"), situation.pairs(), anchor)


def terms_address(situation: Situation) -> str:
    """The same situation, term by term."""
    return _with_query(reverse("funding:terms"), situation.pairs(leave_out=["term"]))


def apply_query(situation: Situation, term: str) -> str:
    """What the address where an application begins says, so that it need not be asked again."""
    return urlencode([("term", term), *situation.pairs(leave_out=["term"])])


def _with_query(page: str, pairs: list[tuple[str, str]], anchor: str = "") -> str:
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{page}{query}{'#' if anchor else ''}{anchor}"
