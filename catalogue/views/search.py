"""Search over everything in the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.models import SearchEntry
from catalogue.search.find import Found, find
from catalogue.search.place import place_in
from catalogue.search.words import WORD, beginning, signs
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged
from npq_portal.text import clean, listed

MOST_READ = 20_000
LAST_PAGE = 10_000


@require_safe
@unchanged(of_the_day)
def search(request: HttpRequest) -> HttpResponse:
    """Everything that is asked is in the address; nothing is stored. What cannot be used of it is told."""
    whole = clean(request.GET.get("q", ""), MOST_READ)
    typed = beginning(whole)
    kind, page = clean(request.GET.get("in", ""), 40), clean(request.GET.get("page", ""), 40)
    kinds = dict(SearchEntry.Kind.choices)
    number = int(page) if page.isascii() and page.isdecimal() else 0
    ignored = [f"the kind “{kind}”"] if kind and kind not in kinds else []
    ignored += [f"the page “{page}”"] if page and not number else []
    kind = kind if kind in kinds else ""
    day = timezone.localdate()
    found = find(typed, day, kind=kind, page=min(number, LAST_PAGE) or 1) if typed else Found([])
    context = {
        "typed": typed,
        "cut": typed != whole,
        "signs": signs(typed),
        "has_letters": bool(WORD.search(typed)),
        "kind": kind,
        "kind_name": kinds.get(kind, ""),
        "ignored": listed(ignored),
        "page_asked": number,
        "found": found,
        "place": place_in(typed, found) if typed else None,
        "day": day,
    }
    return render(request, "catalogue/search.html", context)
