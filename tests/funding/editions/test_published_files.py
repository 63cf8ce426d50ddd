"""Every edition that came with the portal, with its own header, encoding and line ends, as an operator
would load it.
"""

import gzip

import pytest

from funding import bundled
from tests.funding.editions.making import confirm, numbers_in_use, preview

ROWS = 20


@pytest.mark.parametrize(
    "edition", bundled.lists(), ids=lambda edition: f"{edition.kind} {edition.published_for}"
)
def test_the_first_rows_load_as_they_were_published(tmp_path, term, edition):
    lines = gzip.decompress(edition.path.read_bytes()).splitlines(keepends=True)[: ROWS + 1]
    upload = preview(tmp_path, b"".join(lines), term=term, kind=edition.kind)
    assert (upload.rows_read, upload.rows_rejected) == (len(lines) - 1, 0)
    confirm(upload)
    assert len(numbers_in_use(term, edition.kind)) == len(lines) - 1
