"""One policy for each term, each version named once, and none can be changed."""

from dataclasses import FrozenInstanceError

import pytest

from funding.rules.decide import decide
from funding.rules.policies import BY_VERSION, EVERY_POLICY, POLICIES, RULES_VERSION
from funding.rules.vocabulary import Term
from tests.funding.rules.making import H, facts


def test_every_term_has_its_policy():
    assert list(POLICIES) == list(Term)
    assert all(policy.term == term for term, policy in POLICIES.items())
    assert POLICIES["autumn-2026"].version == "autumn-2026/1"


def test_versions_are_unique_and_name_their_term():
    assert len(BY_VERSION) == len(EVERY_POLICY)
    for version, policy in BY_VERSION.items():
        term, _, number = version.partition("/")
        assert term == policy.term
        assert int(number) >= 1
    assert dict(RULES_VERSION) == {term: policy.version for term, policy in POLICIES.items()}


def test_a_policy_is_frozen():
    with pytest.raises(FrozenInstanceError):
        POLICIES[Term.AUTUMN_2026].has_scholarships = False
    with pytest.raises(TypeError):
        POLICIES[Term.AUTUMN_2026] = POLICIES[Term.SPRING_2026]


def test_a_version_that_never_was():
    with pytest.raises(KeyError):
        decide(facts("autumn-2026", H), rules_version="autumn-2026/0")
