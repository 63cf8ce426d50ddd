"""Which tests run in the same process, where several run side by side."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/launcher/",)


class Scheduling(LoadScopeScheduling):
    """A file stays in one process, so that what is made for its tests is made once; so does a folder in TOGETHER.

    The largest go first. Marks are not read: xdist's own groups do nothing here.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: Any, log: Any) -> Scheduling:
    return Scheduling(config, log)
