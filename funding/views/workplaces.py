"""The type-ahead's answers."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from funding.search import search

FEWEST_LETTERS = 3
MOST_ANSWERS = 10
KEPT_SECONDS = 300


@require_safe
def workplaces(request: HttpRequest) -> HttpResponseBase:
    """{"query": as asked, "corrected": with its spelling put right, or empty, "results": [{"reference",
    "name", "place", "number", "was": the former name that it was found by, or empty}]}, of workplaces that
    can be chosen.

    Fewer than three letters find nothing. One query, or three where spelling is looked at; public and
    cacheable, as it says nothing about the person who asks. Not limited by address: a whole school may type
    behind one.
    """
    query = request.GET.get("q", "")
    found = search(query if _long_enough(query) else "", limit=MOST_ANSWERS, only_pickable=True)
    response: HttpResponse = JsonResponse(
        {
            "query": query[:100],
            "corrected": found.corrected,
            "results": [
                {
                    "reference": each.reference,
                    "name": each.name,
                    "place": each.place,
                    "number": f"URN {each.urn}" if each.urn else f"UKPRN {each.ukprn}",
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


def _long_enough(query: str) -> bool:
    return len(query.strip()) >= FEWEST_LETTERS
