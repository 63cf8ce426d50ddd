"""People, the codes they sign in with, and what has been tried too often.

A person signs in by e-mail; staff also have a password and a second factor.
"""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from npq_portal.accounts.sessions import Session as Session

# What is left of an erased person's name and address. ".invalid" is nobody's, for good (RFC 2606).
ERASED, ERASED_ADDRESS = "Erased person", "@erased.invalid"


class UserManager(BaseUserManager["User"]):
    def visible_to(self, user: "User") -> models.QuerySet["User"]:
        """Portal staff see people; everyone else sees themselves."""
        if user.sees_everything:
            return self.all()
        return self.filter(pk=user.pk)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person. Without a password they can sign in by emailed code only."""
        user = self.model(email=self.normalize_email(email).strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, "is_portal_staff": True, **fields}
        )

    def of_email(self, email: str) -> "User":
        """The person with this address, made now if new: call it only when the address is proven to be theirs."""
        address = email.strip().lower()
        if not self.filter(email__iexact=address).exists():
            # Two windows at once: refused as a second one, the address would stand in the database's log.
            new = self.model(email=address, password=make_password(None))
            self.bulk_create([new], ignore_conflicts=True)
        return self.get(email__iexact=address)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    trn = models.CharField(
        "teacher reference number",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^\d{7}$", "A teacher reference number is 7 digits.")],
    )
    trn_verified = models.BooleanField("TRN verified", default=False)
    date_of_birth = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may sign in to the admin", default=False)
    is_portal_staff = models.BooleanField("portal staff (DfE)", default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="From then on the row says nothing about anybody."
    )

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="Another account of the same person, which has all that this one had. Only the address stays here.",
    )

    # Of staff, who are let out 90 days after the last sign-in (npq_portal.accounts.dormant). `enabled_at` is when they
    # were last let in or opened again: `is_staff` has one writer, npq_portal.accounts.staff_accounts.
    enabled_at = models.DateTimeField("opened again", null=True, blank=True, editable=False)
    dormancy_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    dormant_at = models.DateTimeField("closed as nobody signed in", null=True, blank=True, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            # Stored in lower case, so that unique means unique to people too.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(trn="") | models.Q(trn__regex=r"^\d{7}$"), name="user_trn_is_7_digits"
            ),
            models.CheckConstraint(
                condition=models.Q(trn_verified=False) | ~models.Q(trn=""),
                name="user_verified_trn_is_present",
            ),
            models.CheckConstraint(
                condition=models.Q(is_portal_staff=False)
                | models.Q(is_staff=True)
                | models.Q(dormant_at__isnull=False),
                name="user_portal_staff_is_staff",
            ),
            models.CheckConstraint(
                condition=models.Q(dormant_at__isnull=True) | models.Q(is_staff=False),
                name="user_dormant_is_no_staff",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | models.Q(
                    ~models.Q(merged_into=models.F("pk")),
                    models.Q(full_name="", trn="", date_of_birth=None),
                    models.Q(is_active=False, is_staff=False, is_superuser=False),
                ),
                name="user_merged_is_closed_and_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    models.Q(full_name=ERASED, email__endswith=ERASED_ADDRESS, trn="", last_login=None),
                    models.Q(date_of_birth=None, is_active=False, is_staff=False, is_superuser=False),
                ),
                name="user_erased_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def works_here(self) -> bool:
        """Whether what they hold as staff (a role, a membership) counts: their account is open and is staff's."""
        return self.is_active and self.is_staff

    @property
    def has_staff_account(self) -> bool:
        """Staff, or closed: as nobody signed in, or by portal staff, who alone open it again."""
        closed = self.dormant_at is not None or not self.is_active
        return self.is_staff or (closed and self.erased_at is None and self.merged_into_id is None)

    @property
    def sees_everything(self) -> bool:
        """Portal staff (DfE), who see every row that any staff see; others see their organisations'."""
        return self.works_here and (self.is_portal_staff or self.is_superuser)


class SignInCode(models.Model):
    """A code that was mailed and not yet used. Only the browser that asked knows its id, so only there does it work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="sign_in_code_by_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="sign_in_code_is_hashed"
            )
        ]

    def __str__(self) -> str:
        return f"code that expires {self.expires_at:%H:%M}"


class RateLimit(models.Model):
    """How often something was done since `started_at`. The key is hashed: it is an address or an e-mail."""

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="rate_limit_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["name", "key"], name="rate_limit_once"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="rate_limit_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
