"""More schools than there are, made of the real ones' own words, places and kinds, so that as many are alike.

A made school has the shape of one real school's name with telling words of others in it ("St Anne's Catholic Primary
School" and "Oakwood Junior School" give "Oakwood Catholic Primary School"), and stands in the place of another, under
a postcode of its own in the same sector's district. Its URN is one that the register has not given.
"""

import random
from collections.abc import Iterator

from django.db import connection, transaction

from funding.models import Establishment
from funding.models.establishment import OPEN
from funding.search.build import rebuild
from tests.benchmarks.judged import spoken, telling

FIRST_URN, LAST_URN = 500_000, 799_999  # the register's begin with 1, 2 and 4
COPIED = ("type_code", "type_name", "group_code", "phase")
PLACE = ("la_code", "la_name", "district_code", "district_name", "region", "town")
INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that postcodes end with
TRIES = 50


def multiply(total: int, seed: int) -> None:
    """Adds made schools until there are `total` establishments, and brings the search in line. The same seed adds the
    same. Undone by `undo`.
    """
    missing = total - Establishment.objects.count()
    columns = ("urn", "name", "postcode", "status_code", "status_name", "trust", *COPIED, *PLACE)
    made = list(schools(missing, seed))
    into = f"COPY funding_establishment ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in made:
            copy.write_row([row[column] for column in columns])
    _find_again()


def undo() -> None:
    """By hand: Django would fetch all that might be deleted with them."""
    made = "SELECT id FROM funding_establishment WHERE urn BETWEEN %s AND %s"
    urns = [str(FIRST_URN), str(LAST_URN)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM funding_searchname WHERE establishment_id IN ({made})", urns)
        cursor.execute("DELETE FROM funding_establishment WHERE urn BETWEEN %s AND %s", urns)
    _find_again()


def schools(count: int, seed: int) -> Iterator[dict[str, str]]:
    """So many made schools; no two of the same name in the same district, the real ones included."""
    chance = random.Random(seed)
    real = list(
        Establishment.objects.filter(status_code=OPEN)
        .exclude(postcode="")
        .order_by("id")
        .values("name", "postcode", *COPIED, *PLACE)
    )
    words = sorted({word for each in real for word in telling(each["name"])})
    taken = {(spoken(each["name"]), each["district_name"]) for each in real}
    for number in range(count):
        shape, place = chance.choice(real), chance.choice(real)
        name = shape["name"]
        for _ in range(TRIES):
            name = _with_other_words(shape["name"], words, chance)
            if (spoken(name), place["district_name"]) not in taken:
                break
            shape = chance.choice(real)
        taken.add((spoken(name), place["district_name"]))
        yield {
            **{column: shape[column] for column in COPIED},
            **{column: place[column] for column in PLACE},
            "urn": str(FIRST_URN + number),
            "name": name[:160],
            "postcode": f"{place['postcode'][:-2]}{''.join(chance.choices(INWARD, k=2))}",
            "status_code": OPEN,
            "status_name": "Open",
            "trust": "",
        }


def _with_other_words(name: str, words: list[str], chance: random.Random) -> str:
    """Each telling word is another in half of all cases, and one of them always."""
    own = telling(name)
    if not own:
        return f"{chance.choice(words)} {name}"
    sure = chance.choice(own)
    for word in own:
        if word == sure or chance.random() < 0.5:
            name = name.replace(word, chance.choice(words), 1)
    return name


def _find_again() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        rebuild(cursor)
