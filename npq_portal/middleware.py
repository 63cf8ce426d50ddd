"""What Postgres cannot hold, and nobody means to send, goes no further than here."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

GetResponse = Callable[[HttpRequest], HttpResponse]
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# Control characters but for tab and line breaks. Postgres refuses NUL in text, which would be a 500.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def control_characters(get_response: GetResponse) -> GetResponse:
    """Take control characters out of what was typed or pasted; an address with one in it is of no page.

    A cookie with one is not ours, so it counts as not sent: quoted cookies may hold any byte, as \\000.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if CONTROL.search(request.path_info):
            raise Http404
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if not CONTROL.search(name + value)
        }
        request.GET = _without(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.content_type in FORMS:
            request.POST = _without(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return middleware


def no_body_for_head(get_response: GetResponse) -> GetResponse:
    """HEAD is answered as GET, without the page: Django leaves it in, and the web server complains of it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""  # Content-Length stays as GET would say
        return response

    return middleware


def _without(query: QueryDict) -> QueryDict:
    if not any(CONTROL.search(text) for name, values in query.lists() for text in (name, *values)):
        return query
    cleaned = QueryDict(mutable=True)
    for name, values in query.lists():
        cleaned.setlist(CONTROL.sub("", name), [CONTROL.sub("", value) for value in values])
    cleaned._mutable = False
    return cleaned
