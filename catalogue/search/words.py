"""From what was typed to what Postgres looks for, and its marks back to HTML."""

import re

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

CONFIG = "english"
LONGEST = 200
MOST_WORDS = 16
WORD = re.compile(r"[^\W_]+")
# The beginning of a word counts from here: with fewer letters it would be the beginning of too many.
FEWEST_LETTERS = 3
# NPQs as people call them: their codes (NPQSENCO) without the beginning.
SHORT_CODES = {"eyl", "lbc", "lpm", "ltd", "senco"}
# Around the words that were found. `clean` lets neither into a query, and no page has them.
START, STOP = "\x02", "\x03"
# What means something to Postgres as it does to a search engine, and what the page says of it.
WITHOUT = re.compile(r'(^|\s)-("[^"]*"?|\S+)')
SIGNS = {
    re.compile(r'"[^"]*\w[^"]*"'): "quotation marks as words that stand together",
    re.compile(r'(^|\s)-"?\w'): "a minus before a word as “without it”",
    re.compile(r"\w\W*\sor\s\W*\w", re.IGNORECASE): "“or” as either of the two",
}

Query = SearchQuery | CombinedSearchQuery


def beginning(typed: str) -> str:
    """As much of `typed` as is searched for: 200 characters, 16 words."""
    words = list(WORD.finditer(typed[:LONGEST]))
    return typed[: words[MOST_WORDS - 1].end()] if len(words) > MOST_WORDS else typed[:LONGEST].rstrip()


def signs(typed: str) -> list[str]:
    """What of `typed` is not read as words, in words."""
    return [said for sign, said in SIGNS.items() if sign.search(typed)]


def all_words(typed: str) -> Query:
    """All of the words, each in any of its forms, or as the beginning of a longer one.

    Quotation marks keep words together, and `-` and `or` mean what they do in a search engine; then each word is
    a whole one.
    """
    asked = SearchQuery(typed, config=CONFIG, search_type="websearch")
    words = _words(typed)
    if not words or signs(typed):
        return asked
    return asked | _raw(" & ".join(words))


def any_words(typed: str) -> Query | None:
    """Any of the words, and still none of those that must not be there; None where that is nothing else than all."""
    words = _words(WITHOUT.sub(" ", typed))
    if len(words) < 2:
        return None
    without = " ".join(found[0] for found in WITHOUT.finditer(typed))
    fewer = _raw(" | ".join(words))
    return fewer & SearchQuery(without, config=CONFIG, search_type="websearch") if without else fewer


def marked(text: str) -> SafeString:
    """`text` as HTML, what stands between the marks in <mark>. Marks that do not close are left out."""
    parts = re.split(f"{START}([^{START}{STOP}]*){STOP}", text)
    shown = [part.replace(START, "").replace(STOP, "") for part in parts]
    return format_html_join(
        "", "{}<mark>{}</mark>", zip(shown[:-1:2], shown[1::2], strict=True)
    ) + format_html_join("", "{}", [(shown[-1],)])


def _words(typed: str) -> list[str]:
    """Letters and figures only, so that nothing that was typed is read as part of a query's grammar."""
    return [_word(word) for word in WORD.findall(typed.casefold())]


def _word(word: str) -> str:
    if word in SHORT_CODES:
        return f"({word}:* | npq{word})"
    return f"{word}:*" if len(word) >= FEWEST_LETTERS else word


def _raw(query: str) -> SearchQuery:
    return SearchQuery(query, config=CONFIG, search_type="raw")
