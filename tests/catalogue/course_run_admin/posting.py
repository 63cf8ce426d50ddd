"""The addresses of a course run's pages, and what its change page posts."""

from django.urls import reverse

LIST = "/admin/catalogue/courserun/"


def change_url(run):
    return reverse("admin:catalogue_courserun_change", args=[run.pk])


def answers(run, **changed):
    """What the change page would post, with no session touched."""
    return {
        "seen": run.updated_at.isoformat(),
        "starts_on": "2027-01-20",
        "ends_on": "2028-01-12",
        "apply_by": "2027-01-10",
        "state": "open",
        "mode": "",
        "sessions-TOTAL_FORMS": "0",
        "sessions-INITIAL_FORMS": "0",
        **changed,
    }
