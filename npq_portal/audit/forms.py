"""What the audit trail is searched by."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from npq_portal.audit.models import AuditEvent, AuditEventQuerySet
from npq_portal.audit.presenters import action_words
from npq_portal.audit.records import actors_called, records_called

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CHOSEN = ("action", "kind", "since", "until")
NOT_A_DATE = {"invalid": "Enter a date, for example 2026-11-22."}


class SearchForm(forms.Form):
    """Two queries make it: the actions and the kinds that there are, each read from an index."""

    action = forms.ChoiceField(label="What happened", required=False)
    kind = forms.ChoiceField(label="To what kind of record", required=False)
    record = forms.CharField(
        label="To which record",
        required=False,
        max_length=160,
        help_text="An application's reference, a person's e-mail address, or a record's number.",
    )
    actor = forms.CharField(
        label="Who did it",
        required=False,
        max_length=160,
        help_text="A name or an e-mail address, or “the portal” for what it did by itself.",
    )
    since = forms.DateField(label="From", required=False, widget=DATE, error_messages=NOT_A_DATE)
    until = forms.DateField(label="To", required=False, widget=DATE, error_messages=NOT_A_DATE)
    text = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        help_text="In notes and in what changed. All of them are looked for; “quoted” side by side.",
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options | {"label_suffix": ""})
        self.kinds = AuditEvent.objects.none().kinds()
        actions = AuditEvent.objects.none().actions()
        told = [(action, f"{action_words(action)} ({action})") for action in actions]
        self.fields["action"].choices = [("", "Anything"), *told]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Any"), *((kind, kind) for kind in self.kinds)]  # type: ignore[attr-defined]
        for name in self.fields:
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"id_{name}_error",
                }

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "Enter a day that is not before the first.")
        return given

    def found(self) -> AuditEventQuerySet:
        """What fits, in no order yet; nothing where the form is filled in wrongly."""
        if not self.is_valid():
            return AuditEvent.objects.none()
        events: AuditEventQuerySet = AuditEvent.objects.filter(**self._exactly())
        if kind := self.cleaned_data["kind"]:
            events = events.of_kind(kind)
        if text := self.cleaned_data["text"]:
            events = events.saying(text)
        return events

    def _exactly(self) -> dict[str, Any]:
        given = self.cleaned_data
        wanted: dict[str, Any] = {}
        if given["action"]:
            wanted["action"] = given["action"]
        if given["record"]:
            wanted["subject__in"] = sorted(records_called(given["record"], self.kinds))
        if given["actor"]:
            wanted["actor__in"] = sorted(actors_called(given["actor"]))
        if given["since"]:
            wanted["at__gte"] = timezone.make_aware(datetime.combine(given["since"], time.min))
        if given["until"]:
            day_after = given["until"] + timedelta(days=1)
            wanted["at__lt"] = timezone.make_aware(datetime.combine(day_after, time.min))
        return wanted

    def without_people(self) -> dict[str, Any]:
        """The search as an audit row may keep it. What somebody wrote may name a person: only that they did is kept."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        kept = {name: given[name] for name in CHOSEN if name in given}
        written = [name for name in given if name not in CHOSEN]
        return {**kept, "and_by": written} if written else kept
