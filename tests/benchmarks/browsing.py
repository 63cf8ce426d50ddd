"""Asking for pages in this process, through all of the middleware."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.test import Client, override_settings

from npq_portal.accounts.models import User
from tests.people import sign_in


@contextmanager
def benchmark_addresses() -> Iterator[None]:
    # WhiteNoise says that nothing is collected, which is meant.
    warnings.filterwarnings("ignore", message="No directory at")
    with override_settings(
        DEBUG=False,
        ROOT_URLCONF="tests.benchmarks.urls",
        ALLOWED_HOSTS=["testserver"],
        SECURE_SSL_REDIRECT=False,
        # Nothing is collected here: addresses of static files are not what is measured.
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


def asking(client: Client, address: str) -> Callable[[], None]:
    """A call that asks for the page. Raises AssertionError for any answer but 200."""

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return ask


def signed_in(*, portal_staff: bool = False) -> Client:
    kind = "staff" if portal_staff else "person"
    person, _ = User.objects.get_or_create(
        email=f"{kind}@example.test",
        defaults={"full_name": "A Person", "is_staff": portal_staff, "is_portal_staff": portal_staff},
    )
    return sign_in(Client(), person)
