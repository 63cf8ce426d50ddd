"""Applications in any state, as rows that the constraints let in, and what a journey needs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from applications import actions
from applications.journey.decision import decide_for
from applications.journey.funding_step import FUNDING
from applications.journey.funding_step import seen as has_seen
from applications.journey.offered import choices_on
from applications.journey.walker import walk
from applications.models import (
    AllowedAddress,
    Application,
    ClosedApplication,
    FundedPlaces,
    Interest,
    ProviderForm,
    TwoPeople,
)
from applications.provider_forms.default import publish_defaults
from catalogue.models import LeadProvider, MemberRole, ProviderMembership, Qualification, Term
from funding.models import Establishment
from npq_portal.pairs import in_order
from tests.factories.catalogue import LeadProviderFactory, OfferFactory, QualificationFactory, TermFactory
from tests.factories.funding import EstablishmentFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def reference(number: int) -> str:
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return f"NPQ-{letters}"


class ProviderFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProviderForm

    version = factory.Sequence(lambda number: number + 100)
    title = "Form"
    questions = factory.LazyFunction(
        lambda: [{"key": "why", "kind": "long_text", "label": "Why?", "max_words": 5}]
    )
    published_at = NOW


class InterestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interest

    email = factory.Sequence(lambda number: f"interested{number}@example.test")
    asked_at = NOW


def two_people(one, other, **given):
    """That staff found these to be two people."""
    one, other = in_order(one, other)
    said = {"reason": "Twins.", "said_at": NOW, **given}
    return TwoPeople.objects.create(one=one, other=other, said_by=PortalStaffFactory(), **said)


class AllowedAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AllowedAddress

    term = factory.SubFactory(TermFactory)
    email = factory.Sequence(lambda number: f"early{number}@example.test")
    added_at = NOW


def _of_the_run(name, made_by, **otherwise):
    return factory.Maybe(
        "course_run",
        yes_declaration=factory.SelfAttribute(f"course_run.{name}"),
        no_declaration=factory.SubFactory(made_by, **otherwise),
    )


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft. With one of its traits, registered=True for example, one further on."""

    class Meta:
        model = Application

    applicant = factory.SubFactory(UserFactory)
    state = "draft"
    started_at = NOW - timedelta(days=1)
    state_since = NOW
    answers_saved_at = NOW
    course_run = None

    class Params:
        registered = factory.Trait(
            state="registered",
            reference=factory.Sequence(reference),
            registered_at=NOW,
            # Those of the course run, where there is one: the database takes no other.
            term=_of_the_run("term", TermFactory),
            qualification=_of_the_run("qualification", QualificationFactory, identifier="npq-headship"),
            provider=_of_the_run("provider", LeadProviderFactory),
            full_name="Ada Applicant",
            workplace_name="Oakwood Primary School",
            funding_facts={"term": "autumn-2026"},
            funding_decision={
                "outcome": "funded",
                "reason": "funded",
                "trace": [{"because": "You work in England"}],
            },
            funding_outcome="funded",
            funding_reason="funded",
            funding_rules_version="autumn-2026/1",
            funding_evidence=[],
        )
        submitted = factory.Trait(
            registered=True, state="submitted", submitted_at=NOW, form=factory.SubFactory(ProviderFormFactory)
        )
        more_information = factory.Trait(submitted=True, state="more_information")
        waiting_list = factory.Trait(
            submitted=True, state="waiting_list", waiting_number=factory.Sequence(lambda number: number + 1)
        )
        offered = factory.Trait(
            submitted=True, state="offered", offer_ends_at=NOW + timedelta(days=7, hours=14)
        )
        active = factory.Trait(submitted=True, state="active", funded_place=False, decided_at=NOW)
        accepted = factory.Trait(submitted=True, state="accepted", funded_place=False, decided_at=NOW)
        rejected = factory.Trait(
            submitted=True, state="rejected", decision_reason="We had too many.", decided_at=NOW
        )
        withdrawn = factory.Trait(registered=True, state="withdrawn")
        # Beside one of the above: the rules leave the funding to a person.
        in_review = factory.Trait(
            funding_decision={
                "outcome": "review",
                "reason": "subject_to_review",
                "trace": [{"because": "You work in a hospital school, where each case is reviewed"}],
            },
            funding_outcome="review",
            funding_reason="subject_to_review",
        )


class ClosedApplicationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClosedApplication

    application = factory.SubFactory(ApplicationFactory, registered=True)
    provider = factory.SubFactory(LeadProviderFactory)
    qualification = factory.SelfAttribute("application.qualification")
    term = factory.SelfAttribute("application.term")
    reference = factory.SelfAttribute("application.reference")
    registered_at = NOW
    closed_at = LATER
    why = "The applicant chose another lead provider."


class FundedPlacesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundedPlaces

    provider = factory.SubFactory(LeadProviderFactory)
    qualification = factory.SubFactory(QualificationFactory, identifier="npq-headship")
    term = factory.SubFactory(TermFactory)
    cap = 10


def staff_of(provider: LeadProvider, role: str = MemberRole.DECIDER, **person):
    user = StaffFactory(**person)
    ProviderMembership.objects.create(user=user, provider=provider, role=role)
    return user


@dataclass
class World:
    """Headship and literacy, with two providers, of which one offers headship only."""

    term: Term
    headship: Qualification
    literacy: Qualification
    ambition: LeadProvider
    other: LeadProvider
    school: Establishment


def make_world() -> World:
    publish_defaults(NOW)
    # Open for long, so that pages, which read the clock themselves, work on any day the tests run.
    term = TermFactory(registration_opens=date(2020, 1, 1))
    headship = QualificationFactory(identifier="npq-headship", name="Headship", position=7)
    literacy = QualificationFactory(identifier="npq-leading-literacy", name="Leading literacy", position=4)
    ambition = LeadProviderFactory(name="Ambition Institute", slug="ambition-institute")
    other = LeadProviderFactory(name="Teach First", slug="teach-first")
    for provider, npq in ((ambition, headship), (ambition, literacy), (other, headship)):
        OfferFactory(provider=provider, qualification=npq, term=term)
    return World(
        term, headship, literacy, ambition, other, EstablishmentFactory(urn="800100", name="Oakwood School")
    )


ANSWERS = {
    "term": {"term": "autumn-2026"},
    "england": {"england": "yes"},
    "setting": {"setting": "school"},
    "workplace": {"workplace": "800100"},
    "npq": {"npq": "npq-headship"},
    "had": {"had": ["none"]},
    "provider": {"provider": "ambition-institute"},
    "name": {"name": "Ada Applicant"},
    "birth": {"day": "27", "month": "3", "year": "1987"},
    "trn": {"has_trn": "yes", "trn": "1234567"},
    "consent": {"consent": True},
}


def draft_of(person, *, now=NOW, seen=True, **changed) -> Application:
    """A draft with every question answered; `changed` replaces answers by step, with None leaving one out.

    With `seen` the funding decision has been read as it stands.
    """
    answers = {**ANSWERS, **{slug.replace("_", "-"): value for slug, value in changed.items()}}
    answers = {slug: value for slug, value in answers.items() if value is not None}
    application = Application.objects.create(
        applicant=person, started_at=now - timedelta(hours=1), state_since=now, answers_saved_at=now
    )
    if seen:
        known = walk(answers, choices_on(timezone.localdate(now))).known_at(FUNDING)
        answers[FUNDING.slug] = has_seen(decide_for(known, person, now).decision.outcome, known)
    for slug, value in answers.items():
        application.answers.create(step=slug, value=value, answered_at=now)
    return application


def registered_by(person, **changed) -> Application:
    return actions.register(application=draft_of(person, **changed), by=person, now=NOW)


# All that the portal's form for headship requires, and one answer that those who score never see.
WRITTEN = {
    "called": "Ada Applicant",
    "job": "Deputy headteacher",
    "years": 12,
    "leadership-now": "I am a deputy or assistant headteacher",
    "led": ["Curriculum", "Safeguarding"],
    "led-example": "Reading across the school.",
    "why-this-npq": "To lead well.",
    "difference": "A calmer school.",
    "time-agreed": "yes",
    "time-agreed-more": "My head",
    "access-needs": "A quiet room.",
    "own-work": True,
}
SPONSOR = ("Sam Sponsor", "sam@example.test", "chair_of_governors")


def waiting_by(person, *, sponsor=SPONSOR, now=NOW, **changed) -> Application:
    """The form is complete, and its sponsor has been asked."""
    application = registered_by(person, **changed)
    actions.save_form(application=application, answers=WRITTEN, sponsor=sponsor, by=person, now=now)
    return actions.ask_sponsor(application=application, by=person, now=now)


def submitted_by(person, **changed) -> Application:
    application = waiting_by(person, **changed)
    actions.endorse(sponsor=application.sponsors.get(), now=NOW)
    return Application.objects.with_names().get(pk=application.pk)
