"""Total, and as pinned: some 212,000 combinations of enumerated facts, each decided under its term's rules.

That is 17,646 a term, and no facts among them raise. What is pinned is in
golden.json beside this file, which `golden` explains and writes.
"""

import json

import pytest

from funding.rules.vocabulary import Term
from tests.funding.rules.golden import PINNED, pin


@pytest.mark.parametrize("term", Term)
def test_every_case_is_decided_as_pinned(term):
    pinned = json.loads(PINNED.read_text())[term]
    assert pin(term) == pinned


def test_every_term_is_pinned():
    assert list(json.loads(PINNED.read_text())) == list(Term)
