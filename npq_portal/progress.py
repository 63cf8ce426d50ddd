"""Progress bars for long work, on stderr, and none where nobody watches (a log, a pipe, a test)."""

from collections.abc import Iterable
from typing import Any

from tqdm import tqdm

# tqdm would start a thread that redraws slow bars, and `portal` forks after it has loaded data.
tqdm.monitor_interval = 0


def bar(
    title: str, *, total: int | None = None, unit: str = "rows", items: Iterable[Any] | None = None
) -> "tqdm[Any]":
    """A bar to iterate over (`items`) or to move by `update(n)` in a `with` block."""
    return tqdm(
        items, desc=title, total=total, unit=f" {unit}", disable=None, dynamic_ncols=True, leave=False
    )
