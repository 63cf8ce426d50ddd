"""The admin as staff may see it: rows through `visible_to(user)`, verbs through the `access` table.

Scoping the list alone leaks: a filter's choices, a foreign key's choices, a history page or a lookup in the
address would still tell of other people's rows. ScopedModelAdmin closes each. Django's own permission tables
are not asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from npq_portal.accounts.requests import person
from npq_portal.audit.facts import changes, pointed_at
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import actor_names, sentence
from npq_portal.audit.recording import record
from npq_portal.audit.records import names_of
from npq_portal.staff import stale
from npq_portal.staff.scoping import DATE_LOOKUPS, Scoped, extends, visible_rows
from npq_portal.verbs import verb

MOST_SEARCH_WORDS = 12


def _where_they_came_from(request: HttpRequest) -> HttpResponseRedirect | None:
    """The page of the staff area whose link said so by `back`; None leaves it to Django, which leads to the list."""
    address = request.GET.get("back", "")
    here = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address) if here and address.startswith(reverse("admin:index")) else None


class ScopedModelAdmin(Scoped, admin.ModelAdmin):
    """Register with this and nothing else: the portal's admin site does not show any other kind."""

    list_per_page = 50
    show_full_result_count = False
    # The site's own pages link from the row; Django's redirect by content type would confirm that a row exists.
    view_on_site = False
    # Fields whose old and new values go into the audit row when changed here. Never personal ones: see `record`.
    audited_fields: ClassVar[tuple[str, ...]] = ()
    # Whether its rows say something about an applicant: then each look at one is recorded (staff/viewing.py).
    tells_of_people: ClassVar[bool] = False
    # What the verbs of this page raise, in words for the person, when somebody else was quicker.
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    # False where a verb of the page holds the row, which has to be held after something else.
    holds_row: ClassVar[bool] = True

    # --- Who may do what

    def _knows_of(self, request: HttpRequest, row: models.Model | None) -> bool:
        if row is None or row.pk is None:
            return True
        known: dict[models.Model, bool] = request.__dict__.setdefault("_known_rows", {})
        if row not in known:
            known[row] = visible_rows(self.model, request).filter(pk=row.pk).exists()
        return known[row]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "view") or self.may(request, "change")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request) and self._knows_of(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may(request, "change") and self._knows_of(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may(request, "delete") and self._knows_of(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "add")

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """A row of somebody else's and a row that never was are answered alike: 404, and not Django's redirect."""
        raise Http404

    def known(self, request: HttpRequest, pk: object) -> Any:
        """The row, for a page of its own beside Django's; 404 for one that this member of staff may not know of."""
        row = self.get_object(request, str(pk))
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        return row

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One of `refusals` changes nothing, and leads back to the page as it is now."""
        shown = super().changeform_view
        posted = object_id if request.method == "POST" else None

        @verb
        def held() -> HttpResponse:
            self._hold(request, posted or "")
            return shown(request, object_id, form_url, extra_context)

        try:
            return held() if posted and self.holds_row else shown(request, object_id, form_url, extra_context)
        except self.refusals as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
        except (Http404, PermissionDenied):
            # Whoever had the form open is told in words; the answer is the same for a row of somebody else's.
            if posted is None or not request.POST.get(stale.MARK) or not self.may(request, "change"):
                raise
            return self._past_changing(request, posted)

    def _hold(self, request: HttpRequest, object_id: str) -> None:
        """The row is read after whoever writes it at this moment, and nobody writes it until the page is saved."""
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except (ValidationError, ValueError):
            return  # no key at all: the page answers that it is nobody's
        visible = self.get_queryset(request).order_by().values("pk")
        rows = self.model._base_manager.select_for_update(no_key=True).filter(pk=key, pk__in=visible)
        list(rows.values_list("pk"))

    def _past_changing(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.has_view_permission(request, row):
            messages.warning(
                request,
                "Since you opened this page it has become something that nobody changes here. Nothing was saved.",
            )
            return redirect(request.path)
        messages.warning(request, "What you had open is not here any more. Nothing was saved.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, **kwargs)
        if not change:
            return made
        return stale.told_when_stale(made, lambda row, since: self._who_changed(request, row, since))

    def _who_changed(self, request: HttpRequest, row: models.Model, since: datetime | None) -> str:
        if since is None:
            return "Somebody else"
        events = self.audit_events(request, row).filter(at__gt=since).exclude(action__endswith=".viewed")
        newest = events.order_by("-at", "-pk").first()
        if newest is None:
            return "Somebody else"
        mine = newest.actor == f"user:{person(request).pk}"
        return "You yourself, in another window," if mine else actor_names([newest])[newest.actor]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **more: Any) -> HttpResponse:
        if context.get("original") is not None and self.has_change_permission(request, context["original"]):
            context["as_read"] = stale.mark_of(context["adminform"].form, timezone.now())
        return super().render_change_form(request, context, *args, **more)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Of a row that is there, what changed and nothing else."""
        obj.save(update_fields=stale.changed_columns(obj, form.was) if change else None)

    def response_post_save_add(self, request: HttpRequest, obj: models.Model) -> HttpResponseRedirect:
        return _where_they_came_from(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: models.Model) -> HttpResponseRedirect:
        return _where_they_came_from(request) or super().response_post_save_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        answer = super().response_delete(request, obj_display, obj_id)
        return _where_they_came_from(request) or answer

    # --- What a list may be narrowed by

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Titled by what it lists. A year that no calendar has is a wrong address, not an error of ours."""
        year = request.GET.get(f"{self.date_hierarchy}__year", "2000")
        if not year.isascii() or not year.isdecimal() or not 1900 <= int(year[:9]) <= 2200:
            raise IncorrectLookupParameters
        found = super().get_changelist_instance(request)
        rows = str(self.opts.verbose_name_plural)
        found.title = rows[:1].upper() + rows[1:]
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """By the first words only: each word is a condition on every searched column."""
        words = search_term.split()[:MOST_SEARCH_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """A filter by a related row offers only rows that the visible rows point at."""
        return [
            (item, RelatedOnlyFieldListFilter) if isinstance(item, str) and self._is_relation(item) else item
            for item in super().get_list_filter(request)
        ]

    def _is_relation(self, path: str) -> bool:
        model, field = self.model, None
        for part in path.split(LOOKUP_SEP):
            field = model._meta.get_field(part)
            model = field.related_model or model
        return bool(field and field.is_relation)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the page itself offers: `?user__email__startswith=a` would read a column letter by letter."""
        if lookup in {"pk", "pk__in", "pk__exact"}:
            return True
        path, _, part = lookup.rpartition(LOOKUP_SEP)
        if part in DATE_LOOKUPS:
            return bool(path) and path == self.date_hierarchy
        paths = {self.date_hierarchy} if self.date_hierarchy else set()
        for item in self.get_list_filter(request) if request else ():
            if isinstance(item, str):
                paths.add(item)
            elif isinstance(item, tuple):
                paths.add(item[0])
            else:
                paths.add(getattr(item, "parameter_name", "") or "")
        return any(extends(lookup, path) for path in paths if path)

    # --- What was done: audit rows instead of Django's log, whose rows hold names

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> AuditEvent:  # type: ignore[override]
        return self._record(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> AuditEvent:  # type: ignore[override]
        return self._record(request, obj, "changed", message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[AuditEvent]:  # type: ignore[override]
        return [self._record(request, row, "deleted", "") for row in queryset]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The facts for the audit row: names of the changed fields, and values for those in `audited_fields`."""
        changed = list(form.changed_data)
        for formset in formsets or ():
            if formset.has_changed():
                changed.append(str(formset.model._meta.verbose_name_plural))
        kept = [name for name in changed if name in self.audited_fields]
        return {
            "old": {name: _plain(form.initial.get(name)) for name in kept} if not add else None,
            "new": {name: _plain(form.cleaned_data.get(name)) for name in kept},
            "note": ", ".join(changed),
        }

    def _record(self, request: HttpRequest, row: models.Model, verb: str, message: Any) -> AuditEvent:
        facts = message if isinstance(message, dict) else {}
        return record(
            action=f"{row._meta.app_label}.{row._meta.model_name}_{verb}",
            subject=row,
            by=person(request),
            now=timezone.now(),
            **{key: value for key, value in facts.items() if value},
        )

    def audit_events(self, request: HttpRequest, row: models.Model) -> models.QuerySet[AuditEvent]:
        """What the history page tells. An admin whose readers may not know everything narrows it."""
        return AuditEvent.objects.about(row)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        events = list(self.audit_events(request, row)) if row else []
        who, names = actor_names(events), names_of(pointed_at(events))
        lines = [(event, sentence(event), changes(event, names), who[event.actor]) for event in events]
        return super().history_view(request, object_id, {**(extra_context or {}), "audit_lines": lines})


class ScopedInline(Scoped):
    """Permissions of an inline come from its own table; which parent is open was decided by the parent."""

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may(request, "view") or self.may(request, "change")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may(request, "delete")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may(request, "add")


class ScopedTabularInline(ScopedInline, admin.TabularInline):
    template = "admin/scrolled_tabular.html"
    view_on_site = False
    extra = 0


class ScopedStackedInline(ScopedInline, admin.StackedInline):
    view_on_site = False
    extra = 0


def _plain(value: Any) -> Any:
    """A form's value as JSON can hold it: a row by its key."""
    if isinstance(value, models.Model):
        return str(value.pk)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
