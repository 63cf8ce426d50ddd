"""A second try leads to the first application, and what can be changed there."""

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application, ClosedApplication
from tests.applications.views.test_course_step import LATE
from tests.factories.applications import LATER, ApplicationFactory, draft_of, registered_by, submitted_by
from tests.factories.catalogue import CourseRunFactory
from tests.people import UserFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(world, teacher):
    return registered_by(teacher)


@pytest.fixture
def run(world):
    return CourseRunFactory(
        provider=world.ambition,
        qualification=world.headship,
        term=world.term,
        **LATE,
        hub__name="Saffron Hub",
    )


def url(application, page):
    return f"/applications/{application.pk}/{page}/"


def text(client, application, page):
    return " ".join(client.get(url(application, page)).content.decode().split())


def test_a_second_try_leads_to_the_first_and_its_changes(teacher_client, teacher, application):
    second = draft_of(teacher)
    response = teacher_client.post(url(second, "check-answers"), follow=True)
    assert response.redirect_chain[-1][0] == url(application, "already")
    html = response.content.decode()
    assert application.reference in html
    for page in ("change-course", "change-provider", "withdraw"):
        assert url(application, page) in html


@pytest.mark.parametrize("post", [{}, {"draft": "any"}])
def test_starting_again_from_a_course_leads_there_at_once(teacher_client, application, run, post):
    address = f"/apply/?npq=npq-headship&term=autumn-2026&provider=ambition-institute&run={run.pk}"
    assert teacher_client.post(address, post).url == url(application, "already")
    assert Application.objects.count() == 1


def test_what_is_decided_offers_no_change(teacher_client, teacher, world):
    accepted = ApplicationFactory(accepted=True, state="active", applicant=teacher, provider=world.ambition)
    html = text(teacher_client, accepted, "already")
    assert "can no longer be changed here" in html
    assert "change-provider" not in html
    for page in ("change-course", "change-provider"):
        assert (
            teacher_client.post(url(accepted, page), {"provider": "x"}).url == f"/applications/{accepted.pk}/"
        )


def test_a_draft_is_not_registered_already(teacher_client, teacher, world):
    draft = draft_of(teacher)
    for page in ("already", "change-course", "change-provider"):
        assert teacher_client.get(url(draft, page)).url == f"/applications/{draft.pk}/"


def test_another_course_is_chosen(teacher_client, application, run):
    assert "From 13 January 2099, Saffron Hub" in text(teacher_client, application, "change-course")
    for _ in range(2):
        response = teacher_client.post(
            url(application, "change-course"), {"course": str(run.pk)}, follow=True
        )
        assert "The course you want is saved." in response.content.decode()
    assert Application.objects.get().course_run == run
    teacher_client.post(url(application, "change-course"), {"course": "none"})
    assert Application.objects.get().course_run is None


def test_without_courses_there_is_none_to_choose(teacher_client, application):
    response = teacher_client.get(url(application, "change-course"), follow=True)
    assert "lists no course that can be applied for now" in response.content.decode()


@pytest.mark.parametrize("answer", [{}, {"course": "0"}, {"course": "x" * 500}])
def test_what_is_no_course_says_what_to_do(teacher_client, application, run, answer):
    response = teacher_client.post(url(application, "change-course"), answer)
    assert "Choose a course, or say that you do not know yet" in response.content.decode()
    assert Application.objects.get().course_run is None


def test_another_provider_is_chosen_and_then_its_course(teacher_client, application, world):
    CourseRunFactory(provider=world.other, qualification=world.headship, term=world.term, **LATE)
    html = text(teacher_client, application, "change-provider")
    assert "Teach First" in html
    assert 'value="ambition-institute"' not in html
    response = teacher_client.post(url(application, "change-provider"), {"provider": "teach-first"})
    assert response.url == url(application, "change-course")
    assert Application.objects.get().provider == world.other


def test_a_post_again_a_week_later_changes_nothing_more(teacher_client, application, world):
    for _ in range(2):
        teacher_client.post(url(application, "change-provider"), {"provider": "teach-first"})
    assert ClosedApplication.objects.count() == 1
    assert Application.objects.get().provider == world.other


def test_its_own_provider_is_no_change(teacher_client, application):
    response = teacher_client.post(url(application, "change-provider"), {"provider": "ambition-institute"})
    assert "Choose a lead provider" in response.content.decode()
    assert not ClosedApplication.objects.exists()


def test_without_another_provider_there_is_none_to_choose(teacher_client, application, world):
    world.other.offers.all().delete()
    response = teacher_client.get(url(application, "change-provider"), follow=True)
    assert "No other lead provider can be chosen" in response.content.decode()


def test_the_first_provider_keeps_a_trace_and_reads_no_more(client, teacher, world, decider):
    application = submitted_by(teacher)
    actions.change_provider(application=application, provider=world.other, by=teacher, now=LATER)
    sign_in(client, decider)
    gone = client.get(reverse("admin:applications_application_change", args=[application.pk]))
    assert gone.status_code == 404
    closed = ClosedApplication.objects.get()
    listed = client.get(reverse("admin:applications_closedapplication_changelist")).content.decode()
    screen = client.get(
        reverse("admin:applications_closedapplication_change", args=[closed.pk])
    ).content.decode()
    assert application.reference in listed
    assert application.reference in screen
    for secret in ("Ada Applicant", "Sam Sponsor", "To lead well", "Teach First"):
        assert secret not in listed
        assert secret not in screen


def test_the_second_provider_reads_nothing_of_the_first(client, teacher, world, decider, rival):
    application = submitted_by(teacher)
    actions.note(application=application, text="Between us only", by=decider, now=LATER)
    actions.write_message(application=application, text="Any news?", by=teacher, now=LATER)
    actions.change_provider(
        application=application, provider=world.other, by=teacher, now=LATER.replace(hour=13)
    )
    sign_in(client, rival)
    screen = client.get(
        reverse("admin:applications_application_change", args=[application.pk])
    ).content.decode()
    assert "Ada Applicant" in screen
    for secret in ("To lead well", "Sam Sponsor", "Between us only", "Any news?", "Ambition Institute"):
        assert secret not in screen


def test_the_same_verified_trn_is_marked_for_staff_and_told_to_nobody_else(
    client, teacher, world, portal_staff
):
    first = registered_by(teacher)
    twin = UserFactory(email="twin@example.test", trn="1234567", trn_verified=True)
    second = registered_by(twin, trn={"has_trn": "no", "trn": ""}, name={"name": "A. Applicant"})
    sign_in(client, portal_staff)
    for one, other in ((first, second), (second, first)):
        screen = client.get(reverse("admin:applications_application_change", args=[one.pk])).content.decode()
        assert "the same teacher reference number" in screen
        assert other.reference in screen
    sign_in(client, twin)
    for page in ("registered", "already"):
        assert first.reference not in client.get(url(second, page)).content.decode()
