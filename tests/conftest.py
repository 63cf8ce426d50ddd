"""Fixtures for every test. The database is started before this is read, by npq_portal.pytest_plugin."""

import pytest
from django.core.cache import caches

from catalogue.finder import index

pytest_plugins = ["tests.browser", "tests.databases", "tests.scheduling"]


@pytest.fixture(autouse=True)
def empty_cache():
    """allauth counts tries in the cache, pages are kept in one, and the finder keeps its index: they outlive a test."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    index._kept.clear()
