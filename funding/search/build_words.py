"""Works out the words of a search again from the rows that hold them."""

from collections.abc import Iterable
from typing import Any

from funding.search import spelling

VOCABULARY = (
    """CREATE TEMPORARY TABLE word_stage ON COMMIT DROP AS SELECT word, ndoc AS rows
    FROM ts_stat('SELECT vector FROM {names}') WHERE word ~ '^[a-z]+$'""",
    "DELETE FROM {words} w WHERE NOT EXISTS (SELECT FROM word_stage s WHERE s.word = w.word)",
    "UPDATE {words} w SET rows = s.rows FROM word_stage s WHERE s.word = w.word AND s.rows <> w.rows",
)
NEW_WORDS = """
SELECT word, rows FROM word_stage s WHERE NOT EXISTS (SELECT FROM {words} w WHERE w.word = s.word)"""


def rebuild_vocabulary(cursor: Any, names: str, words: str) -> None:
    """Brings the table `words` in line with the vectors of the table `names`. Only rows that change are written.

    Call it within a transaction.
    """
    cursor.execute(f"ANALYZE {names}")
    for statement in VOCABULARY:
        cursor.execute(statement.format(names=names, words=words))
    cursor.execute(NEW_WORDS.format(words=words))
    new = cursor.fetchall()
    with cursor.copy(f"COPY {words} (word, rows, near) FROM STDIN") as copy:
        for word, rows in new:
            near = spelling.shortened(word, spelling.MOST if len(word) > 3 else 1)
            copy.write_row((word, rows, sorted(near)))
    cursor.execute("DROP TABLE word_stage")
    cursor.execute(f"ANALYZE {words}")


def settle(cursor: Any, indexes: Iterable[str]) -> None:
    """New rows wait in a list beside the index, which every search would read until autovacuum comes by."""
    for index in indexes:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
