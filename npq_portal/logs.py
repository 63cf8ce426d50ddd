"""What production writes to its log: a line of JSON for each event, with nothing that is anybody's.

Nobody's name, address or number may stand in a log, which is copied, shipped and kept where erasing does not reach.
So a request is told by its path without what was asked (`?...`), with the tokens of mailed links taken out; and an
error by its kind and where in the code it was raised, without its message: the database's names the row it refused.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
REQUESTS = logging.getLogger("npq_portal.requests")
HEADER = "X-Request-ID"
# A proxy of ours may name the request; what else is sent there does not get into the log.
GIVEN_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
# Arguments of addresses that stand for somebody.
SECRET_ARGUMENTS = ("token",)
# Libraries' loggers that quote what they were sent. Of theirs only the beginning is kept, which is their own.
QUOTING = ("django.request", "django.security", "django.server", "axes", "allauth")
FRAMES = 12

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def each_request(get_response: GetResponse) -> GetResponse:
    """One line for each answer, and the request's number on every line that is written meanwhile, and on the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if GIVEN_ID.fullmatch(given) else uuid4().hex
        token, began = _request_id.set(number), time.perf_counter()
        try:
            response = get_response(request)
            told = {
                "method": request.method,
                "path": path_of(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1_000),
            }
            REQUESTS.info("answered", extra={"told": told})
        finally:
            _request_id.reset(token)
        response[HEADER] = number
        return response

    return middleware


def path_of(request: HttpRequest) -> str:
    """The path without the tokens in it; of an address that is of no page nothing, as anything may stand there."""
    match = request.resolver_match
    if match is None or match.func.__name__ == "catch_all_view":
        return "(no page)"
    path = request.path
    for name in SECRET_ARGUMENTS:
        if value := match.kwargs.get(name):
            path = path.replace(str(value), "...")
    return path


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if number := _request_id.get():
            line["request"] = number
        line |= getattr(record, "told", {})
        if isinstance(asked := getattr(record, "request", None), HttpRequest):
            line["path"] = path_of(asked)
        if record.exc_info and record.exc_info[1]:
            line["error"] = list(_raised(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith(QUOTING):
        return str(record.msg).partition("%")[0].partition(":")[0].strip()
    return record.getMessage()


def _raised(error: BaseException) -> Iterator[dict[str, Any]]:
    """Each error of the chain, the first cause last: its kind, and the lines of code that led to it."""
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)[-FRAMES:]
        kind = f"{type(seen).__module__}.{type(seen).__qualname__}"
        yield {"kind": kind, "at": [f"{each.filename}:{each.lineno} {each.name}" for each in frames]}
        seen = seen.__cause__ or seen.__context__
