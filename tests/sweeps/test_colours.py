"""The portal's colours are said once: every other style sheet takes them by name."""

import re

import pytest

from tests.sweeps.source import ROOT

SHEETS = ROOT / "static" / "portal"
COLOURS = re.findall(r"--[\w-]+: (#\w+);", (SHEETS / "colours.css").read_text())
OTHERS = sorted(path.name for path in SHEETS.glob("*.css") if path.name != "colours.css")


@pytest.mark.parametrize("sheet", OTHERS)
def test_no_sheet_repeats_a_colour_that_has_a_name(sheet):
    text = (SHEETS / sheet).read_text().lower()
    assert len(COLOURS) > 5
    assert not [colour for colour in COLOURS if colour in text]


@pytest.mark.parametrize("base", ["base.html", "admin/base_site.html"])
def test_every_page_has_them(base):
    assert "portal/colours.css" in (ROOT / "templates" / base).read_text()
