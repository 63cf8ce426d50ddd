"""What the demonstration adds to apply and to decide: funded places, and a few people who have applied."""

from datetime import datetime

from django.utils import timezone

from applications import actions
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
SCARCE = {("ambition-institute", "npq-headship"): 2}

# Made-up people: e-mail address, name, NPQ, provider, and whether they have sent the form.
APPLICANTS = (
    ("priya@example.test", "Priya Example", "npq-headship", "ambition-institute", True),
    ("owen@example.test", "Owen Example", "npq-leading-literacy", "ambition-institute", True),
    ("grace@example.test", "Grace Example", "npq-senco", "ambition-institute", False),
    ("tom@example.test", "Tom Example", "npq-headship", "teach-first", True),
    # Whose funding the rules leave to portal staff: early years in a state-funded school.
    ("amira@example.test", "Amira Example", "npq-early-years-leadership", "ambition-institute", True),
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
    for school, (email, name, npq, provider, sends) in zip(schools, APPLICANTS, strict=False):
        if not User.objects.filter(email=email).exists():
            person = User.objects.create_user(email, full_name=name)
            _apply(person, _answers(term, school, npq, provider, name), choices, sends, now)


def _answers(
    term: Term, school: Establishment, npq: str, provider: str, name: str
) -> dict[str, dict[str, object]]:
    return {
        "term": {"term": term.identifier},
        "england": {"england": "yes"},
        "setting": {"setting": "school"},
        "workplace": {"workplace": school.reference},
        "npq": {"npq": npq},
        "senco": {"senco": "yes", "since": "09/2025"},
        "who-pays": {"who_pays": "school"},
        "provider": {"provider": provider},
        "had": {"had": ["none"]},
        "course": {"course": NO_COURSE},
        "name": {"name": name},
        "birth": {"day": "1", "month": "9", "year": "1985"},
        "trn": {"has_trn": "no", "trn": ""},
        "consent": {"consent": True},
    }


def _apply(person: User, answers: Answers, choices: Choices, sends: bool, now: datetime) -> None:
    """Through the same verbs as anybody's, so that history and mails are as they would be."""
    known = walk(answers, choices).known_at(FUNDING)
    read = {FUNDING.slug: seen(decide_for(known, person, now).decision.outcome, known)}
    application = actions.start(by=person, now=now, carried={**answers, **read}, choices=choices)
    application = actions.register(application=application, by=person, now=now)
    if sends and application.qualification:
        usual = sponsors_for(application.qualification.identifier)[0]
        sponsor = ("Head Example", "head@example.test", usual.value)
        written = {**WRITTEN, "called": person.full_name}
        actions.save_form(application=application, answers=written, sponsor=sponsor, by=person, now=now)
        actions.ask_sponsor(application=application, by=person, now=now)
        actions.endorse(sponsor=application.sponsors.get(), now=now)
        _score(application, now)


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
