"""What the audit trail is searched by."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.core.validators import MaxValueValidator
from django.utils import timezone

from npq_portal.audit import periods
from npq_portal.audit.models import AuditEvent, AuditEventQuerySet
from npq_portal.audit.presenters import action_words
from npq_portal.audit.records import actors_called, kind_words, records_called

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CHOSEN = ("action", "kind", "when", "since", "until")
NOT_A_DATE = {"invalid": "Enter a date, for example 2026-11-22."}
# A day after it can still be told.
LAST_DAY = MaxValueValidator(date(9998, 12, 31), NOT_A_DATE["invalid"])
# Beside each action by itself. Most rows of the trail are looks.
LOOKS, ALL_BUT_LOOKS = "looks", "changes"


class SearchForm(forms.Form):
    """Two queries make it: the actions and the kinds that there are, each read from an index.

    `today` is what "yesterday" and "last week" are counted from.
    """

    record = forms.CharField(
        label="Whom or what it was done to",
        required=False,
        max_length=160,
        help_text="A person's name, e-mail address or TRN finds them and their applications. Or a reference, or a "
        "record's number.",
    )
    actor = forms.CharField(
        label="Who did it",
        required=False,
        max_length=160,
        help_text="A name or an e-mail address, or “the portal” for what it did by itself.",
    )
    action = forms.ChoiceField(label="What happened", required=False)
    when = forms.ChoiceField(label="When", required=False)
    since = forms.DateField(label="Or from", required=False, widget=DATE, error_messages=NOT_A_DATE)
    until = forms.DateField(
        label="to", required=False, widget=DATE, error_messages=NOT_A_DATE, validators=[LAST_DAY]
    )
    kind = forms.ChoiceField(label="To what kind of record", required=False)
    text = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        help_text="In notes and in what changed. All of them are looked for; “quoted” side by side.",
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options | {"label_suffix": ""})
        self.today = today
        self.kinds = AuditEvent.objects.none().kinds()
        self._choose("action", _actions(AuditEvent.objects.none().actions()))
        self._choose(
            "kind", [("", "Any"), *sorted(((kind, kind_words(kind)) for kind in self.kinds), key=_by_words)]
        )
        self._choose("when", [("", "At any time"), *periods.choices(today)])
        for name in self.fields:
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"id_{name}_error",
                }

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", "Enter a day that is not before the first.")
        if given.get("when") and (since or until):
            self.add_error("when", "Choose a time here, or enter days, not both.")
        return given

    @property
    def about_some(self) -> bool:
        """Whether it asks after some people or records, rather than leafs through everything."""
        return bool(self.cleaned_data["record"] or self.cleaned_data["actor"])

    def found(self) -> AuditEventQuerySet:
        """What fits, in no order yet; nothing where the form is filled in wrongly."""
        if not self.is_valid():
            return AuditEvent.objects.none()
        events: AuditEventQuerySet = AuditEvent.objects.filter(**self._exactly())
        if self.cleaned_data["action"] == ALL_BUT_LOOKS:
            events = events.but_looks()
        if self.cleaned_data["action"] == LOOKS:
            events = events.looks()
        if kind := self.cleaned_data["kind"]:
            events = events.of_kind(kind)
        if text := self.cleaned_data["text"]:
            events = events.saying(text)
        return events

    def _exactly(self) -> dict[str, Any]:
        given = self.cleaned_data
        wanted: dict[str, Any] = {}
        if given["action"] not in ("", LOOKS, ALL_BUT_LOOKS):
            wanted["action"] = given["action"]
        if given["record"]:
            wanted["subject__in"] = sorted(records_called(given["record"], self.kinds))
        if given["actor"]:
            actors = sorted(actors_called(given["actor"]))
            # Of one alone the index has the newest first; of more, all would be sorted.
            wanted |= {"actor": actors[0]} if len(actors) == 1 else {"actor__in": actors}
        first, last = given["since"], given["until"]
        if given["when"]:
            first, last = periods.period(given["when"], self.today)
        if first:
            wanted["at__gte"] = timezone.make_aware(datetime.combine(first, time.min))
        if last:
            wanted["at__lt"] = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        return wanted

    def without_people(self) -> dict[str, Any]:
        """The search as an audit row may keep it. What somebody wrote may name a person: only that they did is kept."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        kept = {name: given[name] for name in CHOSEN if name in given}
        written = [name for name in given if name not in CHOSEN]
        return {**kept, "and_by": written} if written else kept


def _actions(actions: list[str]) -> list[Any]:
    """The choices, in words and by the part of the portal where they happen."""
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for action in actions:
        app = action.partition(".")[0]
        part = str(apps.app_configs[app].verbose_name) if app in apps.app_configs else app
        parts[part].append((action, action_words(action)))
    grouped = [(part, sorted(found, key=_by_words)) for part, found in sorted(parts.items())]
    return [("", "Anything"), (LOOKS, "Looked at somebody"), (ALL_BUT_LOOKS, "Anything but looks"), *grouped]


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1]
