"""Words as people send them, made safe to search with and to store."""

import unicodedata

# Spaces of no width: copied along from web pages, seen by nobody, and they make two equal names differ.
UNSEEN = frozenset("\u200b\u2060\ufeff")


def clean(text: str, limit: int) -> str:
    """`text` without control characters, with single spaces, cut to `limit` characters.

    Postgres refuses NUL in text, and the other control characters only ever come from a slip of paste or from
    a machine. Line breaks become spaces: use it for what is one line.
    """
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs"} else character
        for character in text
        if character not in UNSEEN
    )
    return " ".join(kept.split())[:limit].rstrip()
