"""The rows that an establishment is found by: its name now, and those of schools that it followed. Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from funding.search import normalise

# Words of the regions' names that do not tell a place.
COMPASS = {"north", "east", "south", "west", "england"}


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
    """The name, then each former name that is not the same words again. The numbers are with the name alone."""
    places, wider = _places(source.district_name, source.la_name, source.town, source.region)
    numbers = [number for number in (source.urn, source.ukprn, *source.former_urns) if number]
    code = source.postcode.casefold()
    postcodes = [code.replace(" ", ""), code.split()[0]] if code else []
    seen = set()
    for at, each in enumerate([source.name, *source.former_names]):
        read = normalise.read(normalise.tokens(each))
        own = [word.text for word in read]
        if frozenset(own) in seen:
            continue
        seen.add(frozenset(own))
        plurals = {word.typed for word in read if word.typed == f"{word.text}s"}
        written = [word.typed for word in read if word.typed not in ("", word.text, *plurals)]
        others = [*postcodes, *plurals, *(numbers if at == 0 else ())]
        yield Name(
            source.establishment_id,
            each,
            at > 0,
            source.is_open,
            cost(own, plurals),
            vector(own, written, places, wider, others),
        )


def cost(name_words: list[str], plurals: set[str]) -> float:
    """What the name's words are worth together: what a query that says nothing of them leaves over."""
    return round(sum(map(normalise.worth, set(name_words))) + 0.15 * len(plurals), 2)


def vector(
    name_words: list[str], written: list[str], places: list[str], wider: list[str], others: list[str]
) -> str:
    """A tsvector literal.

    A: telling words of the name. B: its other words, and other ways to write them. C: district, authority
    and town. D: wider places, numbers, postcodes, plurals as they are written.
    """
    entries: dict[str, str] = {}
    for at, word in enumerate(name_words, 1):
        label = f"{at}A" if normalise.tells(word) else f"{at}B"
        entries[word] = f"{entries[word]},{label}" if word in entries else label
    at = len(name_words) + 5
    for label, group in (
        ("B", [*normalise.also(name_words), *written]),
        ("C", places),
        ("D", wider),
        ("D", sorted(others)),
    ):
        for word in group:
            at += 1
            if word not in entries:
                entries[word] = f"{at}{label}"
            elif label == "C":
                entries[word] += f",{at}C"
        at += 5
    return " ".join(f"{word}:{where}" for word, where in entries.items())


@lru_cache(maxsize=10_000)
def _places(district: str, la: str, town: str, region: str) -> tuple[list[str], list[str]]:
    wider = (
        [word for word in normalise.words(region) if word not in COMPASS]
        if region != "Not Applicable"
        else []
    )
    return normalise.words(f"{district} {la} {town}"), [*normalise.counties(la), *wider]
