"""Delivery partners are merged while something else happens: one wins, the other reads what happened."""

from functools import partial

import pytest

from catalogue.actions.course_runs import add_run
from catalogue.actions.partners import (
    MergedMeanwhileError,
    SaidDifferentError,
    merge_partners,
    say_different,
)
from catalogue.models import CourseRun, DeliveryPartner
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.catalogue.conftest import NOW
from tests.factories import catalogue as make
from tests.people import PortalStaffFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_merged_both_ways_found_different_and_taught_with_at_once():
    staff = PortalStaffFactory()
    like = make.CourseRunFactory()
    whose = {name: getattr(like, name) for name in ("provider_id", "hub_id", "qualification_id", "term_id")}
    for turn in range(4):
        one, other = make.partners(f"One {turn}", f"Other {turn}")
        run = CourseRun(partner_id=other.pk, **whose)
        merge = partial(merge_partners, reason="One body.", by=staff, now=NOW)
        results = all_at_once(
            [
                partial(merge, kept=one, absorbed=other),
                partial(merge, kept=one, absorbed=other),
                partial(merge, kept=other, absorbed=one),
                partial(say_different, one=one, other=other, by=staff, now=NOW),
                partial(add_run, run=run, by=None, now=NOW),
            ]
        )
        assert results[4] == run, "the run is saved, whatever became of its partner"
        run.refresh_from_db()
        standing = DeliveryPartner.objects.filter(pk__in=(one.pk, other.pk))
        told = [each for each in results[:4] if isinstance(each, Exception)]
        if results[3] is True:
            assert standing.count() == 2
            assert all(isinstance(each, SaidDifferentError) for each in results[:3])
        else:
            assert run.partner == standing.get()
            assert results[:3].count(True) == 1
            assert all(isinstance(each, MergedMeanwhileError) for each in told)
        assert AuditEvent.objects.exclude(action="catalogue.run_added").count() == turn + 1
