"""Works out the words of a search again from the rows that hold them."""

from collections.abc import Iterable, Iterator
from typing import Any

from funding.copying import copy_lines
from funding.search import spelling
from funding.search.ask import array

VOCABULARY = (
    # As ts_stat, in half the time.
    """CREATE TEMPORARY TABLE word_stage ON COMMIT DROP AS SELECT word, count(*) AS rows
    FROM {names}, unnest(tsvector_to_array(vector)) AS word WHERE word ~ '^[a-z]+$' GROUP BY word""",
    "DELETE FROM {words} w WHERE NOT EXISTS (SELECT FROM word_stage s WHERE s.word = w.word)",
    "UPDATE {words} w SET rows = s.rows FROM word_stage s WHERE s.word = w.word AND s.rows <> w.rows",
)
NEW_WORDS = """
SELECT word, rows FROM word_stage s WHERE NOT EXISTS (SELECT FROM {words} w WHERE w.word = s.word)"""


def rebuild_vocabulary(cursor: Any, names: str, words: str) -> None:
    """Brings the table `words` in line with the vectors of the table `names`. Only rows that change are written.

    Call it within a transaction.
    """
    for statement in VOCABULARY:
        cursor.execute(statement.format(names=names, words=words))
    cursor.execute(NEW_WORDS.format(words=words))
    new = cursor.fetchall()
    copy_lines(cursor, f"COPY {words} (word, rows, near) FROM STDIN", _lines(new))
    cursor.execute("DROP TABLE word_stage")
    cursor.execute(f"ANALYZE {words} (word, rows)")


def _lines(new: Iterable[tuple[str, int]]) -> Iterator[str]:
    for word, rows in new:
        near = spelling.shortened(word, spelling.MOST if len(word) > 3 else 1)
        yield f"{word}\t{rows}\t{array(sorted(near))}"
