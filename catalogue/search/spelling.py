"""What may have been meant by words that nothing has: the words of the catalogue that are spelled nearly so."""

from django.db import connection

from catalogue.search.words import FEWEST_LETTERS, WORD

ALIKE = 0.4  # of 1, by the letters that stand together (pg_trgm)
# Words of course runs are those of NPQs, providers and hubs over again, and many thousands of them.
NEAREST = """
    WITH known AS MATERIALIZED (SELECT word FROM ts_stat($$
        SELECT to_tsvector('simple', concat_ws(' ', title, about, text))
        FROM catalogue_searchentry WHERE kind <> 'run'$$))
    SELECT typed, (
        SELECT word FROM known WHERE similarity(word, typed) >= %(alike)s
        ORDER BY similarity(word, typed) DESC, word LIMIT 1)
    FROM unnest(%(words)s::text[]) typed
    WHERE NOT EXISTS (SELECT FROM known WHERE starts_with(word, typed))
"""


def respelled(typed: str) -> str:
    """`typed` with each word that we do not have as the one that is most like it; "" where none of them is. One query.

    Signs go: "behavour -trust" is offered as "behaviour trust".
    """
    words = WORD.findall(typed.casefold())
    asked = [word for word in words if len(word) > FEWEST_LETTERS and not word.isdecimal()]
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, {"alike": ALIKE, "words": asked})
        nearest = {word: found for word, found in cursor.fetchall() if found}
    return " ".join(nearest.get(word, word) for word in words) if nearest else ""
