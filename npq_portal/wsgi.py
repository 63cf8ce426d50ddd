import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "npq_portal.settings")
CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)
_portal = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The portal, which reads every request as UTF-8, whatever charset it names.

    Django takes the charset of a request's body for its address too, before any middleware: one address would be read
    in several ways, and a page that is kept by its address be another's. Some that Python knows cannot be read at all.
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _portal(environ, start_response)
