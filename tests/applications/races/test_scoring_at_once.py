"""Two scorers at once, and a scorer against a decision: what is scored is scored before it, and both are counted."""

import pytest

from applications import actions
from applications.actions.errors import Decided
from applications.models import Application, Score
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.models import reference as named
from tests.applications.races.threads import in_rounds
from tests.factories.applications import LATER, ApplicationFactory, ProviderFormFactory, staff_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 15


@pytest.fixture
def wanted(world):
    form = ProviderFormFactory(
        questions=[{"key": "why", "kind": "long_text", "label": "Why?", "max_words": 5, "scored": True}]
    )
    alike = {"provider": world.ambition, "form": form, "awaits_scores": True}
    return ApplicationFactory.create_batch(ROUNDS, submitted=True, **alike)


def scoring(application, by):
    seen = Application.objects.with_names().get(pk=application.pk)
    return lambda: actions.score(application=seen, given={"why": (3, "")}, by=by, now=LATER)


def test_both_scorers_count(world, wanted):
    scorers = [staff_of(world.ambition, MemberRole.SCORER) for _ in range(2)]
    results = in_rounds([[scoring(each, by) for by in scorers] for each in wanted])
    assert all(isinstance(each, Application) for pair in results for each in pair), results
    assert Score.objects.count() == ROUNDS * 2
    assert not Application.objects.filter(awaits_scores=True).exists()


def test_nobody_scores_after_the_decision(world, wanted, decider):
    scorer = staff_of(world.ambition, MemberRole.SCORER)

    def accepting(application):
        return lambda: actions.accept(application=application, funded_place=False, by=decider, now=LATER)

    results = in_rounds([[scoring(each, scorer), accepting(each)] for each in wanted])
    assert Application.objects.filter(state="accepted").count() == ROUNDS
    for application, (scored, _) in zip(wanted, results, strict=True):
        done = AuditEvent.objects.filter(subject=named(application)).order_by("pk")
        late = isinstance(scored, Decided)
        expected = ["accepted"] if late else ["scored", "accepted"]
        assert [event.action.partition(".")[2] for event in done] == expected
        assert application.scores.exists() is not late
