"""Which delivery partners may be one under two names."""

import pytest

from catalogue.models import DeliveryPartner
from catalogue.partner_pairs import Pair, Taught, found_different, taught_by, waiting
from tests.factories import catalogue as make
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Saffron & District Trust Ltd.", "saffron district"),
        ("  The SAFFRON Teaching School Hub", "saffron"),
        ("St Mary\u2019s Multi-Academy Trust", "st marys"),
        ("Trustees of the North", "trustees north"),
        ("The Trust", "the trust"),
        ("Ysgol Gŵyr", "ysgol gŵyr"),
    ],
)
def test_names_are_compared_without_signs_and_without_what_kind_of_body_it_is(name, plain):
    partner = make.DeliveryPartnerFactory(name=name)
    partner.refresh_from_db()
    assert partner.plain_name == plain


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("Saffron Learning", "SAFFRON LEARNING LTD", 100),
        ("Cheshire Leadership Alliance", "Chesire Leadership Alliance", 87),
        ("Wolverhampton University", "University of Wolverhampton", 100),
        ("University of Southampton", "University of Wolverhampton", None),
        ("North Yorkshire Schools", "South Yorkshire Schools", 68),
    ],
)
def test_near_names(one, other, percent):
    one, other = make.partners(one, other)
    assert waiting() == ([] if percent is None else [Pair(one.pk, other.pk, percent)])


def test_the_nearest_first_and_after_a_new_name_anew():
    one, near, same = make.partners("Saffron Learning", "Safron Learning", "Saffron Learning Ltd")
    assert [(pair.one, pair.other) for pair in waiting()] == [
        (one.pk, same.pk),
        (one.pk, near.pk),
        (near.pk, same.pk),
    ]
    DeliveryPartner.objects.filter(pk=near.pk).update(name="Quite another")
    assert [(pair.one, pair.other) for pair in waiting()] == [(one.pk, same.pk)]


def test_those_found_to_be_different_are_not_offered_but_told():
    one, other = make.partners("Saffron Learning", "Saffron Learning Ltd")
    make.different(one, other)
    assert waiting() == []
    assert found_different() == [Pair(one.pk, other.pk, 100)]
    DeliveryPartner.objects.filter(pk=one.pk).update(name="Quite another")
    assert found_different() == [Pair(one.pk, other.pk, 0)]


def test_with_whom_and_when_each_teaches():
    partner, other = make.partners("A", "B")
    autumn = make.TermFactory()
    spring = make.TermFactory(identifier="spring-2027", position=autumn.position + 1)
    provider = make.LeadProviderFactory(name="Provider")
    for term in (autumn, autumn, spring):
        make.CourseRunFactory(partner=partner, provider=provider, term=term)
    taught = [Taught("Provider", "Spring 2027", 1), Taught("Provider", "Autumn 2026", 2)]
    assert taught_by([partner.pk, other.pk]) == {partner.pk: taught}


def test_names_that_have_not_changed_are_not_compared_again():
    make.partners("Saffron Learning", "Saffron Learning Ltd")
    waiting()
    assert queries_of(waiting) == 2
