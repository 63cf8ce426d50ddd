"""What a command says of a file that was refused."""

from pathlib import Path

from django.core.management import CommandError

from funding.imports.apply import LargeLossError
from funding.imports.run import RowsRejectedError, record_refusal
from npq_portal.read import FileRefusedError


def refused(refusal: Exception, path: Path, source: str) -> CommandError:
    """The error to end the command with: why, and how to go on all the same where that is possible.

    Keeps that the file was refused, where it is the file that is wrong; the import's own transaction must be over.
    """
    if isinstance(refusal, FileRefusedError):
        record_refusal(path, source, str(refusal))
    return told(refusal)


def told(refusal: Exception) -> CommandError:
    """As `refused`, and keeps nothing."""
    return CommandError(f"Nothing was changed. {refusal}{_how_to_go_on(refusal)}")


def _how_to_go_on(refusal: Exception) -> str:
    if isinstance(refusal, LargeLossError):
        return " If it is, add --accept-large-loss."
    if isinstance(refusal, RowsRejectedError):
        return " To leave them out, add --without-rejected-rows."
    return ""
