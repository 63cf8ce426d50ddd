"""A term and its rules come together: neither is in a release without the other, nor in another order."""

from catalogue.loading.files import read_all
from funding.rules.policies import POLICIES


def test_every_term_of_the_catalogue_has_its_rules_and_the_other_way_round():
    assert [term.identifier for term in read_all().terms] == list(POLICIES)
