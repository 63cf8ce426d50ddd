"""The rows that an establishment is found by: its name now, and those of schools that it followed. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from funding.search import normalise

# Words of the regions' names that do not tell a place.
COMPASS = {"north", "east", "south", "west", "england"}
REMEMBERED = 20_000
APART = 8

Places = tuple[str, str, str, str]  # district, local authority, town, region


class Source(NamedTuple):
    """What is known of an establishment, with the names and URNs of the closed ones that it followed."""

    establishment_id: int
    name: str
    is_open: bool
    urn: str = ""
    ukprn: str = ""
    postcode: str = ""
    la_name: str = ""
    district_name: str = ""
    town: str = ""
    region: str = ""
    former_names: Sequence[str] = ()
    former_urns: Sequence[str] = ()


class Name(NamedTuple):
    """A row of SearchName; `vector` is a tsvector literal."""

    establishment_id: int
    name: str
    former: bool
    is_open: bool
    cost: float
    vector: str


def search_names(source: Source) -> Iterator[Name]:
    """The name, then each former name that is not the same words again. The numbers are with the name alone.

    Runs for every name of an import, so what places give is kept from one name to the next.
    """
    places = (source.district_name, source.la_name, source.town, source.region)
    others = _postcodes(source.postcode)
    numbers = [*filter(None, (source.urn, source.ukprn, *source.former_urns))]
    seen = set()
    former = False
    for name in (source.name, *source.former_names):
        read = normalise.read(normalise.tokens(name))
        own = [text for text, _ in read]
        different = frozenset(own)
        if different not in seen:
            seen.add(different)
            written = [typed for text, typed in read if typed and typed != text]
            plurals = {typed for text, typed in read if typed == text + "s"} if written else ()
            if plurals:
                written = [typed for typed in written if typed not in plurals]
            more = [*others, *plurals, *(() if former else numbers)]
            yield Name(
                source.establishment_id,
                name,
                former,
                source.is_open,
                cost(different, len(plurals)),
                vector(own, written, places, more),
            )
        former = True


def cost(different: Iterable[str], plurals: int) -> float:
    """What the name's words are worth together: what a query that says nothing of them leaves over."""
    kinds, telling = normalise.KINDS, normalise.TELLING
    return round(sum([kinds.get(word, telling) for word in different]) + 0.15 * plurals, 2)


def vector(name_words: Sequence[str], written: Sequence[str], places: Places, others: Sequence[str]) -> str:
    """A tsvector literal.

    A: telling words of the name. B: its other words, and other ways to write them. C: district, authority
    and town. D: wider places, numbers, postcodes, plurals as they are written. Groups stand apart, so that no
    word is next to one of another group; places begin at a round number, so that they are seldom made twice.
    """
    kinds = normalise.KINDS
    entries: dict[str, str] = {}
    at = 0
    for word in name_words:
        at += 1
        label = f"{at}B" if word in kinds else f"{at}A"
        entries[word] = f"{entries[word]},{label}" if word in entries else label
    at += APART
    for word in (*normalise.also(name_words), *written):
        at += 1
        entries.setdefault(word, f"{at}B")
    around = _around(*places, at - at % APART + 2 * APART)
    at, stands, text = around.end, around.stands, around.text
    if not stands.keys().isdisjoint(entries):
        text = _literal({word: where for word, where in stands.items() if word not in entries})
        for word in stands.keys() & entries.keys():
            if stands[word][-1] == "C":
                entries[word] += f",{stands[word]}"
    for word in sorted(others):
        at += 1
        if word not in entries and word not in stands:
            entries[word] = f"{at}D"
    return f"{_literal(entries)} {text}"


def _literal(entries: dict[str, str]) -> str:
    return " ".join([f"{word}:{where}" for word, where in entries.items()])


class Around(NamedTuple):
    """The words of places in a vector: word -> where it stands; the same as a literal; and where they end."""

    stands: dict[str, str]
    text: str
    end: int


@lru_cache(maxsize=REMEMBERED)
def _around(district: str, la: str, town: str, region: str, at: int) -> Around:
    """From the position `at` on."""
    near, wider = _places(district, la, town, region)
    stands: dict[str, str] = {}
    for word in near:
        at += 1
        stands[word] = f"{stands[word]},{at}C" if word in stands else f"{at}C"
    at += APART
    for word in wider:
        at += 1
        stands.setdefault(word, f"{at}D")
    return Around(stands, _literal(stands), at + APART)


@lru_cache(maxsize=REMEMBERED)
def _places(district: str, la: str, town: str, region: str) -> tuple[list[str], list[str]]:
    wider = (
        [word for word in normalise.words(region) if word not in COMPASS]
        if region != "Not Applicable"
        else []
    )
    return normalise.words(f"{district} {la} {town}"), [*normalise.counties(la), *wider]


def _postcodes(postcode: str) -> tuple[str, ...]:
    """Written as one word, and its outward code: sk72ab and sk7."""
    code = postcode.casefold()
    return (code.replace(" ", ""), code.split()[0]) if code else ()
