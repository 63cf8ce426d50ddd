"""Words as people send them, made safe to search with and to store."""

import unicodedata


def clean(text: str, limit: int) -> str:
    """`text` without control characters, with single spaces, cut to `limit` characters.

    Postgres refuses NUL in text, and the other control characters only ever come from a slip of paste or from
    a machine. Line breaks become spaces: use it for what is one line.
    """
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in text
    )
    return " ".join(kept.split())[:limit].rstrip()
