"""What the list of applications shows of each."""

from typing import Any

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from applications.journey.deadlines import decision_expected
from applications.models import Application
from applications.states import State


@admin.display(description="Tick")
def ticked(application: Application) -> str:
    return format_html(
        '<input type="checkbox" class="queue-tick" name="row" value="{}" aria-label="{}, {}">',
        application.pk,
        application.full_name,
        application.reference,
    )


@admin.display(description="Applicant")
def who(application: Application) -> str:
    return application.full_name


@admin.display(description="State")
def doing(application: Any) -> str:
    """`task` and `line_place` are what the queue adds to each row."""
    state = format_html(
        '<span class="portal-state portal-state--{}">{}</span>',
        application.state,
        application.status.label,
    )
    if application.line_place:
        return format_html('{} <span class="review-nowrap">number {}</span>', state, application.line_place)
    if not application.task:
        return state
    return format_html('{} <strong class="queue-task">{}</strong>', state, application.task.label)


@admin.display(description="Funding")
def funding(application: Application) -> str:
    return application.get_funding_outcome_display()


@admin.display(description="Waiting since")
def waiting_since(application: Application) -> str:
    days = max((timezone.now() - application.state_since).days, 0)
    ago = "today" if days == 0 else "1 day" if days == 1 else f"{days} days"
    since = f"{timezone.localtime(application.state_since):%-d %b %Y} ({ago})"
    if application.status is State.SUBMITTED:
        return f"{since}, decide by {decision_expected(application.state_since):%-d %b %Y}"
    return since


@admin.display(description="Reference")
def number(application: Application) -> str:
    return format_html('<span class="review-nowrap">{}</span>', application.reference)


COLUMNS = (who, "qualification", doing, funding, waiting_since, number)
