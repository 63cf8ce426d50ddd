"""What public pages depend on: the catalogue's rows, and the day, since windows close at midnight."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from catalogue.models import CatalogueVersion


def of_the_day(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return f"{timezone.localdate()} {request.get_full_path()} {CatalogueVersion.objects.now()}"
