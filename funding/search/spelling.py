"""Mistyped words: which words are near, and how near. Pure.

Two words within two mistakes of each other share a form with at most two letters left out of their first seven, so
the database finds all near words by an index on those forms (SearchWord.near), whatever the mistakes were.
"""

from itertools import combinations

MOST = 2
HEAD = 7


def mistakes_allowed(word: str) -> int:
    """None in two letters, one in three or four, two in five or more."""
    return 0 if len(word) < 3 else 1 if len(word) < 5 else MOST


def shortened(word: str, most: int = MOST) -> set[str]:
    """The first seven letters of the word, and all that is left of them when up to `most` letters are left out."""
    head = word[:HEAD]
    found = {head}
    for count in range(1, min(most, len(head) - 1) + 1):
        found |= {"".join(letters) for letters in combinations(head, len(head) - count)}
    return found


def mistakes(typed: str, word: str, most: int = MOST) -> int:
    """Letters dropped, added, wrong, or swapped with their neighbour (each one mistake) between the two.

    Once it is known to be more than `most`, any number above it.
    """
    start = _alike(typed, word)
    end = _alike(typed[start:][::-1], word[start:][::-1])
    typed, word = typed[start : len(typed) - end], word[start : len(word) - end]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, a in enumerate(typed, 1):
        earlier, before = before, row
        row = [i]
        for j, b in enumerate(word, 1):
            cost = before[j - 1] if a == b else 1 + min(before[j], row[j - 1], before[j - 1])
            if i > 1 and j > 1 and a == word[j - 2] and typed[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
