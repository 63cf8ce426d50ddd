"""What goes wrong around a command, told in a sentence and with exit status 1, never as a traceback."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management import CommandError
from django.db import InterfaceError, OperationalError


@contextmanager
def told_if_the_database_goes(so: str = "Nothing was changed.") -> Iterator[None]:
    """`so` is what that means. As it stands, it is for one transaction, and for what comes before its end.

    It cannot speak for the commit itself; whoever runs the command again, as it says, learns then that the file
    is in use already.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        reason = str(error).partition("\n")[0].rstrip(". ")
        raise CommandError(
            f"{so} The database failed: {reason}. When it is back, run the command again.".lstrip()
        ) from error


@contextmanager
def lines_to_answer() -> Iterator[Iterable[bytes]]:
    """The lines of standard input, for a command that answers each on standard output.

    A reader who has had enough (`| head`) ends it quietly. Input that cannot be read and output that cannot be
    written (closed, a full disk) raise CommandError; what was answered before has been written.
    """
    if sys.stdin is None:
        raise CommandError("Standard input is closed. Give it the lines to answer.")
    if sys.stdout is None:
        raise CommandError("Standard output is closed. Give the answers somewhere to go.")
    try:
        yield _lines()
    except BrokenPipeError:
        _forget_the_output()
    except OSError as error:
        _forget_the_output()
        raise CommandError(f"The answer could not be written: {error.strerror}.") from error


def _lines() -> Iterator[bytes]:
    try:
        yield from sys.stdin.buffer
    except OSError as error:
        raise CommandError(f"Standard input cannot be read: {error.strerror}.") from error


def _forget_the_output() -> None:
    """Otherwise Python would complain again when it closes standard output with what is left in it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
