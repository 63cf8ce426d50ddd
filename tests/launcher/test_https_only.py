"""Asking browsers to list the domain as HTTPS only is hard to undo, so nobody does it unknowingly."""

import pytest

from tests.launcher.processes import manage
from tests.launcher.test_refusals import STRONG


@pytest.mark.parametrize(("asked", "listed"), [("", False), ("1", True)])
def test_preloading_is_the_owners_choice(data, asked, listed):
    done = manage(
        data,
        "diffsettings",
        PORTAL_ENV="production",
        DATABASE_URL="postgresql://portal@127.0.0.1:1/portal",
        PORTAL_HSTS_PRELOAD=asked,
        **STRONG,
    )
    assert "SECURE_HSTS_SECONDS = 63072000" in done.stdout
    assert ("SECURE_HSTS_PRELOAD = True" in done.stdout) is listed
