"""304 for public pages that have not changed since the browser last asked, and the page made before for other browsers.

Only for people who are not signed in: the menu differs once they are. The page itself must hold nothing that
is made for one answer alone (no CSRF token, no nonce), or a stored copy would carry a stale one.
"""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
    set_response_etag,
)

View = Callable[..., HttpResponse]
SEEN_IN_PAGES = {".html", ".css", ".js", ".svg", ".py"}


def unchanged(version: Callable[..., str]) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Answer 304 while `version(request, *arguments of the view)` is the same text as for the stored copy.

    Who has no copy gets the page as it was made before for that version, if this process did: its content, and the
    headers that the view gave it (what type it is of, for one), but none of its cookies.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated or len(get_messages(request)):
                response = view(request, *args, **kwargs)
                patch_cache_control(response, private=True, no_cache=True)
                return response
            etag = etag_of(version(request, *args, **kwargs))
            response = (
                get_conditional_response(request, etag=etag)
                or _made_before(etag)
                or _kept(etag, view(request, *args, **kwargs))
            )
            response.headers.setdefault("ETag", etag)
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
            return response

        return wrapped

    return decorate


def compared(view: View) -> Callable[..., HttpResponseBase]:
    """Answer 304 where the page is, to the byte, the one that the browser has.

    The page is made all the same, so this is for pages that rest on more than the catalogue, or on nothing. For people
    who are signed in it does nothing.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        if (
            request.user.is_authenticated
            or len(get_messages(request))
            or response.status_code != HTTPStatus.OK
        ):
            return response
        patch_vary_headers(response, ["Cookie"])
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response

    return wrapped


def etag_of(version: str) -> str:
    """The entity tag of what this release makes of `version`."""
    return f'"{hashlib.sha256(f"{release()} {version}".encode()).hexdigest()[:32]}"'


def _made_before(etag: str) -> HttpResponse | None:
    made = None if settings.DEBUG else caches["pages"].get(etag)
    if made is None:
        return None
    content, headers = made
    return HttpResponse(content, headers=headers)


def _kept(etag: str, response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.OK:
        caches["pages"].set(etag, (response.content, dict(response.headers)))
    return response


@cache
def release() -> str:
    """Changes with templates, code, static files and libraries, so that a new release is never answered with 304.

    Made of what the files hold, not of when or where they were written: each web machine gives the same.
    """
    base: Path = settings.BASE_DIR
    files = list(base.glob("uv.lock"))
    for folder in ("templates", "static", "catalogue", "funding", "applications", "npq_portal"):
        files += sorted(path for path in (base / folder).rglob("*") if path.suffix in SEEN_IN_PAGES)
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(base)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()
