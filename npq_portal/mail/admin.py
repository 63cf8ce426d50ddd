"""Mail as portal staff see it: what waits, what was given up and why. Bodies are not shown."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.audit.lines import Told
from npq_portal.audit.records import found_by
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.outbox import send_again
from npq_portal.mail.sending import give_up, in_words, to_do
from npq_portal.staff import dashboard
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.dashboard import Panel
from npq_portal.staff.roles import Role


def template_words(template: str) -> str:
    """ "applications/place_offered" -> "Place offered"."""
    return template.rpartition("/")[2].replace("_", " ").capitalize()


class KindFilter(admin.SimpleListFilter):
    title = "what it tells of"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        templates = OutboxMessage.objects.templates()
        return sorted(((each, template_words(each)) for each in templates), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
        return queryset.filter(template=self.value()) if self.value() else queryset


class Mails(ChangeList):
    """With what each is about called by its name: two queries for each kind of record on the page, at most."""

    result_list: list[Any]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        told = Told({row.about for row in self.result_list if row.about}, request)
        for row in self.result_list:
            row.told = told


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view change"}
    every_row = True  # only portal staff come here, and they see everything
    tells_of_people = True
    list_display = ("subject", "to", "about_what", "standing", "why", "what_to_do")
    list_filter = ("state", KindFilter)
    # Each has an index.
    search_fields = ("=to", "about__exact", "dedupe_key__exact")
    search_help_text = "A whole e-mail address, an application's reference, or a name"
    sortable_by = ()
    actions = ("try_again", "stop_trying")
    fieldsets = (
        (None, {"fields": ("to", "subject", "about_what", "queued_at", "standing", "why", "what_to_do")}),
        (
            "For whoever runs the portal",
            {
                "classes": ["collapse"],
                "fields": ("template", "about", "dedupe_key", "message_id", "attempts"),
            },
        ),
    )
    readonly_fields = (
        "to",
        "subject",
        "about_what",
        "queued_at",
        "standing",
        "why",
        "what_to_do",
        "template",
        "about",
        "dedupe_key",
        "message_id",
        "attempts",
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Mails

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "E-mails", **(extra_context or {})})

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        message: Any = super().get_object(request, object_id, from_field)
        if message is not None:
            message.told = Told({message.about} - {""}, request)
        return message

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[OutboxMessage], search_term: str
    ) -> tuple[QuerySet[OutboxMessage], bool]:
        """Also by whom or what it is about, as people call it."""
        rows, twice = super().get_search_results(request, queryset, search_term)
        if meant := found_by(search_term):
            rows |= queryset.filter(about__in=meant)
        return rows, twice

    @admin.display(description="About")
    def about_what(self, message: Any) -> str:
        if not message.about:
            return "Nothing in particular"
        thing = message.told.thing(message.about)
        if not thing["address"]:
            return str(thing["name"])
        return format_html('<a href="{}">{}</a>', thing["address"], thing["name"])

    @admin.display(description="When")
    def standing(self, message: OutboxMessage) -> str:
        """What became of it so far, with the time."""
        tried = f"Tried {message.attempts} times. " if message.attempts > 1 else ""
        if message.sent_at:
            return f"{tried}Sent on {_moment(message.sent_at)}"
        if message.next_try_at is None:
            return f"{tried}Given up. Written on {_moment(message.queued_at)}"
        after = "Next try" if message.attempts else "Goes out"
        return f"{tried}{after} on {_moment(message.next_try_at)}"

    @admin.display(description="What went wrong")
    def why(self, message: OutboxMessage) -> str:
        return in_words(message.last_error) or "Nothing"

    @admin.display(description="What to do")
    def what_to_do(self, message: OutboxMessage) -> str:
        return to_do(message)

    @admin.action(description="Give up what waits to be sent", permissions=["change"])
    def stop_trying(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """What is being sent at this moment is left, and what is held for a while, as after a decision."""
        by, now = person(request), timezone.now()
        stopped = sum(give_up(each, by=by, now=now) for each in queryset.filter(state=MailState.QUEUED))
        self.message_user(request, f"{stopped} given up.", messages.SUCCESS if stopped else messages.WARNING)

    @admin.action(description="Try again to send what was given up", permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """Sign-in codes and links that stand for somebody are left: they were emptied, and new ones can be had.

        So are those whose address was forgotten.
        """
        by, now = person(request), timezone.now()
        given_up = queryset.filter(state=MailState.DEAD, sensitive=False).exclude(to="")
        tried = sum(send_again(each, by=by, now=now) for each in given_up)
        self.message_user(
            request, f"{tried} to be sent again.", messages.SUCCESS if tried else messages.WARNING
        )


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"


@dashboard.register
def given_up(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if Role.PORTAL in roles:
        count = OutboxMessage.objects.filter(state=MailState.DEAD).count()
        url = reverse("admin:mail_outboxmessage_changelist") + "?state__exact=dead"
        yield Panel("E-mails that could not be sent", count, url, urgent=True)
