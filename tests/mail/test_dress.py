"""One stylesheet dresses every mail; templates hold none of it."""

from npq_portal.mail.dress import dressed

MAIL = (
    "<html><body><div class='footer'><p>A &lt;b&gt; "
    "<a href='https://portal.test/?a=1&amp;b=2'>link</a></p></div></body></html>"
)


def test_the_style_is_in_the_elements():
    html = dressed(MAIL)
    assert '<div class="footer" style="' in html
    assert "max-width: 600px" in html
    assert "<style" not in html


def test_what_is_written_stays_as_it_is():
    html = dressed(MAIL)
    assert "A &lt;b&gt;" in html
    assert 'href="https://portal.test/?a=1&amp;b=2"' in html


def test_nothing_is_fetched():
    linked = '<html><head><link rel="stylesheet" href="http://127.0.0.1:9/x.css"></head><body><p>A</p></body></html>'
    assert "<p style=" in dressed(linked)
