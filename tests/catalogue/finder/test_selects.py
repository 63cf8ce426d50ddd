"""The lists of the finder's form."""

from catalogue.finder.selects import LABELLED, chosen_in, selects
from catalogue.finder.wanted import CHOSEN
from tests.catalogue.finder.making import CHOICES


def test_each_filter_that_is_chosen_from_a_list_has_one():
    assert selects(CHOICES).keys() == LABELLED.keys() == CHOSEN.keys()


def test_what_is_chosen_is_marked_and_nothing_else():
    made = selects(CHOICES)["npq"]
    assert 'value="senco" selected>' in chosen_in(made, "senco")
    assert chosen_in(made, "senco").count(" selected") == 1
    assert chosen_in(made, "") == chosen_in(made, "nonsense") == made
