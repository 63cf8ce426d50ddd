"""Public pages before the catalogue has been loaded: they say so, and are no error."""

import pytest
from django.urls import reverse

from tests.catalogue.test_chooser import HEAD, heading, see

pytestmark = pytest.mark.django_db


def test_the_front_page(client):
    assert "No term is open for registering yet" in client.get(reverse("home")).content.decode()


def test_the_chooser(client):
    assert heading(see(client, **HEAD)) == "No NPQ stands out from what you said"
