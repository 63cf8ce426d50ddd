"""Every mail there is has an example, and each example is a whole mail: nothing left out, no tag in its text, and links
that lead somewhere from a mail program.
"""

import re
from copy import deepcopy
from html import unescape

import pytest
from django.conf import settings as portal
from django.db import connection
from django.test import override_settings

from npq_portal.mail.dress import dressed
from npq_portal.mail.examples import all_examples
from npq_portal.mail.rendering import rendered
from tests.sweeps.source import ROOT

EMAILS = ROOT / "templates" / "emails"
TEMPLATES = {
    str(path.relative_to(EMAILS)).removesuffix(".subject.txt") for path in EMAILS.rglob("*.subject.txt")
}
EXAMPLES = all_examples()
LEFT_OUT = "LEFT-OUT"
LONGEST_SUBJECT = 80
each = pytest.mark.parametrize("name", EXAMPLES)


@pytest.fixture(scope="module")
def mails():
    """Each example's mail, written once. A variable that the example does not give is written as LEFT_OUT."""
    engines = deepcopy(portal.TEMPLATES)
    engines[0]["OPTIONS"]["string_if_invalid"] = LEFT_OUT
    with override_settings(TEMPLATES=engines):
        return {name: rendered(example.template, example.context) for name, example in EXAMPLES.items()}


@pytest.fixture
def mail(name, mails):
    return mails[name]


def test_every_template_has_an_example():
    assert {example.template for example in EXAMPLES.values()} == TEMPLATES
    assert len(TEMPLATES) >= 35


def test_every_mail_has_its_three_templates():
    bases = {"base", "applications/base", "applications/reminder_base"}
    for ending in (".txt", ".html"):
        found = {str(path.relative_to(EMAILS)).removesuffix(ending) for path in EMAILS.rglob(f"*{ending}")}
        assert {name for name in found if not name.endswith(".subject")} == TEMPLATES | bases


@each
def test_nothing_is_left_out(mail):
    for part in (mail.subject, mail.text, mail.html):
        assert LEFT_OUT not in part
        assert not re.search(r"\bNone\b(?! of)", part)
        assert not re.search(r"[{}]", re.sub(r"<style.*?</style>", "", part))


@each
def test_the_subject_is_one_short_line(mail):
    assert 10 <= len(mail.subject) <= LONGEST_SUBJECT, mail.subject
    assert "\n" not in mail.subject
    assert not re.search(r"&\w+;|&#", mail.subject)


@each
def test_the_text_is_text(mail):
    assert not re.search(r"</?[a-z]", mail.text)
    assert not re.search(r"&\w+;|&#", mail.text)
    assert mail.text.rstrip().endswith(f"NPQ Portal is not a government service.\n{portal.PORTAL_ADDRESS}")
    assert "\n\n\n" not in mail.text


@each
def test_links_are_whole(mail):
    for link in re.findall(r'href="([^"]*)"', mail.html):
        assert link.startswith(portal.PORTAL_ADDRESS), link
    for link in re.findall(r"\S*(?:://|/\w+/)\S*", mail.text):
        assert link.startswith(portal.PORTAL_ADDRESS), link


@each
def test_text_and_html_lead_to_the_same_pages(mail):
    in_html = {unescape(link) for link in re.findall(r'href="([^"]*)"', mail.html)}
    assert in_html == set(re.findall(r"https?://[^\s,]+[^\s,.]", mail.text))


@each
def test_the_title_is_the_subject_and_the_style_goes_in(mail):
    assert unescape(re.search(r"<title>(.*?)</title>", mail.html)[1]) == mail.subject
    assert 'class="footer" style="' in dressed(mail.html)


def test_examples_ask_no_database():
    """The page is there before anything is loaded; and an example cannot be somebody's."""

    def refuse(*args):
        raise AssertionError("an example asked the database")

    with connection.execute_wrapper(refuse):
        for example in all_examples().values():
            rendered(example.template, example.context)
