"""Telling the people on a course run that it moved or was cancelled."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from applications.actions.mails import tell_applicant
from applications.models import Application
from catalogue.models import RunChange


@transaction.atomic
def tell_of_run_change(*, pk: int, now: datetime) -> int:
    """Queue a mail to everybody whose live application is for the run of the change `pk`, and return how many.

    It happens once: a second call, at the same time too, tells nobody. Drafts, applications that ended as far as their
    applicants know, and those who chose the run when it was as it now is are left out, and the applications themselves
    stay as they are.
    """
    if RunChange.objects.filter(pk=pk, told_at=None).update(told_at=now) != 1:
        return 0
    change = RunChange.objects.select_related("run").get(pk=pk)
    on_it = Application.objects.told_live(now).filter(course_run=change.run)
    if change.run_updated_at:
        # Where it was not kept when the course was chosen, they are told, rather than not.
        on_it = on_it.filter(Q(course_run_as_of=None) | Q(course_run_as_of__lt=change.run_updated_at))
    people = on_it.with_names().order_by("pk")
    for application in people:
        tell_applicant(
            "course_cancelled" if change.cancelled else "course_changed",
            application,
            key=f"catalogue.run_change:{change.pk}:{application.pk}",
            now=now,
            change=change,
            course=change.run.get_absolute_url(),
        )
    return len(people)
