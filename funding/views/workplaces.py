"""The type-ahead's answers: workplaces, and childcare settings."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from funding.search import Found, search, search_settings

FEWEST_LETTERS = 3
MOST_ANSWERS = 10
KEPT_SECONDS = 300


@require_safe
def workplaces(request: HttpRequest) -> HttpResponseBase:
    """Schools and post-16 institutions that can be chosen; see `_answer`."""
    found = search(_asked(request), limit=MOST_ANSWERS, only_pickable=True, few_queries=True)
    return _answer(request, found)


@require_safe
def childcare_settings(request: HttpRequest) -> HttpResponseBase:
    """Childcare that Ofsted registers, childminders not among it; see `_answer`. `was` is always empty."""
    return _answer(request, search_settings(_asked(request), limit=MOST_ANSWERS, few_queries=True))


def _asked(request: HttpRequest) -> str:
    """What was typed; nothing where it is too short to look for."""
    query = request.GET.get("q", "")
    return query if len(query.strip()) >= FEWEST_LETTERS else ""


def _answer(request: HttpRequest, found: Found[Any]) -> HttpResponseBase:
    """{"query": as asked, "corrected": with its spelling put right, or empty, "results": [{"reference",
    "name", "place", "number", "was": the former name that it was found by, or empty}]}.

    Fewer than three letters find nothing. One query, or two where spelling is put right; public and
    cacheable, as it says nothing about the person who asks. Not limited by address: a whole school may type
    behind one.
    """
    response: HttpResponse = JsonResponse(
        {
            "query": request.GET.get("q", "")[:100],
            "corrected": found.corrected,
            "results": [
                {
                    "reference": each.reference,
                    "name": each.name,
                    "place": each.place,
                    "number": each.number,
                    "was": found.was.get(each.pk, ""),
                }
                for each in found.results
            ],
        }
    )
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return get_conditional_response(request, etag=etag, response=response) or response
