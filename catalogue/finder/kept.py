"""What is the same for everybody until the catalogue changes: made once in each process (settings: CACHES, pages)."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches

Made = TypeVar("Made")


def kept(version: str, name: str, make: Callable[[], Made], where: str = "pages") -> Made:
    """What `make` gave for this version and name before, else what it gives now. It never gives None.

    `where` is the cache: one that holds few for what is large.
    """
    key = hashlib.sha256(f"finder {version} {name}".encode()).hexdigest()
    found: Any = caches[where].get(key)
    if found is None:
        found = make()
        caches[where].set(key, found)
    return found
