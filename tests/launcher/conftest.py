import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.launcher.processes import Portal, running


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, and nothing left running in it afterwards.

    Not pytest's tmp_path, which is closed to the account that the server runs as when the tests run as root.
    """
    with TemporaryDirectory(prefix="npq-launcher-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made)
        end_all(Path(made))


def end_all(folder: Path) -> None:
    for pid in running(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder for one test, not there yet."""
    with open_folder() as folder:
        yield folder / "data"


@pytest.fixture(scope="session")
def first_start() -> Iterator[tuple[Path, str]]:
    """A portal set up by its one command, with all its data: the folder, and what the command said."""
    with open_folder() as folder:
        portal = Portal(folder / "data")
        portal.answers()
        status, said, complained = portal.stop()
        assert (status, complained) == (0, "")
        yield folder / "data", said


@pytest.fixture
def installed(first_start: tuple[Path, str]) -> Iterator[Path]:
    """The data folder of a portal that has been set up; whatever the test leaves running in it is ended."""
    folder, _ = first_start
    yield folder
    end_all(folder)
