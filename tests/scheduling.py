"""Which tests run in the same process, where several run side by side, and in what order."""

import gc
from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/launcher/",)
# About how many ordinary tests one of these lasts. Only the order hangs on it: a long one that began last would leave
# the other process with nothing to do.
IN_A_BROWSER, A_WHOLE_PORTAL, EVERY_MIGRATION = 60, 60, 200
BROWSERS = {"page", "context", "new_page", "new_context"}


class Scheduling(LoadScopeScheduling):
    """A file stays in one process, so that what is made for its tests is made once; so does a folder in TOGETHER.

    Marks are not read: xdist's own groups do nothing here.
    """

    def _split_scope(self, nodeid: str) -> str:
        return place(nodeid)


def place(nodeid: str) -> str:
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def weight(item: pytest.Item) -> int:
    if item.nodeid.startswith("tests/launcher/"):
        return A_WHOLE_PORTAL
    if item.nodeid.startswith("tests/sweeps/test_migrations"):
        return EVERY_MIGRATION
    return IN_A_BROWSER if BROWSERS & set(getattr(item, "fixturenames", ())) else 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that last longest go first, each with its tests in their order."""
    lasts: Counter[str] = Counter()
    for item in items:
        lasts[place(item.nodeid)] += weight(item)
    items.sort(key=lambda item: (-lasts[place(item.nodeid)], place(item.nodeid)))


def pytest_collection_finish() -> None:
    """What was imported by now stays: the garbage collector need not look through it again and again.

    Nor look for more so often: at Python's own pace it takes a sixteenth of all the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_xdist_make_scheduler(config: Any, log: Any) -> Scheduling:
    config.option.loadscopereorder = False  # xdist would put the files with the most tests first
    return Scheduling(config, log)
