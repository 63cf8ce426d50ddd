"""Demonstration people and rows, for a machine where somebody tries the portal. Production refuses all of it."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone

import applications.demo
import catalogue.demo
from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.membership import HubMembership, MemberRole, ProviderMembership
from catalogue.models.provider import LeadProvider
from npq_portal.accounts.models import User

# Known to everybody who reads this file, which is why production refuses it.
PASSWORD = "three-random-demo-words"  # noqa: S105


class RefusedError(Exception):
    """Asked for in production."""


@dataclass(frozen=True)
class Person:
    """`app_key` is what their authenticator app would hold; `manage.py demo_code EMAIL` shows its code."""

    email: str
    name: str
    can: str
    app_key: str = ""
    is_portal_staff: bool = False
    provider: str = ""
    role: MemberRole = MemberRole.DECIDER
    hub: str = ""

    @property
    def is_staff(self) -> bool:
        return bool(self.app_key)


TEACHER = Person("teacher@example.test", "Tess Teacher", "check funding, apply, follow an application")
AMBITION = Person(
    "ambition@example.test",
    "Amir Ambition",
    "decide applications to Ambition Institute, and build its form",
    app_key="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    provider="Ambition Institute",
    role=MemberRole.MANAGER,
)
SCORERS = (
    Person(
        "scorer@example.test",
        "Sol Scorer",
        "score applications to Ambition Institute",
        app_key="ONRW64TFOJXW4ZJTONRW64TFOJXW4ZJT",
        provider="Ambition Institute",
        role=MemberRole.SCORER,
    ),
    Person(
        "second.scorer@example.test",
        "Sky Second",
        "score them too, without seeing the scores of the first",
        app_key="ONRW64TFORUHO3ZTONRW64TFORUHO3ZT",
        provider="Ambition Institute",
        role=MemberRole.SCORER,
    ),
)
TEACH_FIRST = Person(
    "teachfirst@example.test",
    "Tara Teachfirst",
    "decide applications to Teach First",
    app_key="KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
    provider="Teach First",
)
HUB = Person(
    "hub@example.test",
    "Hari Hub",
    "keep one hub's course runs",
    app_key="NB2WEU3FMNZGK5DTNB2WEU3FMNZGK5DT",
    hub="EE1",
)
DFE = Person(
    "dfe@example.test",
    "Dee Effee",
    "see everything",
    app_key="MRTGKU3FMNZGK5DTMRTGKU3FMNZGK5DT",
    is_portal_staff=True,
)
PEOPLE = (TEACHER, AMBITION, *SCORERS, TEACH_FIRST, HUB, DFE)


def create() -> None:
    """Make whatever of the demonstration is not there yet. Running it again changes nothing but a role that differs."""
    refuse_in_production()
    with transaction.atomic():
        for part in PARTS:
            part()


def refuse_in_production() -> None:
    if settings.PRODUCTION:
        raise RefusedError("Demonstration data is refused in production.")


def create_people() -> None:
    for person in PEOPLE:
        user, made = User.objects.get_or_create(
            email=person.email,
            defaults={
                "full_name": person.name,
                "is_staff": person.is_staff,
                "is_portal_staff": person.is_portal_staff,
            },
        )
        if not made:
            continue
        if person.is_staff:
            user.set_password(PASSWORD)
            TOTP.activate(user, person.app_key)
        else:
            user.set_unusable_password()
        user.save(update_fields=["password"])


def create_memberships() -> None:
    """Reference data must be loaded first: the providers and hubs are real."""
    for person in PEOPLE:
        user = User.objects.get(email=person.email)
        if person.provider:
            provider = LeadProvider.objects.get(name=person.provider)
            # Brought back where it differs: the sign-ins that are printed say what each can do.
            ProviderMembership.objects.update_or_create(
                user=user, provider=provider, defaults={"role": person.role}
            )
        if person.hub:
            hub = TeachingSchoolHub.objects.get(code=person.hub)
            HubMembership.objects.get_or_create(user=user, hub=hub)


def create_applications() -> None:
    applications.demo.create(timezone.now())


def create_course_runs() -> None:
    catalogue.demo.create(timezone.now())


# In this order. Apps add theirs here: the root may import every app.
PARTS: list[Callable[[], None]] = [
    create_people,
    create_memberships,
    create_course_runs,
    create_applications,
]


def sign_ins() -> str:
    """What to tell the person at the terminal: who there is, what each can do, and how each signs in."""
    staff = [person for person in PEOPLE if person.is_staff]
    lines = [
        "Sign in as a teacher at /sign-in/ (the code appears at /dev/mail/):",
        f"  {TEACHER.email:<24} {TEACHER.can}",
        f"Sign in as staff at /admin/ with the password {PASSWORD}",
        "and the code that `uv run manage.py demo_code EMAIL` prints:",
        *(f"  {person.email:<24} {person.can}" for person in staff),
    ]
    return "\n".join(lines) + "\n"
