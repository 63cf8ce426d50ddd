"""Queries with the answers that are right, made from the schools in the database by a seed.

Each begins with a school and what a person might type for it: a text that, read literally, at most two open schools
fit. All that fit are right answers. Then the text is changed as people change it: a letter wrong, a word split, "C of
E" for "Church of England". The kinds are those of the issue (funding, point 6).
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from funding import queries
from funding.models import Establishment, EstablishmentLink
from funding.models.establishment import OPEN

Making = tuple[str, set[str]] | None

_PLAIN = """
    school primary academy st saint saints of church england catholic cofe the and nursery community infant junior
    college high voluntary aided controlled first rc a roman ce c e infants schools grammar preparatory centre va vc
    sixth form education secondary special middle all limited trust with for in at on
"""
PLAIN = frozenset(_PLAIN.split())
SHORT = {
    "primary": "prim",
    "school": "sch",
    "junior": "jnr",
    "infant": "inf",
    "academy": "acad",
    "community": "comm",
}
COUNTIES = {
    "Nottinghamshire": "Notts",
    "Lancashire": "Lancs",
    "Hertfordshire": "Herts",
    "Oxfordshire": "Oxon",
    "Hampshire": "Hants",
    "Staffordshire": "Staffs",
    "Lincolnshire": "Lincs",
    "Wiltshire": "Wilts",
}
ONE_FAITH = ("Church of England", "C of E", "CofE", "CE")
CATHOLIC = ("Roman Catholic", "RC", "Catholic")
TRIES = 400


@dataclass(frozen=True)
class Judged:
    """`answers` are references. `mistyped` says that letters are wrong, so that words alone cannot find it."""

    kind: str
    text: str
    answers: frozenset[str]
    mistyped: bool


@dataclass(frozen=True)
class School:
    reference: str
    urn: str
    ukprn: str
    name: str
    area: str
    authority: str
    postcode: str

    @property
    def areas(self) -> tuple[str, str]:
        return self.area, self.authority


def spoken(text: str) -> str:
    """As it is said: small letters, digits and single spaces, one way of writing each faith, no leading the."""
    words = re.sub(r"['\u2019`.]", "", text.lower()).replace("&", " and ")
    words = " ".join(re.sub(r"[^a-z0-9]", " ", words).split())
    for said in ("church of england", "c of e", "ce"):
        words = re.sub(rf"\b{said}\b", "cofe", words)
    for said in ("roman catholic", "rc"):
        words = re.sub(rf"\b{said}\b", "catholic", words)
    return re.sub(r"\bsaint\b", "st", words).removeprefix("the ")


def telling(name: str) -> list[str]:
    """The words of a name that few others have."""
    return [word for word in name.split() if len(word) > 3 and spoken(word) not in PLAIN]


def mistake(word: str, chance: random.Random) -> str:
    """One letter dropped, doubled, swapped with the next, or wrong; never the first."""
    letters = [at for at in range(1, len(word) - 1) if word[at].isalpha() and word[at + 1].isalpha()]
    if not letters:
        return word
    at = chance.choice(letters)
    before, letter, following, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    other = chance.choice("aeioulnrst".replace(letter.lower(), ""))
    return chance.choice(
        [
            before + following + after,
            before + letter + letter + following + after,
            before + following + letter + after,
            before + other + following + after,
        ]
    )


class Maker:
    """Knows all open schools by what they are called and where they are."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.schools = list(_open_schools())
        self.placed = [each for each in self.schools if each.area and each.postcode]
        self.by_name: dict[str, list[School]] = defaultdict(list)
        for each in self.schools:
            self.by_name[spoken(each.name)].append(each)

    def called(self, name: str, area: str = "") -> set[str]:
        found = self.by_name.get(spoken(name), [])
        return {each.reference for each in found if not area or area in each.areas}

    def holding(self, words: list[str], area: str) -> set[str]:
        return {
            each.reference
            for each in self.placed
            if area in each.areas and set(words) <= set(spoken(each.name).split())
        }

    def area_of(self, school: School) -> str:
        return self.chance.choice(school.areas)

    def judged(
        self, kind: str, make: Callable[[School], Making], count: int, mistyped: bool
    ) -> Iterator[Judged]:
        made = 0
        for _ in range(count * TRIES):
            if made == count:
                return
            found = make(self.chance.choice(self.placed))
            if found and found[0].strip() and 1 <= len(found[1]) <= 2:
                made += 1
                text = found[0].lower() if self.chance.random() < 0.5 else found[0]
                yield Judged(kind, text, frozenset(found[1]), mistyped)

    def mistake(self, word: str) -> str:
        return mistake(word, self.chance)

    def mistyped(self, text: str, mistakes: int) -> str | None:
        """The text with so many of its telling words mistyped, or None where it has too few."""
        words = telling(text)
        if len(words) < mistakes:
            return None
        for word in self.chance.sample(words, mistakes):
            wrong = self.mistake(word)
            if wrong == word:
                return None
            text = text.replace(word, wrong, 1)
        return text


def make(seed: int, per_kind: int) -> list[Judged]:
    """So many of each kind, always the same for the same schools and seed."""
    maker = Maker(seed)
    found = [
        each
        for kind, (mistyped, way) in _kinds(maker).items()
        for each in maker.judged(kind, way, per_kind, mistyped)
    ]
    return found + list(_former_names(maker, per_kind))


def _open_schools() -> Iterator[School]:
    fields = ("urn", "ukprn", "name", "district_name", "la_name", "postcode")
    for urn, ukprn, name, district, authority, postcode in (
        Establishment.objects.filter(status_code=OPEN).order_by("id").values_list(*fields)
    ):
        area = "" if district == "Unknown" else district
        reference = urn or f"ukprn-{ukprn}"
        yield School(reference, urn or "", ukprn or "", name, area, authority, postcode)


def _kinds(maker: Maker) -> dict[str, tuple[bool, Callable[[School], Making]]]:
    """Kind -> (whether letters are wrong, how to make one for a school, or None where it does not lend itself)."""
    chance = maker.chance

    def with_area(change: Callable[[str], str | None]) -> Callable[[School], Making]:
        def way(school: School) -> Making:
            area, changed = maker.area_of(school), change(school.name)
            if not changed or changed == school.name:
                return None
            return f"{changed} {area}", maker.called(school.name, area)

        return way

    def full(school: School) -> Making:
        area = maker.area_of(school)
        return f"{school.name}, {area}", maker.called(school.name, area)

    def start(school: School) -> Making:
        words, area = school.name.split(), maker.area_of(school)
        if len(words) < 3 or not telling(" ".join(words[:2])):
            return None
        begun = spoken(" ".join(words[:2]))
        fits = {
            each.reference
            for each in maker.placed
            if area in each.areas and f"{spoken(each.name)} ".startswith(f"{begun} ")
        }
        return f"{' '.join(words[:2])} {area}", fits

    def typing(school: School) -> Making:
        text = f"{school.name} {school.area}"
        stop = chance.randint(len(school.name) + 2, max(len(text) - 1, len(school.name) + 2))
        begun = spoken(text[:stop])
        fits = {
            each.reference
            for name in (spoken(school.name),)
            for each in maker.by_name[name]
            if any(f"{name} {spoken(area)}".startswith(begun) for area in each.areas)
        }
        return text[:stop], fits

    def mistaken(count: int) -> Callable[[School], Making]:
        return lambda school: (maker.mistyped(school.name, count) or "", maker.called(school.name))

    def mistaken_area(school: School) -> Making:
        area = maker.area_of(school)
        wrong = maker.mistyped(area, 1)
        return (f"{school.name} {wrong}", maker.called(school.name, area)) if wrong else None

    def other_word(pattern: str, others: tuple[str, ...]) -> Callable[[str], str | None]:
        def change(name: str) -> str | None:
            found = re.search(pattern, name)
            if not found:
                return None
            return name.replace(found[0], chance.choice([each for each in others if each != found[0]]), 1)

        return change

    def turned(name: str) -> str | None:
        words = name.split()
        at = chance.randrange(1, len(words)) if len(words) > 2 else 0
        return " ".join(words[at:] + words[:at])

    def split(name: str) -> str | None:
        words = [word for word in telling(name) if len(word) > 6 and word.isalpha()]
        if not words:
            return None
        word = chance.choice(words)
        at = chance.randrange(3, len(word) - 2)
        return name.replace(word, f"{word[:at]} {word[at:]}", 1)

    def run_on(name: str) -> str | None:
        words = name.split()
        at = chance.randrange(len(words) - 1) if len(words) > 1 else 0
        return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])

    def word_and_area(school: School) -> Making:
        words = telling(school.name)
        if not words:
            return None
        word = spoken(chance.choice(words))
        return f"{word} {school.area}", maker.holding([word], school.area)

    def county(school: School) -> Making:
        if school.authority not in COUNTIES:
            return None
        return f"{school.name} {COUNTIES[school.authority]}", maker.called(school.name, school.authority)

    def extra(school: School) -> Making:
        words, area = telling(school.name), maker.area_of(school)
        if not words:
            return None
        text = " ".join(words)
        said = chance.choice([f"the {text} school in {area}", f"{text} near {area}"])
        return said, maker.holding(spoken(text).split(), area)

    def by_postcode(school: School) -> Making:
        there = {each.reference for each in maker.placed if each.postcode == school.postcode}
        return chance.choice([school.postcode, school.postcode.replace(" ", "")]), there

    def outward(school: School) -> Making:
        words, code = telling(school.name), school.postcode.split()[0]
        if not words:
            return None
        word = spoken(chance.choice(words))
        there = {
            each.reference
            for each in maker.placed
            if each.postcode.split()[0] == code and word in spoken(each.name).split()
        }
        return f"{code} {word}", there

    return {
        "full name and area": (False, full),
        "start of the name and area": (False, start),
        "typing in progress": (False, typing),
        "one mistake": (True, mistaken(1)),
        "two mistakes": (True, mistaken(2)),
        "one mistake, with area": (True, with_area(lambda name: maker.mistyped(name, 1))),
        "mistake in the area": (True, mistaken_area),
        "saint and st": (False, with_area(other_word(r"\bSt\b|\bSaint\b", ("St", "Saint")))),
        "Church of England": (
            False,
            with_area(other_word(r"Church of England|C of E|CofE|\bCE\b", ONE_FAITH)),
        ),
        "Roman Catholic": (False, with_area(other_word(r"Roman Catholic|\bRC\b|Catholic", CATHOLIC))),
        "missing apostrophes": (False, with_area(lambda name: re.sub("['\u2019]", "", name))),
        "& and and": (False, with_area(other_word(r"&|\band\b", ("&", "and")))),
        "word order": (False, with_area(turned)),
        "a word split in two": (True, with_area(split)),
        "two run together": (True, with_area(run_on)),
        "a distinctive word and the district": (False, word_and_area),
        "shortened words": (
            False,
            with_area(lambda name: " ".join(SHORT.get(word.lower(), word) for word in name.split())),
        ),
        "county abbreviations": (False, county),
        "extra words": (False, extra),
        "postcode": (False, by_postcode),
        "outward code and a word": (False, outward),
        "URN": (False, lambda school: (school.urn, {school.reference})),
        "UKPRN": (
            False,
            lambda school: (
                school.ukprn,
                {each.reference for each in maker.schools if each.ukprn == school.ukprn},
            ),
        ),
    }


def _former_names(maker: Maker, count: int) -> Iterator[Judged]:
    """The name that a school had before; the open schools that followed are right."""
    links = EstablishmentLink.objects.filter(kind__startswith="Predecessor").order_by("linked_urn", "urn")
    former = [
        (urn, next(iter(rows)).linked_name)
        for urn, rows in groupby(links.iterator(), key=lambda link: link.linked_urn)
    ]
    chosen = maker.chance.sample(former, min(len(former), count * 10))
    followed = queries.successors(urn for urn, _ in chosen)
    made = 0
    for urn, name in chosen:
        after = followed.get(urn, [])
        area = after[0].district_name if after else ""
        taken = not area or len(after) > 2 or any(spoken(each.name) == spoken(name) for each in after)
        if made == count or taken or maker.called(name, area):
            continue
        made += 1
        yield Judged(
            "the name it had before", f"{name} {area}", frozenset(each.reference for each in after), False
        )
