"""Says where from, for the audit rows that a page writes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from npq_portal.accounts.limits import client_address
from npq_portal.audit.origin import coming_from, network_of

STAFF = "admin:"
GetResponse = Callable[[HttpRequest], HttpResponse]


def from_page(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        with coming_from(lambda: page_name(request), network_of(client_address(request))):
            return get_response(request)

    return middleware


def page_name(request: HttpRequest) -> str:
    """ "page applications:withdraw", "staff page applications_application_accept"; of no page yet, "page"."""
    name = (request.resolver_match.view_name if request.resolver_match else "") or ""
    kind = "staff page" if name.startswith(STAFF) else "page"
    return f"{kind} {name.removeprefix(STAFF)}".strip()
