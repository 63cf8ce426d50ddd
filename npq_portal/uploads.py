"""Which files the portal takes at all: those that staff upload, up to a limit, and kept on disc, not in memory.

Any address may be posted to by anybody, and Django would read a body of any size to the end. Here it is
refused by its announced length, before any of it is read.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# What a form's other fields, and the lines between them, may add.
FORM_LIMIT = 100_000
# Only the staff area has a form with a file.
STAFF_AREA = "/admin/"


class StaffUpload(TemporaryFileUploadHandler):
    """Answers 413 (npq_portal.errors) for a body that is announced as too long."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        staff = self.request is not None and self.request.path_info.startswith(STAFF_AREA)
        limit = settings.STAFF_UPLOAD_LIMIT + FORM_LIMIT if staff else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if limit is not None and content_length > limit:
            raise RequestDataTooBig(f"{content_length} bytes, over {limit}")
