"""Two delivery partners become one: what moves, what is kept of the other, and who still finds it."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from catalogue.actions.course_runs import add_run
from catalogue.actions.partners import (
    MergedMeanwhileError,
    NoReasonError,
    NotPortalStaffError,
    SaidDifferentError,
    merge_partners,
    say_different,
    take_back_different,
)
from catalogue.loading import load
from catalogue.models import CourseRun, DeliveryPartner, DifferentPartners, PartnerAlias, SearchEntry
from catalogue.spreadsheet.plan import plan
from npq_portal.audit.facts import changes
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.catalogue.conftest import DAY, NOW, Counter
from tests.catalogue.runs.sheets import new_row, numbered, rows_of
from tests.factories import catalogue as make
from tests.people import PortalStaffFactory, StaffFactory

pytestmark = pytest.mark.django_db
# Every foreign key to a delivery partner, and what becomes of it.
DECIDED = {
    "catalogue.CourseRun.partner": "moves",
    "catalogue.Partnership.partner": "moves, or is joined with the same one of the partner that stays",
    "catalogue.PartnerAlias.partner": "moves, so that no alias leads to an alias",
    "catalogue.DifferentPartners.one": "holds of the partner that stays",
    "catalogue.DifferentPartners.other": "holds of the partner that stays",
}


@pytest.fixture
def staff(db):
    return PortalStaffFactory()


@pytest.fixture
def pair(db):
    """The one that stays, and the one that is absorbed."""
    return make.partners("Saffron Learning", "Safron Learning Ltd")


@pytest.fixture
def merge(staff, pair):
    def merging(kept=pair[0], absorbed=pair[1], **changed):
        usual = {"reason": "One body.", "by": staff, "now": NOW}
        return merge_partners(kept=kept, absorbed=absorbed, **{**usual, **changed})

    return merging


def test_every_foreign_key_to_a_partner_is_decided():
    """A new one fails here until somebody has said what becomes of it, and a test below that it does."""
    every = [
        each.remote_field
        for each in DeliveryPartner._meta.get_fields(include_hidden=True)
        if each.auto_created and isinstance(each.remote_field, models.ForeignKey)
    ]
    assert {f"{each.model._meta.label}.{each.name}" for each in every} == DECIDED.keys()


def test_what_is_the_others_moves_and_its_name_stays_an_alias(merge, pair):
    kept, absorbed = pair
    run, partnership = make.CourseRunFactory(partner=absorbed), make.PartnershipFactory(partner=absorbed)
    own = make.CourseRunFactory(partner=kept)
    assert merge()
    assert set(kept.course_runs.all()) == {run, own}
    assert list(kept.partnerships.all()) == [partnership]
    alias = kept.aliases.get()
    assert (alias.name, alias.slug, alias.former_key) == (absorbed.name, absorbed.slug, absorbed.pk)
    assert not DeliveryPartner.objects.filter(pk=absorbed.pk).exists()
    assert not SearchEntry.objects.filter(kind="partner", key=absorbed.pk).exists()
    assert "Saffron Learning" in SearchEntry.objects.get(kind="run", key=run.pk).text
    run.refresh_from_db()
    assert run.updated_at == NOW, "who had it open reads that it has changed"


def test_one_row_is_left_that_says_what_was_and_nobody_is_written_to(merge, pair):
    kept, absorbed = pair
    run = make.CourseRunFactory(partner=absorbed)
    merge()
    row = AuditEvent.objects.get()
    assert (row.action, row.subject, row.note) == (
        "catalogue.partners_merged",
        f"catalogue.deliverypartner:{kept.pk}",
        "One body.",
    )
    assert row.old == {
        "key": absorbed.pk,
        "name": "Safron Learning Ltd",
        "slug": "safron-learning-ltd",
        "note": "",
        "website": "",
    }
    assert row.new == {"course_runs": [run.pk], "partnerships": [], "partnerships_joined": []}
    assert changes(row, {}) == [
        "Safron Learning Ltd (partners/safron-learning-ltd) is one with it",
        "Course runs moved: 1",
    ]
    assert not OutboxMessage.objects.exists()


def test_what_the_one_that_stays_says_of_itself_stays(merge, pair):
    kept, absorbed = pair
    DeliveryPartner.objects.filter(pk=kept.pk).update(note="Ours.")
    DeliveryPartner.objects.filter(pk=absorbed.pk).update(note="Theirs.", website="https://example.test/")
    merge()
    kept.refresh_from_db()
    assert (kept.note, kept.website) == ("Ours.", "https://example.test/")


def test_a_partnership_that_both_have_becomes_one(merge, pair):
    kept, absorbed = pair
    own = make.PartnershipFactory(partner=kept, period="2026", text="Ours.", seen_on=date(2026, 1, 1))
    same = {"provider": own.provider, "hub": own.hub, "period": own.period}
    make.PartnershipFactory(partner=absorbed, **same, text="Theirs.", seen_on=date(2026, 2, 1), is_past=True)
    merge()
    joined = kept.partnerships.get()
    assert (joined.pk, joined.text, joined.seen_on, joined.is_past) == (
        own.pk,
        "Ours.\n\nTheirs.",
        date(2026, 2, 1),
        True,
    )
    assert len(AuditEvent.objects.get().new["partnerships_joined"]) == 1


def test_it_is_refused_without_a_right_or_a_reason(merge):
    with pytest.raises(NotPortalStaffError):
        merge(by=StaffFactory())
    with pytest.raises(NoReasonError):
        merge(reason="  ")
    assert DeliveryPartner.objects.count() == 2


def test_twice_is_once_and_the_other_way_round_is_told(merge, pair):
    assert [merge(), merge()] == [True, False]
    assert AuditEvent.objects.count() == 1
    with pytest.raises(
        MergedMeanwhileError, match="“Safron Learning Ltd” has been merged into “Saffron Learning”"
    ):
        merge(kept=pair[1], absorbed=pair[0])


def test_found_to_be_different_they_are_merged_only_after_that_is_taken_back(merge, pair, staff):
    one, other = pair
    assert say_different(one=other, other=one, by=staff, now=NOW)
    assert not say_different(one=one, other=other, by=staff, now=NOW)
    with pytest.raises(SaidDifferentError):
        merge()
    assert take_back_different(one=one, other=other, by=staff, now=NOW)
    assert not take_back_different(one=one, other=other, by=staff, now=NOW)
    assert merge()
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "catalogue.partners_said_different",
        "catalogue.partners_not_said_different",
        "catalogue.partners_merged",
    ]
    with pytest.raises(MergedMeanwhileError):
        say_different(one=one, other=other, by=staff, now=NOW)


@pytest.mark.parametrize("verb", [say_different, take_back_different])
def test_nobody_else_says_or_takes_back(verb, pair):
    with pytest.raises(NotPortalStaffError):
        verb(one=pair[0], other=pair[1], by=StaffFactory(), now=NOW)


def test_who_was_found_different_from_the_other_is_different_from_the_one_that_stays(merge, pair):
    kept, absorbed = pair
    third, fourth = make.partners("Saffron Learn", "Safran Learning")
    for one, other in ((absorbed, third), (kept, fourth), (absorbed, fourth)):
        make.different(one, other)
    merge()
    said = set(DifferentPartners.objects.values_list("one", "other"))
    assert said == {(kept.pk, third.pk), (kept.pk, fourth.pk)}


def test_its_address_leads_to_the_one_that_stays_also_through_chains(merge, pair, client):
    kept, absorbed = pair
    last = make.DeliveryPartnerFactory(name="Saffron")
    merge()
    merge(kept=last, absorbed=kept)
    for old in (absorbed, kept):
        answer = client.get(reverse("catalogue:partner", args=[old.slug]))
        assert (answer.status_code, answer["Location"]) == (301, last.get_absolute_url())
    told = client.get(last.get_absolute_url()).content.decode()
    assert "another name: Saffron Learning; Safron Learning Ltd." in told
    assert client.get("/partners/never-was/").status_code == 404


def test_a_file_that_gives_the_old_name_finds_the_one_that_stays(merge, pair, staff):
    kept, absorbed = pair
    run = make.CourseRunFactory(partner=absorbed)
    downloaded = rows_of(run)
    merge()
    older = plan(numbered(downloaded), staff, DAY)
    assert (older.problems, older.changed, older.unchanged) == ([], [], 1)
    for name in (absorbed.name, absorbed.slug, kept.name):
        added = plan(numbered([new_row(run, partner=name)]), staff, DAY)
        assert [item.work.run.partner for item in added.added] == [kept]


def test_a_run_that_is_saved_with_the_other_is_the_one_that_stays(merge, pair):
    kept, absorbed = pair
    like = make.CourseRunFactory()
    whose = ("provider_id", "hub_id", "qualification_id", "term_id")
    run = CourseRun(partner=absorbed, **{name: getattr(like, name) for name in whose})
    merge()
    assert add_run(run=run, by=None, now=NOW).partner == kept


def test_the_reference_data_does_not_bring_it_back(staff):
    load(Counter())
    absorbed = DeliveryPartner.objects.get(slug="university-of-wolverhampton")
    kept = make.DeliveryPartnerFactory(name="Wolverhampton University")
    merge_partners(kept=kept, absorbed=absorbed, reason="One body.", by=staff, now=NOW)
    before = CourseRun.objects.count()
    load(Counter())
    assert not DeliveryPartner.objects.filter(slug=absorbed.slug).exists()
    assert (CourseRun.objects.count(), kept.partnerships.count()) == (before, 1)


@pytest.mark.parametrize(
    "taken", [{"name": "SAFRON learning ltd", "slug": "new"}, {"name": "New", "slug": "safron-learning-ltd"}]
)
def test_nobody_else_gets_its_name_or_address(merge, taken, client, staff):
    merge()
    with pytest.raises(IntegrityError, match="partner_name_is_one_partners"), transaction.atomic():
        DeliveryPartner.objects.create(**taken)
    other = make.DeliveryPartnerFactory(name="Else")
    with pytest.raises(IntegrityError, match="partner_name_is_one_partners"), transaction.atomic():
        PartnerAlias.objects.create(
            partner=other, name="Saffron Learning", slug="x", former_key=1, merged_at=NOW
        )


def test_the_one_that_stays_may_take_it(merge, pair):
    merge()
    kept = pair[0]
    kept.name = "Safron Learning Ltd"
    kept.full_clean()
    kept.save()
