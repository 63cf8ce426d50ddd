"""What public pages depend on: the catalogue's rows, the day, since windows close at midnight, and what portal staff
say on every page.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from catalogue.models import CatalogueVersion
from npq_portal.switches.models import Switches
from npq_portal.switches.requests import keep_notices


def of_the_day(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """One query, which gives the page its notices too."""
    switches: Any = Switches.objects.now(catalogue=CatalogueVersion.objects.values("version"))
    notices = keep_notices(request, switches)
    return f"{timezone.localdate()} {request.get_full_path()} {switches.catalogue} {notices}"
