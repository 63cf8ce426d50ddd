import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.launcher.processes import running


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder for one test, and nothing left running in it afterwards.

    Not pytest's tmp_path, which is closed to the account that the server runs as when the tests run as root.
    """
    with TemporaryDirectory(prefix="npq-launcher-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made) / "data"
        end_all(Path(made))


def end_all(folder: Path) -> None:
    for pid in running(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
