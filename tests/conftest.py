"""Fixtures for every test. The database is started before this is read, by npq_portal.pytest_plugin."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, settings

from catalogue.finder import index

# A busy machine is slow, and nothing more is to be learnt from it.
settings.register_profile("whatever the load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the load")

pytest_plugins = ["tests.browser", "tests.databases", "tests.scheduling"]


@pytest.fixture(autouse=True)
def empty_cache():
    """allauth counts tries in the cache, pages are kept in one, and the finder keeps its index: they outlive a test."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    index._kept.clear()


@pytest.fixture(scope="session", autouse=True)
def refusals_leave_no_traceback() -> Iterator[None]:
    """Django adds one to every 400 and 403 that it logs, and writing it lasts as long as a third of the refusal."""
    make = logging.getLogRecordFactory()

    def made(name: str, level: int, *rest: Any, **more: Any) -> logging.LogRecord:
        record = make(name, level, *rest, **more)
        if name.startswith("django.security") or (name == "django.request" and level < logging.ERROR):
            record.exc_info = None
        return record

    logging.setLogRecordFactory(made)
    yield
    logging.setLogRecordFactory(make)
