"""What can be chosen on a day, read from the catalogue's rows."""

from dataclasses import replace
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q

from applications.journey.choices import Choices
from applications.journey.shape import Answers, said
from applications.journey.workplace import find_workplace
from applications.models import AllowedAddress
from catalogue.models import CourseRun, Offer, Term
from funding.checker.situation import NONE_GIVEN, Situation
from funding.checker.workplace import is_accredited
from funding.models import LocalAuthority
from funding.queries import has_rules
from npq_portal.switches.models import Switches


def is_allowed(term: str, email: str) -> Exists:
    """Whether who signs in with `email` may register in the term of that name even so; nobody with ""."""
    return Exists(AllowedAddress.objects.of(email).filter(term=OuterRef(term)))


def may_always(email: str) -> bool:
    """Whether who signs in with `email` may register in some term while registration is closed."""
    return AllowedAddress.objects.of(email).exists()


def is_closed() -> Exists:
    """Whether portal staff have closed registration: for conditions inside another query."""
    return Exists(Switches.objects.closing())


def choices_on(day: date, email: str = "", *, registered: bool = False, kept: str = "") -> Choices:
    """Three queries, whatever the number of offers and course runs.

    Nothing while registration is closed, but for who has `registered` before and changes what they chose, and for who
    signs in with an `email` that is allowed to: they may register outside a term's dates too. The term `kept` is there
    though it has closed, so that an answer which was on its way to it is not lost.
    """
    window = Q(pk__in=Term.objects.registering_on(day).values("pk"))
    may = window if registered else (window & ~Q(is_closed())) | Q(is_allowed("pk", email))
    open_now = Term.objects.filter(may | Q(identifier=kept)).order_by("position")
    terms = [term for term in open_now if has_rules(term)]
    npqs: dict[str, dict[str, str]] = {term.identifier: {} for term in terms}
    providers: dict[tuple[str, str], dict[str, str]] = {}
    offers = Offer.objects.filter(term__in=terms, qualification__hidden=False)
    # Names alone: this is read for every answer that somebody gives, and there are hundreds of offers.
    names = offers.order_by("qualification__position", "provider__name").values_list(
        "term__identifier",
        "qualification__identifier",
        "qualification__name",
        "provider__slug",
        "provider__name",
    )
    for term, npq, npq_name, provider, provider_name in names:
        npqs[term][npq] = npq_name
        providers.setdefault((term, npq), {})[provider] = provider_name
    runs = CourseRun.objects.to_apply_for(day).filter(term__in=terms)
    courses = runs.order_by().values_list("term__identifier", "qualification__identifier", "provider__slug")
    not_ready = tuple(term.name for term in open_now if term not in terms)
    return Choices(
        {term.identifier: term.name for term in terms},
        npqs,
        providers,
        {
            (term, npq, provider): tuple(map(str, keys))
            for term, npq, provider, keys in courses.annotate(keys=ArrayAgg("pk"))
        },
        not_ready,
        day=day,
    )


def offer_named(answers: Answers, day: date, email: str = "") -> Offer | None:
    """The offer of the term, NPQ and provider that were chosen, all three beside it; None if it cannot be chosen on
    `day` by who signs in with `email`. One query.
    """
    named = Offer.objects.select_related("term", "qualification", "provider").filter(
        term__identifier=said(answers, "term"),
        qualification__identifier=said(answers, "npq"),
        provider__slug=said(answers, "provider"),
    )
    told = named.annotate(is_closed=is_closed(), is_allowed=is_allowed("term", email))
    offer = told.order_by("pk").first()
    if offer is None or offer.qualification.hidden or not has_rules(offer.term):
        return None
    is_open = offer.term.is_open_on(day) and not offer.is_closed
    return offer if is_open or offer.is_allowed else None


def choices_of(offer: Offer, day: date) -> Choices:
    """What can be chosen on `day`, as far as this offer goes: enough to say whether answers that name it hold.

    One query.
    """
    term, npq, provider = offer.term.identifier, offer.qualification.identifier, offer.provider.slug
    runs = CourseRun.objects.filter(
        term=offer.term_id, qualification=offer.qualification_id, provider=offer.provider_id
    ).only("state", "starts_on", "apply_by")
    keys = []
    for run in runs.order_by("pk"):
        run.term = offer.term
        if run.takes_applications_on(day):
            keys.append(str(run.pk))
    return Choices(
        {term: offer.term.name},
        {term: {npq: offer.qualification.name}},
        {(term, npq): {provider: offer.provider.name}},
        {(term, npq, provider): tuple(keys)} if keys else {},
        day=day,
    )


def employer_in(situation: Situation) -> str:
    """The local authority that was named at the funding check. One query, none where none was."""
    if not situation.authority:
        return ""
    return (
        LocalAuthority.objects.filter(code=situation.authority).values_list("name", flat=True).first() or ""
    )


def confirmed(situation: Situation) -> Situation:
    """Without a workplace that cannot be chosen, or a training provider that is on no list. At most two queries."""
    if situation.reference and find_workplace(situation.reference) is None:
        situation = replace(situation, workplace="")
    if situation.itt not in ("", NONE_GIVEN) and not is_accredited(situation.itt):
        situation = replace(situation, itt="")
    return situation
