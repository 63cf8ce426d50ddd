"""The look of a mail: one stylesheet, written into the elements, since mail programs read nothing else."""

from functools import cache
from pathlib import Path

from css_inline import CSSInliner

STYLESHEET = Path(__file__).with_name("mail.css")


def dressed(html: str) -> str:
    """The mail with its style in it. Nothing is fetched, whatever the mail links to."""
    return _inliner().inline(html)


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(extra_css=STYLESHEET.read_text(encoding="utf-8"), load_remote_stylesheets=False)
