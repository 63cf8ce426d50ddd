"""Starts the test database before anything reads the settings; loaded by `-p npq_portal.pytest_plugin`.

It must be a plugin named on the command line: pytest-django reads the settings before any conftest.py.
Workers of pytest-xdist inherit the environment that is set here, so only the first process starts a server,
and stops it when it ends. A DATABASE_URL that is already set is used as it is.
"""

import os

import pytest

from npq_portal.launcher.embedded_postgres import data_folder, ensure_running
from npq_portal.launcher.postgres_programs import EmbeddedPostgresError

os.environ["PORTAL_ENV"] = "test"
# Playwright's synchronous interface runs an event loop in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# The workers and the portals that tests start load the same code: compiled once, even where Python keeps nothing.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("PYTHONPYCACHEPREFIX", str(data_folder() / "bytecode"))
try:
    ensure_running()
except EmbeddedPostgresError as problem:
    pytest.exit(str(problem), returncode=1)
