"""One decision about many: previewed with reasons, done one by one, and nothing half-silent."""

import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.actions.errors import Busy, InTraining, NoPlaceLeft
from applications.admin import decided, together
from applications.admin.choices import token
from applications.models import Application, BulkDecision, BulkDecisionLine, FundedPlaces
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    LATER,
    ApplicationFactory,
    FundedPlacesFactory,
    ProviderFormFactory,
    staff_of,
)
from tests.people import UserFactory, sign_in
from tests.queries import queries_of

PREVIEW = reverse("admin:applications_application_decide_together")
DECIDED = reverse("admin:applications_application_decided")
KNOWN = {"trn": "1234567", "trn_verified": True}


@pytest.fixture
def like(world):
    return {
        "provider": world.ambition,
        "qualification": world.headship,
        "term": world.term,
        "form": ProviderFormFactory(),
    }


@pytest.fixture
def three(like):
    return [ApplicationFactory(submitted=True, full_name=f"Person {n}", **like) for n in range(3)]


@pytest.fixture
def places(like):
    return FundedPlacesFactory(
        provider=like["provider"], qualification=like["qualification"], term=like["term"], cap=2
    )


def previewed(client, rows, choice="accept-unfunded", **more):
    return client.post(PREVIEW, {"choice": choice, "row": [row.pk for row in rows], **more})


def confirmed(client, page, **written):
    tokens = [line.token for line in page.context["preview"].able]
    choice = page.context["choice"].slug
    posted = {"choice": choice, "row": tokens, "confirm": "1", "bulk": page.context["key"]}
    return client.post(PREVIEW, {**posted, "reason": "Strong.", **written}, follow=True)


def to(name, bulk):
    return reverse(f"admin:applications_application_{name}", args=[bulk.pk])


def states():
    return sorted(Application.objects.values_list("state", flat=True))


def test_the_list_offers_it_to_those_who_decide(admin_as, client, world, three, address):
    assert "Decide about several" in admin_as("decider").get(address("changelist")).content.decode()
    viewer = sign_in(client, staff_of(world.ambition, MemberRole.VIEWER))
    page = viewer.get(address("changelist")).content.decode()
    assert "Decide about several" not in page
    assert 'name="row"' not in page


def test_a_preview_says_who_can_who_cannot_and_why_and_changes_nothing(admin_as, like, three, places):
    refused = ApplicationFactory(rejected=True, **like)
    unfunded = ApplicationFactory(submitted=True, funding_outcome="not_funded", funding_choice="self", **like)
    page = previewed(admin_as("decider"), [*three, refused, unfunded], "accept-funded")
    html = page.content.decode()
    assert "<strong>2</strong> can be accepted with a funded place." in html
    assert "<strong>3</strong> cannot:" in html
    whys = {line.application.pk: line.why_not for line in page.context["preview"].unable}
    assert whys.pop(refused.pk) == "It is “Not accepted”, so that cannot be done to it now."
    assert whys.pop(unfunded.pk) == "This person is not eligible for scholarship funding."
    assert list(whys.values()) == ["No funded place is left for Headship, Autumn 2026."]
    assert "takes <strong>2</strong> of the 2 left: then <strong>0 of 2</strong> are left" in html
    assert "You have a funded place: your scholarship pays for the NPQ." in html
    assert states() == ["rejected", *["submitted"] * 4]
    assert not OutboxMessage.objects.exists()


def test_confirming_decides_each_with_its_own_audit_row_and_mail(admin_as, three, places):
    client = admin_as("decider")
    answer = confirmed(client, previewed(client, three, "accept-funded"))
    assert answer.redirect_chain[-1][0].startswith(DECIDED)
    assert "2 accepted with a funded place" in answer.content.decode()
    assert states() == ["accepted", "accepted", "submitted"]
    assert FundedPlaces.objects.get().left == 0
    assert AuditEvent.objects.filter(action="applications.accepted").count() == 2
    assert OutboxMessage.objects.filter(template="applications/accepted").count() == 2


@pytest.mark.parametrize(
    ("choice", "written", "state"),
    [
        ("accept-unfunded", {}, "accepted"),
        ("waiting-list", {}, "waiting_list"),
        ("reject", {"reason": "All our places are taken."}, "rejected"),
        ("ask", {"text": "Which key stage?"}, "more_information"),
    ],
)
def test_each_choice(admin_as, three, choice, written, state):
    client = admin_as("decider")
    confirmed(client, previewed(client, three, choice), **written)
    assert states() == [state] * 3


@pytest.mark.parametrize(
    ("choice", "reader"),
    [
        ("reject", "the applicant reads"),
        ("accept-unfunded", "your colleagues read"),
        ("waiting-list", "your c"),
    ],
)
def test_a_reason_that_is_missing_is_asked_for_and_nothing_is_done(admin_as, three, choice, reader):
    client = admin_as("decider")
    answer = confirmed(client, previewed(client, three, choice), reason="  ")
    assert f"Give a reason: {reader}" in answer.content.decode()
    assert len(answer.context["preview"].able) == 3
    assert states() == ["submitted"] * 3


def test_a_bulk_rejection_takes_no_acceptance_back(admin_as, like):
    accepted = ApplicationFactory(accepted=True, **like)
    page = previewed(admin_as("decider"), [accepted], "reject")
    assert "Take that back on its own page" in page.content.decode()
    assert not page.context["preview"].able


def test_who_is_in_training_elsewhere_cannot_be_accepted(admin_as, like, three):
    Application.objects.filter(pk=three[0].pk).update(applicant=UserFactory(**KNOWN))
    ApplicationFactory(active=True, applicant=UserFactory(**KNOWN), **like)
    page = previewed(admin_as("decider"), three)
    assert [line.application.pk for line in page.context["preview"].unable] == [three[0].pk]
    assert "already in training" in page.content.decode()


def test_all_that_the_list_shows_goes_by_its_filters(admin_as, like, three):
    waiting = ApplicationFactory(waiting_list=True, **like)
    page = admin_as("decider").post(
        f"{PREVIEW}?state=submitted", {"choice": "reject", "which": "all", "row": waiting.pk}
    )
    assert {line.application.pk for line in page.context["preview"].lines} == {row.pk for row in three}


def test_what_another_decided_meanwhile_is_told_and_the_others_are_done(admin_as, three, decider):
    client = admin_as("decider")
    page = previewed(client, three)
    actions.reject(application=three[1], reason="First.", by=decider, now=LATER)
    answer = confirmed(client, page)
    html = answer.content.decode()
    assert "Nothing was done about 1:" in html
    assert "It is “Not accepted” by now, so nothing was done." in html
    assert states() == ["accepted", "accepted", "rejected"]


def test_who_is_passed_over_takes_no_place_from_the_next(admin_as, like, three, places):
    client = admin_as("decider")
    page = previewed(client, three[:2], "accept-funded")
    first, second = (line.application for line in page.context["preview"].able)
    FundedPlaces.objects.update(taken=1)
    Application.objects.filter(pk=first.pk).update(state_since=first.state_since - timedelta(seconds=1))
    confirmed(client, page)
    assert not Application.objects.get(pk=first.pk).funded_place
    assert Application.objects.get(pk=second.pk).funded_place
    assert FundedPlaces.objects.get().left == 0


@pytest.mark.parametrize(
    ("gone", "refusal"),
    [
        (lambda row, like: FundedPlaces.objects.update(taken=2), NoPlaceLeft),
        (
            lambda row, like: ApplicationFactory(active=True, applicant=UserFactory(**KNOWN), **like),
            InTraining,
        ),
    ],
)
def test_what_the_preview_could_not_know_is_refused_in_the_words_of_the_verb(
    admin_as, like, three, places, gone, refusal
):
    row = three[0]
    Application.objects.filter(pk=row.pk).update(applicant=UserFactory(**KNOWN))
    client = admin_as("decider")
    page = previewed(client, [row], "accept-funded")
    gone(row, like)
    confirmed(client, page)
    assert list(BulkDecisionLine.objects.values_list("outcome", "why_not")) == [("not_done", str(refusal()))]
    assert Application.objects.get(pk=row.pk).state == "submitted"


def test_what_was_never_offered_is_not_done_by_posting_its_token(admin_as, like):
    """A preview gives none for an acceptance, which the verb alone would take back."""
    accepted = ApplicationFactory(accepted=True, **like)
    posted = {"choice": "reject", "row": token(accepted), "confirm": "1", "reason": "Full."}
    html = admin_as("decider").post(PREVIEW, posted, follow=True).content.decode()
    assert "Take that back on its own page" in html
    assert states() == ["accepted"]


def test_what_another_decides_in_the_same_moment_is_told(admin_as, three, decider, monkeypatch):
    client, first = admin_as("decider"), decided.decide_one_of

    def late(*, application, **signed):
        if application.pk == three[1].pk:
            now = Application.objects.get(pk=application.pk)
            actions.reject(application=now, reason="First.", by=decider, now=LATER)
        return first(application=application, **signed)

    monkeypatch.setattr(decided, "decide_one_of", late)
    answer = confirmed(client, previewed(client, three))
    assert "changed while you were looking at it" in answer.content.decode()
    assert states() == ["accepted", "accepted", "rejected"]


def test_posting_twice_decides_once(admin_as, three):
    client = admin_as("decider")
    page = previewed(client, three)
    confirmed(client, page)
    assert BulkDecision.objects.count() == 1
    again = confirmed(client, page)
    assert "3 accepted without a funded place" in again.content.decode()
    assert "Nothing was done" not in again.content.decode()
    assert "Undo all these" in again.content.decode()
    assert OutboxMessage.objects.filter(template="applications/accepted").count() == 3


def test_another_providers_rows_are_as_if_they_were_not_there(admin_as, world, three, like):
    theirs = ApplicationFactory(submitted=True, full_name="Their Person", **{**like, "provider": world.other})
    client = admin_as("decider")
    pages = [previewed(client, [row, three[0]]) for row in (theirs, Application(pk=uuid.uuid4()))]
    seen = [page.content.decode() for page in pages]
    assert "Their Person" not in seen[0]
    assert [line.application.pk for line in pages[0].context["preview"].lines] == [three[0].pk]
    tokens = [f"{theirs.pk} {theirs.state_since.isoformat()} funded"]
    client.post(PREVIEW, {"choice": "accept-unfunded", "row": tokens, "confirm": "1", "reason": "x"})
    theirs.refresh_from_db()
    assert theirs.state == "submitted"


def test_one_that_is_not_in_the_list_any_more_is_told(admin_as, world, three):
    client = admin_as("decider")
    page = previewed(client, three)
    Application.objects.filter(pk=three[0].pk).update(provider=world.other)
    html = confirmed(client, page).content.decode()
    assert "1 of what you chose is not in your list any more, so nothing was done about it." in html
    assert states() == ["accepted", "accepted", "submitted"]


@pytest.mark.parametrize("row", ["x", "", "00000000-0000-0000-0000-000000000000 x", "a\x00b"])
def test_forged_rows_lead_back_to_the_list(admin_as, row):
    answer = admin_as("decider").post(PREVIEW, {"choice": "reject", "row": row}, follow=True)
    assert "Tick at least one application. Nothing was changed." in answer.content.decode()


def test_without_a_choice_nothing_is_shown(admin_as, three):
    answer = admin_as("decider").post(PREVIEW, {"row": three[0].pk, "choice": "erase"}, follow=True)
    assert "Choose what to do. Nothing was changed." in answer.content.decode()


def test_confirming_all_without_having_seen_them_does_nothing(admin_as, three):
    client = admin_as("decider")
    client.post(PREVIEW, {"choice": "accept-unfunded", "which": "all", "confirm": "1", "reason": "x"})
    assert states() == ["submitted"] * 3


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.SCORER])
def test_those_who_only_look_are_refused(client, world, three, role):
    signed_in = sign_in(client, staff_of(world.ambition, role))
    assert previewed(signed_in, three).status_code == 403
    assert states() == ["submitted"] * 3


def test_a_decider_here_only_looks_where_they_are_a_viewer(admin_as, world, decider, like):
    decider.provider_memberships.create(provider=world.other, role=MemberRole.VIEWER)
    looked_at = ApplicationFactory(submitted=True, **{**like, "provider": world.other})
    page = previewed(admin_as("decider"), [looked_at])
    assert [line.why_not for line in page.context["preview"].lines] == [
        "You may read this application, and not decide about it."
    ]


def test_more_than_the_most_are_cut_and_that_is_said(admin_as, three, monkeypatch):
    monkeypatch.setattr(together, "MOST", 2)
    client = admin_as("decider")
    for page in (previewed(client, three), previewed(client, [], which="all")):
        assert len(page.context["preview"].lines) == 2
        assert "You chose 1 more." in page.content.decode()


def test_what_is_not_reached_in_time_is_gone_on_with(admin_as, three, monkeypatch, address):
    client = admin_as("decider")
    with monkeypatch.context() as slow:
        slow.setattr(decided, "LONGEST_WAIT", -1.0)
        html = confirmed(client, previewed(client, three, "reject"), reason="Full.").content.decode()
    assert "3 not decided yet" in html
    assert states() == ["submitted"] * 3
    bulk = BulkDecision.objects.get()
    assert str(bulk.pk) in client.get(address("changelist")).content.decode()
    html = client.post(to("go_on_together", bulk), follow=True).content.decode()
    assert "not decided yet" not in html
    assert set(Application.objects.values_list("state", "decision_reason")) == {("rejected", "Full.")}
    assert str(bulk.pk) not in client.get(address("changelist")).content.decode()
    bulk.refresh_from_db()
    assert (bulk.given, bulk.finished_at is None) == ({}, False)


@pytest.mark.parametrize("problem", [OperationalError, InterfaceError, KeyboardInterrupt])
def test_where_the_database_or_the_machine_stops_it_says_what_was_decided(
    admin_as, three, monkeypatch, problem
):
    """KeyboardInterrupt stands for a process that is killed: nothing of ours catches it."""
    client, first, done = admin_as("decider"), actions.accept, []

    def stops(**signed):
        done.append(first(**signed))
        if len(done) == 2:
            raise problem

    page = previewed(client, three)
    with monkeypatch.context() as broken:
        broken.setattr("applications.actions.accept", stops)
        with suppress(KeyboardInterrupt):
            confirmed(client, page)
    assert states() == ["accepted", "submitted", "submitted"]
    html = client.get(DECIDED, follow=True).content.decode()
    assert "1 accepted without a funded place" in html
    assert "2 not decided yet." in html
    assert "2 not decided yet." in confirmed(client, page).content.decode(), "posted again it is the same"
    client.post(to("go_on_together", BulkDecision.objects.get()))
    assert states() == ["accepted"] * 3
    assert OutboxMessage.objects.filter(template="applications/accepted").count() == 3


def test_one_that_somebody_else_holds_is_not_decided_yet(admin_as, three, monkeypatch):
    def busy(**signed):
        raise Busy

    client = admin_as("decider")
    with monkeypatch.context() as held:
        held.setattr("applications.actions.accept", busy)
        html = confirmed(client, previewed(client, three)).content.decode()
    assert "3 not decided yet." in html
    assert BulkDecision.objects.unfinished().exists()


def test_another_neither_sees_it_nor_goes_on_with_it(admin_as, three, world):
    client = admin_as("decider")
    page = previewed(client, three)
    confirmed(client, page)
    bulk = BulkDecision.objects.get()
    colleague = sign_in(Client(), staff_of(world.ambition))
    assert colleague.get(to("decided_page", bulk)).status_code == 404
    for name in ("go_on_together", "undo_together"):
        assert colleague.post(to(name, bulk)).status_code == 404
        assert client.get(to(name, bulk)).status_code == 405
    assert confirmed(colleague, page).status_code == 403
    assert BulkDecision.objects.count() == 1


def test_where_all_was_undone_the_page_says_so(admin_as, three):
    client = admin_as("decider")
    confirmed(client, previewed(client, three))
    html = client.post(to("undo_together", BulkDecision.objects.get()), follow=True).content.decode()
    assert "<h1>3 undone</h1>" in html
    assert "0 accepted" not in html


def test_nothing_decided_leads_to_the_list(admin_as, three):
    assert admin_as("decider").get(DECIDED).url == reverse("admin:applications_application_changelist")


def test_a_preview_of_thirty_asks_no_more_than_of_one(admin_as, like, places):
    rows = [ApplicationFactory(submitted=True, **like) for _ in range(30)]
    client = admin_as("decider")
    previewed(client, rows[:1], "accept-funded")
    one = queries_of(lambda: previewed(client, rows[:1], "accept-funded"))
    assert queries_of(lambda: previewed(client, rows, "accept-funded")) == one
    assert queries_of(lambda: previewed(client, [], "accept-funded", which="all")) <= one + 12
