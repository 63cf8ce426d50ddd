"""What tells one release from another is the same on every machine that runs it."""

import os
import time

import pytest

from npq_portal.conditional import release


@pytest.fixture
def machine(tmp_path, settings):
    """Makes a copy of a small portal in a folder of this name, and gives its release."""

    def release_on(name, page="<h1>Hello</h1>", lock="django 5.2", written=0.0):
        settings.BASE_DIR = tmp_path / name
        (settings.BASE_DIR / "templates").mkdir(parents=True)
        (settings.BASE_DIR / "uv.lock").write_text(lock)
        path = settings.BASE_DIR / "templates" / "page.html"
        path.write_text(page)
        os.utime(path, (written, written))
        return release.__wrapped__()

    return release_on


def test_another_folder_and_another_time_are_the_same_release(machine):
    assert machine("one") == machine("two", written=time.time())


@pytest.mark.parametrize("changed", [{"page": "<h1>Hullo</h1>"}, {"lock": "django 5.3"}])
def test_another_page_or_library_is_another_release(machine, changed):
    assert machine("one") != machine("two", **changed)
