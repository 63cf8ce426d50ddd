"""Every state, action and person is tried through the real verbs: exactly what `TRANSITIONS` lists succeeds.

Design, quality figures, 5: each success leaves one audit row about the application and just its mails; each refusal
changes no row of any table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from applications.actions.errors import Refused
from applications.models import Application, FundedPlaces
from applications.states import TAKEN_ON, TRANSITIONS, Action, NotAllowed, State
from npq_portal.audit.models import AuditEvent, reference
from npq_portal.mail.models import OutboxMessage
from tests.applications.actions.cast import PARTS, Cast, make_cast
from tests.applications.actions.moves import VERBS, WAY, Verb
from tests.rows import digests

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """The cast, made once and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(made) -> Iterator[Cast]:
    with undone():
        yield made


def bring_to(state: State, cast: Cast) -> Application:
    """The applicant's application, taken to `state` by the verbs that lead there."""
    if state in WAY:
        before, verb, who = WAY[state]
        VERBS[verb].call(bring_to(before, cast), cast.signer(who), cast)
    application = Application.objects.with_names().get(pk=cast.applications["applicant"].pk)
    assert application.status is state
    return application


def listed(state: State, verb: Verb, who: str) -> bool:
    return state in verb.froms and (state, verb.action, PARTS[who]) in TRANSITIONS


def succeeds(application: Application, verb: Verb, who: str, cast: Cast) -> bool:
    try:
        verb.call(application, cast.signer(who), cast)
    except (NotAllowed, Refused):
        return False
    return True


@pytest.mark.parametrize("state", State)
def test_what_the_table_does_not_list_changes_nothing(cast, state):
    bring_to(state, cast)
    # The applicant was told of it: what they may do before that is in test_untold.
    Application.objects.update(undo_until=None, before_decision=None)
    application = Application.objects.with_names().get(pk=cast.applications["applicant"].pk)
    before = digests()
    for name, verb in VERBS.items():
        others = [who for who in PARTS if not listed(state, verb, who)]
        done = {who for who in others if succeeds(application, verb, who, cast)}
        assert done == {who for who in others if (state, PARTS[who]) in verb.again}, name
    assert application.status is state
    assert digests() == before


@pytest.mark.parametrize("state", State)
def test_what_the_table_lists_leaves_one_audit_row_and_its_mails(cast, state):
    application = bring_to(state, cast)
    for name, verb in VERBS.items():
        for who in PARTS:
            if listed(state, verb, who):
                with undone():
                    application = Application.objects.with_names().get(pk=application.pk)
                    check(application, name, verb, who, cast)


def check(application: Application, name: str, verb: Verb, who: str, cast: Cast) -> None:
    before, signer = application.status, cast.signer(who)
    audit = list(AuditEvent.objects.values_list("pk", flat=True))
    mails = list(OutboxMessage.objects.values_list("pk", flat=True))
    verb.call(application, signer, cast)
    stored = Application.objects.get(pk=application.pk)
    assert stored.status is TRANSITIONS[before, verb.action, PARTS[who]], (name, who)

    elsewhere = verb.also.get(before, ())
    rows = {(f"applications.{verb.event}", reference(application), actor(signer))}
    rows |= {
        (f"applications.{left.event}", reference(cast.applications[left.whose]), "system")
        for left in elsewhere
        if left.event
    }
    written = AuditEvent.objects.exclude(pk__in=audit).values_list("action", "subject", "actor")
    assert sorted(written) == sorted(rows), (name, who)

    expected = [*verb.mails, *(mail for left in elsewhere for mail in left.mails)]
    sent = OutboxMessage.objects.exclude(pk__in=mails).values_list("template", "to")
    assert sorted(sent) == sorted((f"applications/{each}", cast.address(to)) for each, to in expected), (
        name,
        who,
    )
    places_agree(cast)


def actor(signer) -> str:
    if signer is None:
        return "system"
    return reference(signer) if signer._meta.model_name == "sponsor" else f"user:{signer.pk}"


def places_agree(cast: Cast) -> None:
    """As many places are taken as are held, by those accepted with one and those to whom one is offered."""
    places = FundedPlaces.objects.get()
    alike = Application.objects.filter(provider=places.provider, qualification=places.qualification)
    accepted = alike.filter(state__in=TAKEN_ON, funded_place=True).count()
    assert places.taken == accepted + alike.filter(state=State.OFFERED).count()


@pytest.mark.parametrize("action", Action)
def test_every_row_of_the_table_has_its_verb(action):
    sources = {state for state, listed_action, _ in TRANSITIONS if listed_action is action}
    verbs = [verb for verb in VERBS.values() if verb.action is action]
    assert sources <= frozenset().union(*(verb.froms for verb in verbs))
