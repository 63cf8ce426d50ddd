"""What is the same for everybody until the catalogue changes: made once in each process (settings: CACHES, pages)."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches

Made = TypeVar("Made")


def kept(version: str, name: str, make: Callable[[], Made]) -> Made:
    """What `make` gave for this version and name before, else what it gives now. It never gives None."""
    key = hashlib.sha256(f"finder {version} {name}".encode()).hexdigest()
    found: Any = caches["pages"].get(key)
    if found is None:
        found = make()
        caches["pages"].set(key, found)
    return found
