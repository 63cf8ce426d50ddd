"""Two searches: what people type, and the school or college, or the childcare setting, that they mean.

normalise, parse, spelling, ask, correct and wording are pure: text in, words or tsqueries out. seek goes about it, and
reads the words there are through vocabulary; find looks among establishments, childcare among settings. build,
build_settings and build_words write what is read, after an import. The words that mean the same are data: words.toml.
"""

from funding.search.childcare import FoundSettings, search_settings
from funding.search.find import find_workplaces, search
from funding.search.seek import Found

__all__ = ["Found", "FoundSettings", "find_workplaces", "search", "search_settings"]
