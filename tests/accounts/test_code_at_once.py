"""The same code given by several windows at once: one of them is signed in."""

import pytest
from django.utils import timezone

from npq_portal.accounts import codes
from npq_portal.accounts.models import SignInCode
from tests.accounts.signing_in import mailed_code
from tests.applications.races.threads import all_at_once


@pytest.mark.django_db(transaction=True)
def test_a_code_works_once_however_many_give_it():
    now = timezone.now()
    pk, code = codes.send(email="tess@example.test", address="192.0.2.1", now=now), mailed_code()
    results = all_at_once([lambda: codes.prove(pk=pk, code=code, address="192.0.2.1", now=now)] * 8)
    assert sorted(results, key=str) == [*[None] * 7, "tess@example.test"]
    assert not SignInCode.objects.exists()
