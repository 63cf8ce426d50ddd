"""Every template, of pages and of mails: nothing inline (the content security policy refuses it, and mails are dressed
when they are made), and a heading structure that holds.
"""

import re

import pytest

from tests.sweeps.source import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "an inline event handler"
    assert not re.search(r"<style\b", text), "a style element"
    assert "javascript:" not in text
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or "nonce=" in tag or "application/ld+json" in tag, f"an inline script: {tag}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_at_most_one_h1(path):
    assert len(re.findall(r"<h1\b", path.read_text())) <= 1


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_words_are_our_own_voice(path):
    """Never 'please', never 'invalid': say what to do."""
    words = re.sub(r"{[%#{].*?[%#}]}|<[^>]+>", " ", path.read_text(), flags=re.DOTALL).lower()
    assert not re.search(r"\bplease\b", words)
    assert not re.search(r"\binvalid\b", words)


def test_every_template_ends_with_a_newline():
    without = [name(path) for path in TEMPLATES if path.read_text() and not path.read_text().endswith("\n")]
    assert not without
