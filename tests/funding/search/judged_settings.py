"""Queries for childcare settings with the answers that are right, made from the settings in the database by a seed.

Settings of a chain share a name and a town, so every one of that name and place is a right answer.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator

from funding.models import ChildcareSetting
from tests.benchmarks.judged import mistake

Judged = tuple[str, str, set[int]]


def make(seed: int, count: int) -> Iterator[Judged]:
    """Eight kinds of query for each of so many settings: (kind, what was typed, primary keys).

    Always the same for the same settings and seed.
    """
    chance = random.Random(seed)
    placed = list(ChildcareSetting.objects.exclude(postcode="").order_by("ofsted_urn"))
    right: dict[tuple[str, str], set[int]] = defaultdict(set)
    for each in placed:
        for place in (each.town, each.la_name, outward(each)):
            right[each.name.lower(), place.lower()].add(each.pk)
        right["", each.postcode].add(each.pk)
    for each in chance.sample(placed, count):
        name, code = each.name.lower(), outward(each)
        there = right[name, each.town.lower()]
        yield "full name and town", f"{each.name} {each.town}", there
        yield "authority, then name", f"{each.la_name} {each.name}", right[name, each.la_name.lower()]
        yield "one mistake, with town", f"{mistyped(each.name, chance)} {each.town}", there
        yield "one mistake, with outward code", f"{mistyped(name, chance)} {code}", right[name, code.lower()]
        yield "words turned round", " ".join([*each.name.split()[::-1], each.town]), there
        spaced = chance.choice([each.postcode, each.postcode.replace(" ", "").lower()])
        yield "postcode", spaced, right["", each.postcode]
        yield "Ofsted URN", each.ofsted_urn, {each.pk}
        yield "Ofsted URN, spaced", re.sub("^([A-Z]+)", r"\1 ", each.ofsted_urn).lower(), {each.pk}


def outward(setting: ChildcareSetting) -> str:
    return setting.postcode.split()[0]


def mistyped(name: str, chance: random.Random) -> str:
    """With a mistake in its longest word."""
    longest = max(re.findall("[A-Za-z]+", name), key=len)
    return name.replace(longest, mistake(longest, chance), 1)
