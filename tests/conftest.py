"""Fixtures for every test. The database is started before this is read, by npq_portal.pytest_plugin."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.browser", "tests.databases", "tests.scheduling"]


@pytest.fixture(autouse=True)
def empty_cache():
    """allauth counts tries in the cache, which outlives a test."""
    cache.clear()
