"""What the database refuses of a person."""

import uuid

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from npq_portal.accounts.models import SignInCode, User
from tests.people import UserFactory

pytestmark = pytest.mark.django_db
MYSELF = User(pk=uuid.UUID(int=7))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"email": "Tess@example.test"}, "user_email_is_lower_case"),
        ({"trn": "123456"}, "user_trn_is_7_digits"),
        ({"trn": "123456A"}, "user_trn_is_7_digits"),
        ({"trn_verified": True}, "user_verified_trn_is_present"),
        ({"is_portal_staff": True}, "user_portal_staff_is_staff"),
        ({"dormant_at": timezone.now(), "is_staff": True}, "user_dormant_is_no_staff"),
        ({"merged_into": MYSELF, "is_active": False, "pk": MYSELF.pk}, "user_merged_is_closed_and_empty"),
        ({"erased_at": timezone.now()}, "user_erased_says_nothing"),
    ],
)
def test_refused(wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        User.objects.create(**{"email": "tess@example.test"} | wrong)


@pytest.mark.parametrize(
    "left", [{"full_name": "Tess"}, {"trn": "1234567"}, {"is_active": True}, {"is_staff": True}]
)
def test_an_account_that_was_merged_keeps_nothing_but_its_address(left):
    kept = User.objects.create(email="kept@example.test")
    with pytest.raises(IntegrityError, match="user_merged_is_closed_and_empty"):
        User.objects.create(**{"email": "tess@example.test", "merged_into": kept, "is_active": False} | left)


def test_one_account_an_address():
    UserFactory(email="tess@example.test")
    with pytest.raises(IntegrityError, match="email"):
        User.objects.create(email="tess@example.test")


def test_addresses_are_stored_in_lower_case():
    assert User.objects.create_user(email=" Tess@Example.TEST").email == "tess@example.test"
    assert User.objects.of_email("TESS@example.test") == User.objects.get()


def test_a_sign_in_code_in_the_clear_is_refused():
    with pytest.raises(IntegrityError, match="sign_in_code_is_hashed"):
        SignInCode.objects.create(email="tess@example.test", digest="123456", expires_at=timezone.now())


def test_the_cache_table_is_there():
    """Production keeps its cache in Postgres; here in memory."""
    assert "portal_cache" in connection.introspection.table_names()
