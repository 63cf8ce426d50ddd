"""The workplace search: what people type, and the school or college that they mean.

normalise, parse, spelling, ask, correct and wording are pure: text in, words or tsqueries out. vocabulary, find and
build read the database; build also writes it, after an import. The words that mean the same are data: words.toml.
"""

from funding.search.find import Found, find_workplaces, search

__all__ = ["Found", "find_workplaces", "search"]
