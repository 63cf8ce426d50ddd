"""What the database refuses about lists, editions and the terms that use them."""

import pytest
from django.db import IntegrityError

from funding.models import ListEntry, TermList
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ListEditionFactory, list_in_use

pytestmark = pytest.mark.django_db


def test_an_edition_is_there_once():
    edition = ListEditionFactory()
    with pytest.raises(IntegrityError, match="list_edition_once"):
        ListEditionFactory(kind=edition.kind, term_label=edition.term_label, sha256=edition.sha256)


def test_an_editions_hash_is_a_hash():
    with pytest.raises(IntegrityError, match="list_edition_sha256_format"):
        ListEditionFactory(sha256="not a hash".ljust(64, "x"))


def test_an_entry_is_there_once_in_an_edition():
    edition = ListEditionFactory()
    ListEntry.objects.create(edition=edition, namespace="gias-urn", identifier="100000")
    with pytest.raises(IntegrityError, match="list_entry_once_per_edition"):
        ListEntry.objects.create(edition=edition, namespace="gias-urn", identifier="100000")


def test_the_same_number_may_be_a_schools_and_a_nurserys():
    edition = ListEditionFactory(kind="disadvantaged-early-years")
    ListEntry.objects.create(edition=edition, namespace="gias-urn", identifier="118032")
    ListEntry.objects.create(edition=edition, namespace="ofsted-urn", identifier="118032")
    assert edition.entries.count() == 2


def test_an_entry_names_somebody():
    with pytest.raises(IntegrityError, match="list_entry_has_an_identifier"):
        ListEntry.objects.create(edition=ListEditionFactory(), namespace="gias-urn", identifier="")


def test_a_term_uses_one_edition_of_a_kind():
    term = TermFactory()
    list_in_use("pp50-schools", term)
    with pytest.raises(IntegrityError, match="term_list_one_edition_per_kind"):
        list_in_use("pp50-schools", term)


def test_a_terms_edition_is_of_the_kind_it_is_used_as():
    edition = ListEditionFactory(kind="rise")
    term = TermFactory()
    with pytest.raises(IntegrityError, match="term_list_edition_of_the_same_kind"):
        TermList.objects.create(term=term, kind="pp50-schools", edition=edition)
