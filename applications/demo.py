"""What the demonstration adds to apply and to decide: funded places, and people on every part of the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum, auto
from typing import Any

from django.utils import timezone

from applications import actions
from applications.access import DECIDING
from applications.journey.choices import Choices
from applications.journey.decision import decide_for
from applications.journey.funding_step import FUNDING, seen
from applications.journey.offered import choices_on
from applications.journey.shape import NO_COURSE, Answers
from applications.journey.walker import walk
from applications.models import Application, FundedPlaces
from applications.queries import scored_questions
from applications.vocabulary import sponsors_for
from catalogue.models import MemberRole, Offer, ProviderMembership, Term
from catalogue.queries import current_term
from funding.models import Establishment
from npq_portal.accounts.models import User

PLACES = 20
# Few enough to run out while somebody tries it.
SCARCE = {("ambition-institute", "npq-headship"): 2, ("ambition-institute", "npq-senior-leadership"): 1}


class Ended(StrEnum):
    """How far somebody has come."""

    STARTED = auto()
    REGISTERED = auto()
    SENT = auto()
    ASKED = auto()
    WAITING = auto()
    ACCEPTED = auto()
    NOT_ACCEPTED = auto()


@dataclass(frozen=True)
class Applicant:
    """A made-up person. `ago` is how many days before today they registered."""

    name: str
    npq: str
    provider: str
    ago: int
    ended: Ended
    # What they answer otherwise than the others, by question.
    otherwise: Mapping[str, dict[str, object]] = field(default_factory=dict)
    # Of a second account, where they have one.
    second: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.partition(' ')[0].lower()}{self.second}@example.test"


AMBITION, TEACH_FIRST = "ambition-institute", "teach-first"
HEADSHIP, SENIOR, LITERACY = "npq-headship", "npq-senior-leadership", "npq-leading-literacy"
# The rules leave the funding of who works there to portal staff.
IN_A_HOSPITAL: dict[str, dict[str, object]] = {
    "setting": {"setting": "another_setting"},
    "employment": {"employment": "hospital_school"},
    "employer": {"employer": "Example Hospital School", "role": "Teacher of mathematics"},
}
APPLICANTS = (
    Applicant("Priya Example", HEADSHIP, AMBITION, 6, Ended.SENT),
    Applicant("Owen Example", LITERACY, AMBITION, 2, Ended.SENT),
    Applicant("Grace Example", "npq-senco", AMBITION, 9, Ended.REGISTERED),
    Applicant("Tom Example", HEADSHIP, TEACH_FIRST, 4, Ended.SENT),
    Applicant("Amira Example", "npq-senco", AMBITION, 3, Ended.SENT, IN_A_HOSPITAL),
    Applicant("Jonah Example", HEADSHIP, AMBITION, 1, Ended.STARTED),
    Applicant("Carla Example", HEADSHIP, AMBITION, 30, Ended.ACCEPTED),
    Applicant("Nadia Example", SENIOR, AMBITION, 38, Ended.ACCEPTED),
    Applicant("Femi Example", SENIOR, AMBITION, 17, Ended.WAITING),
    Applicant("Lena Example", SENIOR, AMBITION, 12, Ended.WAITING),
    Applicant("Hugo Example", LITERACY, AMBITION, 11, Ended.ASKED),
    Applicant("Ines Example", LITERACY, TEACH_FIRST, 24, Ended.NOT_ACCEPTED),
    # The same name and date of birth as Grace above: for portal staff to merge, or to find to be two people.
    Applicant("Grace Example", LITERACY, TEACH_FIRST, 1, Ended.REGISTERED, second=".at.home"),
)
WRITTEN = {
    "job": "Assistant headteacher",
    "years": 9,
    "leadership-now": "I am a deputy or assistant headteacher",
    "led": ["Curriculum", "Behaviour and attendance"],
    "led-example": "A reading programme for every year group: two years on, three in four read at their age.",
    "why-this-npq": "I lead a year group and want to lead a school well when the time comes.",
    "difference": "Behaviour between lessons: the whole staff would notice calmer corridors within a term.",
    "time-agreed": "yes",
    "time-agreed-more": "Our headteacher",
    "access-needs": "Captions for online sessions.",
    "own-work": True,
}
NOT_SCORED = ("Owen Example",)
SPONSOR_TAKES, PROVIDER_TAKES = timedelta(days=1), timedelta(days=4)
COMMENTS = ("Says what was done, and how they know.", "I would like to read more about what came of it.")


def create(now: datetime) -> None:
    """Funded places for each offer of the newest term, and some applicants. Safe to repeat.

    Without establishments, as where only the catalogue is loaded, or without an open term, nobody has applied.
    """
    term = current_term(timezone.localdate(now))
    if term is None:
        return
    for offer in Offer.objects.filter(term=term).select_related("provider", "qualification"):
        cap = SCARCE.get((offer.provider.slug, offer.qualification.identifier), PLACES)
        FundedPlaces.objects.get_or_create(
            provider=offer.provider,
            qualification=offer.qualification,
            term=term,
            defaults={"cap": cap, "is_example": True},
        )
    choices = choices_on(timezone.localdate(now))
    if term.identifier not in choices.terms:
        return
    schools = Establishment.objects.pickable().filter(type_code="1").order_by("urn")[: len(APPLICANTS)]
    for school, applicant in zip(schools, APPLICANTS, strict=False):
        if not User.objects.filter(email=applicant.email).exists():
            person = User.objects.create_user(applicant.email, full_name=applicant.name)
            began = _not_before(term, now - timedelta(days=applicant.ago))
            answers = {**_answers(term, school, applicant), **applicant.otherwise}
            application = _register(person, answers, choices, applicant.ended, began)
            _go_on(application, applicant, began=began, now=now)


def _not_before(term: Term, at: datetime) -> datetime:
    """Nobody registered for a term before it opened."""
    if term.registration_opens is None:
        return at
    return max(at, timezone.make_aware(datetime.combine(term.registration_opens, time(8))))


def _answers(term: Term, school: Establishment, applicant: Applicant) -> dict[str, dict[str, object]]:
    return {
        "term": {"term": term.identifier},
        "england": {"england": "yes"},
        "setting": {"setting": "school"},
        "workplace": {"workplace": school.reference},
        "npq": {"npq": applicant.npq},
        "senco": {"senco": "yes", "since": "09/2025"},
        "who-pays": {"who_pays": "school"},
        "provider": {"provider": applicant.provider},
        "had": {"had": ["none"]},
        "course": {"course": NO_COURSE},
        "name": {"name": applicant.name},
        "birth": {"day": "1", "month": "9", "year": "1985"},
        "trn": {"has_trn": "no", "trn": ""},
        "consent": {"consent": True},
    }


def _register(person: User, answers: Answers, choices: Choices, ended: Ended, at: datetime) -> Application:
    """Through the same verbs as anybody's, as is all that follows, so that history and mails are as they would be."""
    known = walk(answers, choices).known_at(FUNDING)
    read = {FUNDING.slug: seen(decide_for(known, person, at).decision.outcome, known)}
    application = actions.start(by=person, now=at, carried={**answers, **read}, choices=choices)
    if ended is Ended.STARTED:
        return application
    return actions.register(application=application, by=person, now=at)


def _go_on(application: Application, applicant: Applicant, *, began: datetime, now: datetime) -> None:
    if applicant.ended in (Ended.STARTED, Ended.REGISTERED):
        return
    sent = min(began + SPONSOR_TAKES, now)
    _send(application, sponsors_for(applicant.npq)[0].value, asked=began, endorsed=sent)
    _score(application, sent)
    application.refresh_from_db()
    decider = (
        ProviderMembership.objects.filter(provider=application.provider, role__in=DECIDING)
        .select_related("user")
        .order_by("user__email")
        .first()
    )
    if decider is None:
        return
    signed: dict[str, Any] = {
        "application": application,
        "by": decider.user,
        "now": min(sent + PROVIDER_TAKES, now),
    }
    match applicant.ended:
        case Ended.ASKED:
            actions.ask_for_more(text="Which year group do you teach at the moment?", **signed)
        case Ended.WAITING:
            actions.put_on_waiting_list(**signed)
        case Ended.ACCEPTED:
            actions.accept(funded_place=True, **signed)
        case Ended.NOT_ACCEPTED:
            actions.reject(reason="This time others wrote more about what they would change.", **signed)


def _send(application: Application, usual: str, *, asked: datetime, endorsed: datetime) -> None:
    sponsor = ("Head Example", "head@example.test", usual)
    by = application.applicant
    written = {**WRITTEN, "called": application.full_name}
    actions.save_form(application=application, answers=written, sponsor=sponsor, by=by, now=asked)
    actions.ask_sponsor(application=application, by=by, now=asked)
    actions.endorse(sponsor=application.sponsors.get(), now=endorsed)


def _score(application: Application, now: datetime) -> None:
    """The provider's scorers, each more doubtful than the one before, but for those that somebody is to try it with."""
    if application.full_name in NOT_SCORED:
        return
    memberships = ProviderMembership.objects.filter(provider=application.provider, role=MemberRole.SCORER)
    for number, member in enumerate(memberships.select_related("user").order_by("user__email")):
        given = {
            question.key: (max(3 - number * (place % 3), 0), COMMENTS[number % 2])
            for place, question in enumerate(scored_questions(application))
        }
        actions.score(application=application, given=given, by=member.user, now=now)
