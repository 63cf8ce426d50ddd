"""Words as people send them, made safe to search with and to store."""

import unicodedata
from collections.abc import Sequence

# Spaces of no width, copied along from web pages, and what turns the direction of the words after it: seen by nobody,
# and they make two equal names differ, or one look like another.
UNSEEN = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Beside spaces and marks of formatting: letters and signs that are drawn as nothing.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
NOTHING_TO_SEE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp"})

# What somebody calls themselves. It is the subject of a mail to whomever they name as their sponsor: no address
# ("J. Smith" and "J.Smith" are none), and some letter in it.
NO_ADDRESS = r"(?!(?i:.*\bwww\.))(?!.*[.\uff0e\u3002](?:[a-z]{2,}|(?i:com|org|net|uk|io))\b)"
A_LETTER = r"(?=.*[A-Za-z\u00c0-\u1fff\u2c00-\ud7ff])"
A_NAME = NO_ADDRESS + A_LETTER + r"[^/:@<>=]*"
NO_NAME = "Enter your full name"
NOT_A_NAME = "Enter your name alone: no web address, and no signs like / : @ or <"


def says_something(text: str) -> bool:
    """Whether there is anything to see in `text`."""
    return any(
        character not in BLANK and unicodedata.category(character) not in NOTHING_TO_SEE for character in text
    )


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


def listed(names: Sequence[str]) -> str:
    """As a sentence names several: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
