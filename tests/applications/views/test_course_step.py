"""A course run chosen with the lead provider, from its own page or in the registration; and told of when it changes."""

from datetime import date

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.errors import Incomplete
from applications.models import Application
from applications.tasks import sweep, tell
from catalogue.models import RunChange
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import NOW, draft_of
from tests.factories.catalogue import CourseRunFactory, HubMembershipFactory, SessionFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db
# Far ahead, so that the pages, which read the clock themselves, offer it on any day the tests run.
LATE = {"starts_on": date(2099, 1, 13), "ends_on": None, "apply_by": date(2099, 1, 4)}


@pytest.fixture
def run(world):
    whose = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    return CourseRunFactory(**whose, **LATE, hub__name="Saffron Hub")


@pytest.fixture
def draft(teacher, run):
    return draft_of(teacher, course={"course": str(run.pk)})


def url(application, page):
    return f"/applications/{application.pk}/{page}/"


def start_from(client, run):
    """Press the button of the run's own page, and start."""
    page = client.get(run.get_absolute_url()).content.decode()
    address = page.split('<a href="/apply/')[1].split('"')[0].replace("&amp;", "&")
    return f"/apply/{address}"


def test_applying_from_its_page_carries_the_run(teacher_client, run):
    address = start_from(teacher_client, run)
    assert "From 13 January 2099, Saffron Hub" in teacher_client.get(address).content.decode()
    teacher_client.post(address)
    assert Application.objects.get().answers.get(step="course").value == {"course": str(run.pk)}


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"apply_by": date(2020, 1, 1)}])
def test_a_run_that_is_gone_is_said_and_not_carried(teacher_client, run, change):
    address = start_from(teacher_client, run)
    type(run).objects.filter(pk=run.pk).update(**change)
    assert "cannot be applied for now" in teacher_client.get(address).content.decode()
    teacher_client.post(address)
    assert not Application.objects.get().answers.filter(step="course").exists()


@pytest.mark.parametrize("nonsense", ["0", "-1", "abc", "1" * 90, "%00", "%D9%A1"])
def test_any_run_in_the_address_is_a_normal_page(client, run, nonsense):
    assert (
        client.get(f"/apply/?npq=npq-headship&provider=ambition-institute&run={nonsense}").status_code == 200
    )


def test_the_question_shows_the_runs_and_the_way_to_all_of_them(teacher_client, draft):
    html = teacher_client.get(url(draft, "course")).content.decode()
    assert "From 13 January 2099, Saffron Hub" in html
    assert "No particular course, or I do not know yet" in html
    assert "/courses/?npq=headship&amp;provider=ambition-institute" in html


def test_more_than_can_be_shown_are_counted(teacher_client, draft, world, run, monkeypatch):
    monkeypatch.setattr("applications.journey.courses.SHOWN", 1)
    CourseRunFactory(provider=run.provider, qualification=run.qualification, term=run.term, **LATE)
    html = " ".join(teacher_client.get(url(draft, "course")).content.decode().split())
    assert "These are 1 of Ambition Institute's 2 courses. " in html
    world.school.easting, world.school.northing = 391_000, 388_000
    world.school.save()
    html = " ".join(teacher_client.get(url(draft, "course")).content.decode().split())
    assert "These are 1 of Ambition Institute's 2 courses, the nearest to where you work. " in html


def test_it_is_kept_with_the_application_and_shown_everywhere(teacher_client, draft, run, portal_staff):
    assert (
        "From 13 January 2099, Saffron Hub"
        in teacher_client.get(url(draft, "check-answers")).content.decode()
    )
    teacher_client.post(url(draft, "check-answers"))
    application = Application.objects.get()
    assert (application.course_run, application.course_run_as_of) == (run, run.updated_at)
    told = "Headship, from 13 January 2099, Saffron Hub"
    for page in (url(draft, "registered"), f"/applications/{draft.pk}/"):
        assert told in teacher_client.get(page).content.decode()
    mail = OutboxMessage.objects.get()
    assert told in mail.text
    assert told in mail.html
    sign_in(teacher_client, portal_staff)
    screen = teacher_client.get(reverse("admin:applications_application_change", args=[application.pk]))
    assert told in screen.content.decode()


def test_no_particular_course_is_an_answer(teacher_client, teacher, run):
    draft = draft_of(teacher)
    assert teacher_client.get(url(draft, "check-answers")).url == url(draft, "course")
    assert teacher_client.post(url(draft, "course"), {"course": "none"}).url == url(draft, "check-answers")
    assert "No particular course" in teacher_client.get(url(draft, "check-answers")).content.decode()
    teacher_client.post(url(draft, "check-answers"))
    assert Application.objects.get().course_run is None


@pytest.mark.parametrize(
    ("step", "value"), [("provider", {"provider": "teach-first"}), ("npq", {"npq": "npq-leading-literacy"})]
)
def test_a_change_that_takes_the_course_away_says_so(teacher_client, draft, step, value):
    html = teacher_client.post(url(draft, step), value, follow=True).content.decode()
    assert "This changed what you had said about: Course." in html
    assert not draft.answers.filter(step="course").exists()


def test_a_change_that_takes_nothing_away_says_nothing(teacher_client, draft):
    html = teacher_client.post(url(draft, "name"), {"name": "Ada B"}, follow=True).content.decode()
    assert "This changed" not in html


def test_a_run_cancelled_since_is_chosen_again(world, teacher, draft, run):
    type(run).objects.update(state="cancelled")
    with pytest.raises(Incomplete) as refusal:
        actions.register(application=draft, by=teacher, now=NOW)
    assert refusal.value.step == "provider"
    CourseRunFactory(provider=run.provider, qualification=run.qualification, term=run.term, **LATE)
    with pytest.raises(Incomplete) as refusal:
        actions.register(application=draft, by=teacher, now=NOW)
    assert refusal.value.step == "course"


def test_cancelling_a_session_mails_whoever_registered_for_the_run_through_the_pages(
    client, teacher, draft, run
):
    session = SessionFactory(run=run, on=date(2099, 1, 13))
    sign_in(client, teacher).post(url(draft, "check-answers"))
    sign_in(client, HubMembershipFactory(hub=run.hub).user)
    address = reverse("admin:catalogue_session_cancel", args=[session.pk])
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, {"seen": seen, "note": "The hall is flooded."})
    (change,) = RunChange.objects.all()
    tell(change.pk)
    sweep(0)
    mail = OutboxMessage.objects.get(template="applications/course_changed")
    assert mail.to == teacher.email
    assert "The hall is flooded." in mail.text
