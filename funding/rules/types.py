"""GIAS's types of establishment, by code: which mean what for funding, and what GIAS calls them.

Source: design, funding rules, section 3, and the published table of types. Codes are kept without leading zeros.
"""

from collections.abc import Mapping

# "Other independent school": fee-paying, so that no list of state-funded schools will ever name it.
OTHER_INDEPENDENT = "11"
INDEPENDENT_SPECIAL = "10"
NURSERY_SCHOOL = "15"
WELSH_ESTABLISHMENT = "30"
# Further education, sixth form centres, special post-16, and the 16 to 19 free schools and academies.
TEACHES_16_TO_19 = frozenset({"18", "31", "32", "39", "45", "46"})
ELIGIBLE = frozenset(
    # As section 3 prints them, to be compared at a glance.
    "1 2 3 5 6 7 8 10 12 14 15 18 24 26 28 31 32 33 34 35 36 38 39 40 41 42 43 44 45 46".split()  # noqa: SIM905
)
NAMES: Mapping[str, str] = {
    "1": "Community school",
    "2": "Voluntary aided school",
    "3": "Voluntary controlled school",
    "5": "Foundation school",
    "6": "City technology college",
    "7": "Community special school",
    "8": "Non-maintained special school",
    "10": "Other independent special school",
    "11": "Other independent school",
    "12": "Foundation special school",
    "14": "Pupil referral unit",
    "15": "Local authority nursery school",
    "18": "Further education",
    "24": "Secure units",
    "25": "Offshore schools",
    "26": "Service children's education",
    "27": "Miscellaneous",
    "28": "Academy sponsor led",
    "29": "Higher education institutions",
    "30": "Welsh establishment",
    "31": "Sixth form centres",
    "32": "Special post 16 institution",
    "33": "Academy special sponsor led",
    "34": "Academy converter",
    "35": "Free schools",
    "36": "Free schools special",
    "37": "British schools overseas",
    "38": "Free schools alternative provision",
    "39": "Free schools 16 to 19",
    "40": "University technical college",
    "41": "Studio schools",
    "42": "Academy alternative provision converter",
    "43": "Academy alternative provision sponsor led",
    "44": "Academy special converter",
    "45": "Academy 16-19 converter",
    "46": "Academy 16 to 19 sponsor led",
    "49": "Online provider",
    "56": "Institution funded by other government department",
    "57": "Academy secure 16 to 19",
}


def named(type_code: str | None) -> str:
    """What GIAS calls the type; its code where GIAS has added one since."""
    if not type_code:
        return "no type"
    return NAMES.get(type_code, f"type {type_code}")
