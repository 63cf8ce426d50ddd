"""Who of the staff looks at a person is recorded: each look once, by whom, at which page; and nothing else is."""

import pytest
from django.urls import reverse

from npq_portal.audit.models import AuditEvent
from npq_portal.mail.outbox import queue
from tests.factories.applications import NOW, ApplicationFactory
from tests.people import PortalStaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_admin(settings):
    settings.ROOT_URLCONF = "npq_portal.urls"


@pytest.fixture
def dfe():
    return PortalStaffFactory(email="dfe@example.test", full_name="Dee Effee")


@pytest.fixture
def portal(client, dfe):
    return sign_in(client, dfe)


LIST = reverse("admin:applications_application_changelist")


def looks():
    viewed = AuditEvent.objects.filter(action__endswith=".viewed").order_by("pk")
    return list(viewed.values_list("action", "subject", "new__page"))


def test_each_page_about_an_application(portal, dfe):
    application = ApplicationFactory(submitted=True)
    for page in ("change", "history", "accept", "change"):
        portal.get(reverse(f"admin:applications_application_{page}", args=[application.pk]))
    subject = f"applications.application:{application.pk}"
    pages = ("screen", "history", "accept", "screen")
    assert looks() == [("applications.viewed", subject, page) for page in pages]
    assert set(AuditEvent.objects.values_list("actor", flat=True)) == {f"user:{dfe.pk}"}


def test_an_application_met_under_another_name_is_the_application(portal):
    application = ApplicationFactory(registered=True, funding_outcome="review")
    portal.get(reverse("admin:applications_fundingreview_change", args=[application.pk]))
    ((_, subject, page),) = looks()
    assert subject == f"applications.application:{application.pk}"
    assert page.endswith(", screen")
    screen = portal.get(reverse("admin:applications_application_change", args=[application.pk]))
    assert "Dee Effee: once, on" in screen.content.decode()


def test_a_persons_account_and_a_mail_to_them(portal):
    person = UserFactory()
    mail = queue(
        template="account_notice", to=person.email, context={"notice": "Hello."}, dedupe_key="1", now=NOW
    )
    portal.get(reverse("admin:accounts_user_change", args=[person.pk]))
    portal.get(reverse("admin:mail_outboxmessage_change", args=[mail.pk]))
    assert looks() == [
        ("accounts.viewed", f"accounts.user:{person.pk}", "screen"),
        ("mail.viewed", f"mail.outboxmessage:{mail.pk}", "screen"),
    ]


def test_a_list_is_one_look_at_many_without_what_was_searched_for(portal):
    for _ in range(3):
        ApplicationFactory(submitted=True)
    assert portal.get(LIST + "?q=Ada+Applicant&state=submitted&doing=Ada+Applicant&after=").status_code == 200
    portal.get(LIST)
    searched, everybody = AuditEvent.objects.looks().order_by("pk")
    assert searched.new == {
        "page": "list",
        "shown": 3,
        "filters": {"q": "(not kept)", "state": "submitted", "doing": "(not kept)"},
    }
    assert everybody.new == {"page": "list", "shown": 3, "filters": {}}
    assert everybody.subject == "applications.application:list"
    page = portal.get(reverse("admin:audit_auditevent_changelist")).content.decode()
    assert "A list" in page
    assert "Page: list" in page
    assert "/application/list/" not in page


@pytest.mark.parametrize(
    ("name", "looked"),
    [
        ("applications_fundingreview", "applications.application:list"),
        ("applications_accounttomerge", "accounts.user:list"),
        ("applications_allowedaddress", "applications.allowedaddress:list"),
        ("accounts_user", "accounts.user:list"),
        ("mail_outboxmessage", "mail.outboxmessage:list"),
    ],
)
def test_each_list_of_people(portal, name, looked):
    portal.get(reverse(f"admin:{name}_changelist"))
    assert [subject for _, subject, _ in looks()] == [looked]


def test_a_decision_about_many_is_looked_at_before_and_after(portal):
    rows = [ApplicationFactory(submitted=True) for _ in range(2)]
    together = reverse("admin:applications_application_decide_together")
    page = portal.post(together, {"choice": "accept-unfunded", "row": [row.pk for row in rows]})
    tokens = [line.token for line in page.context["preview"].able]
    posted = {
        "choice": "accept-unfunded",
        "row": tokens,
        "confirm": "1",
        "bulk": page.context["key"],
        "reason": "Room for all.",
    }
    portal.post(together, posted, follow=True)
    told = [(each.new["page"], each.new["shown"]) for each in AuditEvent.objects.looks().order_by("pk")]
    assert told == [("decide_together", 2), ("decided_page", 2)]


def test_nothing_where_nothing_was_shown(portal, client):
    application = ApplicationFactory(submitted=True)
    page = reverse("admin:applications_application_change", args=[application.pk])
    portal.head(page)
    portal.post(page)
    portal.get(reverse("admin:applications_application_change", args=[UserFactory().pk]))
    portal.head(LIST)
    portal.get(LIST + "?no_such=filter")
    sign_in(client, UserFactory()).get(page)
    assert looks() == []


def test_a_key_written_otherwise_is_the_same_record(portal):
    application = ApplicationFactory(submitted=True)
    portal.get(f"/admin/applications/application/{application.pk.hex.upper()}/change/")
    assert looks() == [("applications.viewed", f"applications.application:{application.pk}", "screen")]


def test_where_it_cannot_be_recorded_nothing_is_shown(portal, client, monkeypatch):
    application = ApplicationFactory(submitted=True, full_name="Ada Applicant")

    def fails(**row):
        raise RuntimeError

    monkeypatch.setattr("npq_portal.staff.viewing.record", fails)
    client.raise_request_exception = False
    answer = portal.get(reverse("admin:applications_application_change", args=[application.pk]))
    assert answer.status_code == 500
    assert "Ada Applicant" not in answer.content.decode()


def test_the_screen_tells_who_looked_and_its_timeline_does_not(portal, dfe):
    application = ApplicationFactory(submitted=True)
    page = reverse("admin:applications_application_change", args=[application.pk])
    assert "Nobody before you." in portal.get(page).content.decode()
    assert "Dee Effee: once, on" in portal.get(page).content.decode()
    html = portal.get(page).content.decode()
    assert "Dee Effee: 2 times, last on" in html
    assert "Looked at." not in html
