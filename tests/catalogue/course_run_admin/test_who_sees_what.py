"""Course runs in the staff area: each sees their own."""

from datetime import date

import pytest
from django.urls import reverse

from catalogue.models import CourseRun
from tests.catalogue.course_run_admin.posting import LIST, answers, change_url
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db


def listed(client):
    return set(client.get(LIST).context["cl"].queryset)


class TestWhoSeesWhat:
    def test_staff_list_only_their_own(self, client, own_staff, run, rival):
        sign_in(client, own_staff)
        assert listed(client) == {run}

    def test_portal_staff_list_all(self, client, run, rival):
        sign_in(client, PortalStaffFactory())
        assert listed(client) == {run, rival}

    def test_filters_do_not_name_the_others(self, client, own_staff, run, rival):
        sign_in(client, own_staff)
        page = client.get(LIST).content.decode()
        assert rival.provider.name not in page
        assert rival.hub.name not in page

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_anothers_run_is_answered_as_one_that_never_was(self, client, own_staff, rival, method):
        sign_in(client, own_staff)
        nothing = reverse("admin:catalogue_courserun_change", args=[rival.pk + 1_000])
        theirs = getattr(client, method)(change_url(rival), answers(rival))
        none = getattr(client, method)(nothing, answers(rival))
        assert theirs.status_code == none.status_code
        assert theirs.headers.get("Location") == none.headers.get("Location")
        assert theirs.status_code in {302, 404}
        rival.refresh_from_db()
        assert rival.starts_on == date(2027, 1, 13)

    @pytest.mark.parametrize("action", ["delete_selected", "nothing"])
    def test_anothers_run_is_not_reached_by_a_forged_action(self, client, own_staff, run, rival, action):
        sign_in(client, own_staff)
        before = list(CourseRun.objects.order_by("pk").values())
        pages = [
            client.post(LIST, {"action": action, "_selected_action": [str(pk)], "index": "0"}, follow=True)
            for pk in (rival.pk, rival.pk + 1_000)
        ]
        assert list(CourseRun.objects.order_by("pk").values()) == before
        theirs, nobodys = (page.content.decode() for page in pages)
        assert rival.hub.name not in theirs
        assert ("errornote" in theirs, "messagelist" in theirs) == (
            "errornote" in nobodys,
            "messagelist" in nobodys,
        )

    def test_a_membership_that_ended_counts_at_once(self, client, hub_staff, run):
        sign_in(client, hub_staff)
        hub_staff.hub_memberships.all().delete()
        assert client.get(change_url(run)).status_code in {302, 403, 404}

    @pytest.mark.parametrize("person", [StaffFactory, UserFactory])
    def test_others_see_nothing(self, client, run, person):
        sign_in(client, person())
        assert client.get(LIST).status_code in {302, 403}
        assert client.post(change_url(run), answers(run)).status_code in {302, 403, 404}
        run.refresh_from_db()
        assert run.starts_on == date(2027, 1, 13)
