"""What no browser sends, for the tests that post it to every form.

FUZZ_POSTS sets how many posts each of them makes; 10,000 take some minutes.
"""

import os
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes

POSTS = int(os.environ.get("FUZZ_POSTS", "300"))
SEED = 20261122
FORM = "application/x-www-form-urlencoded"
NASTY = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\r\nBcc: x@example.test",
    "x" * 5_000,
    "9" * 40,
    "-1",
    "1e9",
    "NaN",
    "٣",
    "💥",
    "' OR 1=1; --",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "%00",
    "../../etc",
    "true",
    "None",
)
# Fields that no question has, beside those that pages and verbs know.
FOREIGN = ("state", "applicant", "provider_id", "reference", "funding_outcome", "draft", "q", "unlisted", "")


def encoded(pairs):
    return "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in pairs).encode()


def _escaped(value):
    return quote_from_bytes(str(value).encode("utf-8", "surrogatepass"))


def no_form(dice):
    """A body that is no form at all, and what it says it is."""
    return dice.choice(
        [
            (dice.randbytes(dice.randrange(400)), FORM),
            (dice.randbytes(200), "multipart/form-data; boundary=x"),
            (b'{"term": ["autumn-2026", {}]}', "application/json"),
        ]
    )


@dataclass
class PostedForm:
    """`fields` is name -> the values that the page offers for it, `untouched` what is sent by who changes nothing, and
    `buttons` what pressing each of them adds.
    """

    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    untouched: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def pairs(self, dice, likely):
        """More or less as a person fills it in: some of it left out, some of it what nobody would write."""
        pressed = [] if dice.random() < 0.2 or not self.buttons else [dice.choice(self.buttons)]
        if dice.random() < 0.1:
            return self.untouched + pressed
        pairs, wild = pressed, dice.random() < 0.6
        for name, offered in self.fields.items():
            if wild and dice.random() < 0.1:
                continue
            fits = likely.get(name, offered) or likely.get("", ["Words."])
            value = dice.choice(NASTY if wild and dice.random() < 0.2 else fits)
            pairs += [(name, value)] * (2 if wild and dice.random() < 0.05 else 1)
        if wild and dice.random() < 0.2:
            pairs.append((dice.choice(FOREIGN), dice.choice(NASTY)))
        return pairs * (300 if dice.random() < 0.005 else 1)


class Forms(HTMLParser):
    """The forms on a page that are posted."""

    @classmethod
    def on(cls, html, address):
        parser = cls()
        parser.address, parser.found, parser.form, parser.name, parser.words = address, [], None, "", None
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "form" and (told.get("method") or "").lower() == "post":
            self.form = PostedForm(told.get("action") or self.address)
            self.found.append(self.form)
        elif self.form is None:
            return
        elif tag == "button" or told.get("type") == "submit":
            self.form.buttons += [(name, value)] * bool(name)
        elif tag == "input" and told.get("type") in ("radio", "checkbox"):
            self.offer(name, value or "on", chosen="checked" in told)
        elif tag == "input":
            self.form.fields.setdefault(name, [value] * bool(value))
            self.form.untouched.append((name, value))
        elif tag == "select":
            self.name = name
        elif tag == "option":
            self.offer(self.name, value, chosen="selected" in told)
        elif tag == "textarea":
            self.name, self.words = name, ""

    def handle_data(self, data):
        if self.words is not None:
            self.words += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.form:
            words = self.words.removeprefix("\n")
            self.form.fields.setdefault(self.name, [words] * bool(words))
            self.form.untouched.append((self.name, words))
            self.words = None

    def offer(self, name, value, *, chosen):
        self.form.fields.setdefault(name, []).append(value)
        self.form.untouched += [(name, value)] * chosen
