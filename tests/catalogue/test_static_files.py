"""The vendored files: every address in them resolves, and nothing of a government site's identity is left."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

STATIC = Path(settings.BASE_DIR) / "static"
GOVUK = STATIC / "vendor" / "govuk-frontend"


def test_hashed_storage_finds_every_address(tmp_path, settings):
    """As in production: a url() that does not resolve, or a source map that is not there, raises."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = {path.name for path in (tmp_path / "portal").iterdir()}
    assert any(re.fullmatch(r"portal\.[0-9a-f]{12}\.css", name) for name in hashed)


@pytest.mark.parametrize(
    "mark", ["GDS Transport", "font-face", "crest", "crown.svg", "url(", "sourceMappingURL"]
)
def test_no_government_identity_in_the_styles(mark):
    assert mark not in (GOVUK / "govuk-frontend.min.css").read_text()


@pytest.mark.parametrize("folder", ["govuk-frontend", "accessible-autocomplete"])
def test_licence_texts_are_kept(folder):
    assert "Permission is hereby granted" in (STATIC / "vendor" / folder / "LICENSE.txt").read_text()
