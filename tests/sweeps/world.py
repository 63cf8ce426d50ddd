"""One of everything, in two tenants: what the access sweep opens, and who tries to open it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models
from django.test import Client
from django.utils import timezone

from applications.models import (
    AccountToMerge,
    AllowedAddress,
    Application,
    BulkDecision,
    ClosedApplication,
    Figures,
    FundedPlaces,
    FundingReview,
    Interest,
    Message,
    ProviderForm,
    ProviderSetUp,
    Reminder,
    ReminderOff,
    SavedFilter,
    Score,
    Sponsor,
    SponsorLink,
    TrainingChange,
    TwoPeople,
)
from applications.models.sponsor import hash_of
from applications.provider_forms import default
from applications.states import State
from applications.vocabulary import SponsorRole, SponsorState
from catalogue.models import (
    CourseAlert,
    CourseRun,
    DeliveryPartner,
    DifferentPartners,
    FrameworkSection,
    FrameworkStatement,
    HubMembership,
    Invitation,
    LeadProvider,
    MemberRole,
    Offer,
    PartnerAlias,
    Partnership,
    ProviderMembership,
    Qualification,
    RunUpload,
    Session,
    TeachingSchoolHub,
    Term,
)
from funding.models import (
    EditionUpload,
    Establishment,
    EstablishmentLink,
    ExtractUpload,
    ImportRun,
    ListEdition,
    TermList,
)
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.outbox import queue
from npq_portal.pairs import in_order
from npq_portal.switches.models import Switches
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in, with_second_step

# Just now: the pages take the time from the real clock.
NOW = timezone.now() - timedelta(minutes=1)
SPONSORS_TOKEN = "sponsors-token"
INVITED_TOKEN = "invited-token"
ROLES = ("signed out", "applicant", "other applicant", "provider", "rival", "hub", "portal")
# Who manages for the same provider as whom: more in the staff area, and nothing elsewhere, where no membership counts.
MANAGERS = {"manager": "provider", "rival manager": "rival"}


@dataclass
class World:
    people: dict[str, User]
    things: dict[type[models.Model], models.Model]
    clients: dict[str, Client] = field(default_factory=dict)
    managers: dict[str, Client] = field(default_factory=dict)

    def sign_everybody_in(self) -> None:
        for role in ROLES:
            client = Client(raise_request_exception=False)
            self.clients[role] = sign_in(client, self.people[role]) if role in self.people else client
        for role in MANAGERS:
            client = Client(raise_request_exception=False)
            self.managers[role] = sign_in(client, self.people[role])


def make_world() -> World:
    """The provider has the applicant's application and the hub's run; the rival, who works for another provider and
    another hub, has nothing of these.
    """
    term = Term.objects.create(
        identifier="autumn-2026",
        name="Autumn 2026",
        position=12,
        starts_on=date(2026, 11, 1),
        registration_opens=date(2026, 6, 23),
    )
    npq = Qualification.objects.create(
        identifier="npq-headship",
        slug="headship",
        code="NPQH",
        name="Headship",
        category=Qualification.Category.LEADERSHIP,
        position=1,
        summary="Lead a school.",
        audience="Heads",
        taught_months=18,
        total_months_low=21,
        total_months_high=22,
    )
    provider = LeadProvider.objects.create(name="Provider", slug="provider")
    rival = LeadProvider.objects.create(name="Rival", slug="rival")
    hub = TeachingSchoolHub.objects.create(
        code="H1", name="Hub", slug="hub", lead_school_urn="100000", lead_school_name="School"
    )
    partner = DeliveryPartner.objects.create(name="Partner", slug="partner")
    people = {
        "applicant": UserFactory(),
        "other applicant": UserFactory(),
        "provider": StaffFactory(),
        "rival": StaffFactory(),
        "hub": StaffFactory(),
        "portal": PortalStaffFactory(),
        **{role: StaffFactory() for role in MANAGERS},
    }
    membership = ProviderMembership.objects.create(
        user=people["provider"], provider=provider, role=MemberRole.DECIDER
    )
    ProviderMembership.objects.create(user=people["rival"], provider=rival, role=MemberRole.DECIDER)
    for role, at in zip(MANAGERS, (provider, rival), strict=True):
        ProviderMembership.objects.create(user=people[role], provider=at, role=MemberRole.MANAGER)
    other_hub = TeachingSchoolHub.objects.create(
        code="H2", name="Other hub", slug="other-hub", lead_school_urn="100001", lead_school_name="Academy"
    )
    HubMembership.objects.create(user=people["rival"], hub=other_hub)
    run = CourseRun.objects.create(provider=provider, hub=hub, qualification=npq, term=term)
    edition = ListEdition.objects.create(
        kind="pp50-schools",
        term_label="autumn-2025",
        source_name="list.csv",
        sha256="0" * 64,
        entry_count=0,
    )
    open_school = _establishment("100001", "Open School")
    closed_school = _establishment("100002", "Closed School", status_code="2", status_name="Closed")
    form = default.publish_defaults(NOW)[0]
    application = _application(people["applicant"], term, npq, provider, form)
    section = FrameworkSection.objects.create(
        qualification=npq, position=1, title="Teaching", summary="What good teaching looks like."
    )
    things: list[models.Model] = [
        term,
        npq,
        section,
        FrameworkStatement.objects.create(
            section=section, kind="learn_that", number="1.1", position=1, text="Teaching can be learnt."
        ),
        provider,
        ProviderSetUp.objects.get(pk=provider.pk),
        hub,
        partner,
        Partnership.objects.create(provider=provider, partner=partner, period="now", seen_on=NOW.date()),
        PartnerAlias.objects.create(partner=partner, name="Once", slug="once", former_key=0, merged_at=NOW),
        DifferentPartners.objects.create(
            one=partner,
            other=DeliveryPartner.objects.create(name="Partner Ltd", slug="partner-ltd"),
            said_at=NOW,
        ),
        Offer.objects.create(provider=provider, qualification=npq, term=term),
        run,
        Session.objects.create(run=run, position=1),
        CourseAlert.objects.create(
            email="alert@example.test", search="npq=headship", asked_at=NOW, ends_on=date(2027, 11, 22)
        ),
        RunUpload.objects.create(
            by=people["hub"], file_name="runs.csv", rows=[], made_at=NOW, expires_at=NOW + timedelta(hours=2)
        ),
        membership,
        Invitation.objects.create(
            provider=provider,
            role=MemberRole.VIEWER,
            email="invited@example.test",
            token_hash=hash_of(INVITED_TOKEN),
            invited_by=people["portal"],
            sent_at=NOW,
            expires_at=NOW + timedelta(days=14),
        ),
        HubMembership.objects.create(user=people["hub"], hub=hub),
        open_school,
        EstablishmentLink.objects.create(
            urn=closed_school.urn, linked_urn=open_school.urn, linked_name=open_school.name, kind="Successor"
        ),
        edition,
        TermList.objects.create(term=term, kind=edition.kind, edition=edition),
        _upload(people["portal"], term),
        _extract(people["portal"]),
        ImportRun.objects.create(
            source="establishments",
            file_name="file.csv",
            sha256="0" * 64,
            reader_version="1",
            bundled=True,
            rows_read=1,
        ),
        application,
        _in_review(application, UserFactory()),
        Figures(pk=application.pk),
        # The provider's own draft: its staff look at it, and only a manager builds it.
        ProviderForm.objects.create(
            provider=provider, version=1, title="Form", questions=form.questions, edited_at=NOW
        ),
        ClosedApplication.objects.create(
            application=application,
            provider=provider,
            qualification=npq,
            term=term,
            reference="NPQ-234567",
            registered_at=NOW,
            closed_at=NOW,
            why="The applicant chose another lead provider.",
        ),
        FundedPlaces.objects.create(provider=provider, qualification=npq, term=term, cap=10),
        Message.objects.create(
            application=application,
            author=people["applicant"],
            from_applicant=True,
            text="When?",
            written_at=NOW,
        ),
        TrainingChange.objects.create(
            application=application,
            action="start_training",
            on=NOW.date(),
            made_by=people["provider"],
            made_at=NOW,
        ),
        Reminder.objects.create(
            application=application, kind="form", counted_from=NOW.date(), days=4, sent_on=NOW.date()
        ),
        ReminderOff.objects.create(user=people["other applicant"], kind="form"),
        Score.objects.create(
            application=application,
            scorer=people["provider"],
            question="difference",
            form=form,
            score=3,
            submitted_at=NOW,
        ),
        SavedFilter.objects.create(owner=people["provider"], name="To read", query="doing=new", saved_at=NOW),
        BulkDecision.objects.create(by=people["provider"], choice="ask", made_at=NOW),
        people["applicant"],
        AccountToMerge.objects.get(pk=people["applicant"].pk),
        _two_people(people["applicant"], UserFactory(), people["portal"]),
        record(action="applications.started", subject=application, by=people["applicant"], now=NOW),
        _message(people["applicant"]),
        Authenticator.objects.get(user=with_second_step(people["provider"])),
        AllowedAddress.objects.create(term=term, email="early@example.test", added_at=NOW),
        Interest.objects.create(email="interested@example.test", asked_at=NOW),
        Switches.objects.get_or_create(pk=1)[0],
    ]
    world = World(people, {type(thing): thing for thing in things})
    world.sign_everybody_in()
    return world


def _establishment(urn: str, name: str, **more: Any) -> Establishment:
    return Establishment.objects.create(
        **{"urn": urn, "name": name, "type_code": "1", "status_code": "1", "la_code": "201", **more}
    )


def _extract(person: User) -> ExtractUpload:
    """An extract of the register that was looked at and not taken."""
    counts = ("in_use", "rows_read", "rows_added", "rows_changed", "rows_removed", "rows_rejected")
    return ExtractUpload.objects.create(
        file_name="extract.csv",
        content=b"URN",
        as_of="today",
        by=person,
        made_at=NOW,
        expires_at=NOW + timedelta(hours=2),
        **dict.fromkeys(counts, 0),
    )


def _upload(person: User, term: Term) -> EditionUpload:
    """A list that was looked at and not confirmed."""
    counts = ("rows_read", "rows_rejected", "entry_count", "added", "removed", "unknown")
    return EditionUpload.objects.create(
        kind="rise",
        term=term,
        file_name="list.csv",
        sha256="0" * 64,
        by=person,
        made_at=NOW,
        expires_at=NOW + timedelta(hours=2),
        **dict.fromkeys(counts, 0),
    )


def _application(
    applicant: User, term: Term, npq: Qualification, provider: LeadProvider, form: ProviderForm
) -> Application:
    facts = {"term": term.identifier, "npq": npq.identifier}
    application = Application.objects.create(
        applicant=applicant,
        state=State.SUBMITTED.value,
        state_since=NOW,
        started_at=NOW,
        answers_saved_at=NOW,
        reference="NPQ-234567",
        registered_at=NOW,
        term=term,
        qualification=npq,
        provider=provider,
        full_name="Ada Applicant",
        workplace_reference="100001",
        workplace_name="Open School",
        funding_facts=facts,
        funding_decision={"outcome": "funded", "reason": "funded", "trace": [], "would_change_it": []},
        funding_outcome="funded",
        funding_reason="funded",
        funding_rules_version="autumn-2026/1",
        funding_evidence=[],
        form=form,
        submitted_at=NOW,
    )
    sponsor = Sponsor.objects.create(
        application=application,
        name="Sal Sponsor",
        email="sponsor@example.test",
        role=SponsorRole.HEADTEACHER.value,
        state=SponsorState.ENDORSED.value,
        asked_at=NOW,
        expires_at=NOW + timedelta(days=28),
        answered_at=NOW,
    )
    SponsorLink.objects.create(sponsor=sponsor, token_hash=hash_of(SPONSORS_TOKEN), made_at=NOW)
    return application


def _in_review(application: Application, applicant: User) -> FundingReview:
    """Another's application to the same provider, whose funding portal staff are to decide about."""
    copied = {
        field.attname: getattr(application, field.attname) for field in Application._meta.concrete_fields
    }
    review = {"outcome": "review", "reason": "subject_to_review", "trace": [], "would_change_it": []}
    of_its_own = {"id": uuid.uuid4(), "applicant_id": applicant.pk, "reference": "NPQ-234568"}
    funding = {"funding_outcome": "review", "funding_reason": "subject_to_review", "funding_decision": review}
    row = Application.objects.create(**{**copied, **of_its_own, **funding})
    return FundingReview.objects.get(pk=row.pk)


def _two_people(applicant: User, namesake: User, staff: User) -> TwoPeople:
    one, other = in_order(applicant, namesake)
    return TwoPeople.objects.create(one=one, other=other, reason="Twins.", said_by=staff, said_at=NOW)


def _message(person: User) -> OutboxMessage:
    return queue(
        template="account_notice",
        to=person.email,
        context={"notice": "Something happened."},
        dedupe_key="sweep",
        now=NOW,
    )
