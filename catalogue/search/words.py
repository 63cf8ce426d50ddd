"""From what was typed to what Postgres looks for, and its marks back to HTML."""

import re

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

CONFIG = "english"
MOST_WORDS = 16
# The beginning of a word counts from here: with fewer letters it would be the beginning of too many.
FEWEST_LETTERS = 3
# Around the words that were found. `clean` lets neither into a query, and no page has them.
START, STOP = "\x02", "\x03"
AS_A_SEARCH_ENGINE_READS = re.compile(r'"|(^|\s)-\w|\sor\s', re.IGNORECASE)

Query = SearchQuery | CombinedSearchQuery


def all_words(typed: str) -> Query:
    """All of the words, each in any of its forms, or as the beginning of a longer one.

    Quotation marks keep words together, and `-` and `or` mean what they do in a search engine; then each word is
    a whole one.
    """
    asked = SearchQuery(typed, config=CONFIG, search_type="websearch")
    words = _words(typed)
    if not words or AS_A_SEARCH_ENGINE_READS.search(typed):
        return asked
    return asked | _raw(" & ".join(words))


def any_words(typed: str) -> Query | None:
    """Any of the words; None where that is nothing else than all of them."""
    words = _words(typed)
    return _raw(" | ".join(words)) if len(words) > 1 else None


def marked(text: str) -> SafeString:
    """`text` as HTML, what stands between the marks in <mark>. Marks that do not close are left out."""
    parts = re.split(f"{START}([^{START}{STOP}]*){STOP}", text)
    shown = [part.replace(START, "").replace(STOP, "") for part in parts]
    return format_html_join(
        "", "{}<mark>{}</mark>", zip(shown[:-1:2], shown[1::2], strict=True)
    ) + format_html_join("", "{}", [(shown[-1],)])


def _words(typed: str) -> list[str]:
    """Letters and figures only, so that nothing that was typed is read as part of a query's grammar."""
    found = re.findall(r"[^\W_]+", typed.casefold())[:MOST_WORDS]
    return [f"{word}:*" if len(word) >= FEWEST_LETTERS else word for word in found]


def _raw(query: str) -> SearchQuery:
    return SearchQuery(query, config=CONFIG, search_type="raw")
