"""The other tables that come with the portal are no lists, though each has a column of numbers that lists have."""

import gzip

import pytest

from funding import bundled
from npq_portal import read
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import numbers_in_use, preview

HOLDS = {
    "establishments": ("pp50-schools", "an extract of the register of establishments"),
    "establishment-links": ("rise", "links between establishments"),
    "childcare": ("childminders", "a table of childcare settings"),
    "pupil-premium": ("pp50-schools", "pupil premium figures"),
}


@pytest.mark.parametrize("name", HOLDS)
def test_refused_as_what_it_is(tmp_path, term, in_use, name):
    kind, what = HOLDS[name]
    table = next(each for each in bundled.tables() if each.name.startswith(name))
    start = b"".join(gzip.decompress(table.path.read_bytes()).splitlines(keepends=True)[:20])
    with pytest.raises(read.FileRefusedError, match=f"list.csv holds {what}, not a list: it has a column "):
        preview(tmp_path, start, term=term, kind=kind)
    assert numbers_in_use(term) == set(IN_USE)
