"""What the page of the switches asks. Times are of England."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from npq_portal.switches.models import Switches

OPEN = {
    "yes": "Open: people may register in the terms whose dates include today",
    "no": "Closed to everybody",
}


class WhenField(forms.SplitDateTimeField):
    """A day and a time of day, each with its own name for those who hear the page."""

    def __init__(self, **options: Any) -> None:
        widget = forms.SplitDateTimeWidget(
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        said = {
            "invalid_date": "Enter the day as 23/11/2026.",
            "invalid_time": "Enter the time as 18:30.",
        }
        super().__init__(required=False, widget=widget, error_messages=said, **options)
        self.widget.widgets[0].attrs["aria-label"] = f"{self.label}, day"
        self.widget.widgets[1].attrs["aria-label"] = f"{self.label}, time"


class SwitchesForm(forms.Form):
    registration = forms.ChoiceField(
        label="Registration",
        choices=list(OPEN.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether registration is open."},
    )
    closed_words = forms.CharField(
        label="What people read while it is closed",
        help_text="Why, and when to come back. Up to 300 characters. Kept for the next time while it is open.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    banner = forms.CharField(
        label="Banner on every page",
        help_text="What will happen, when, and what people should do. Up to 300 characters. Empty for no banner.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    banner_from = WhenField(label="Shown from", help_text="The day and time in England.")
    banner_until = WhenField(label="Shown until", help_text="The day and time in England.")

    def __init__(self, posted: Any, switches: Switches, now: datetime) -> None:
        begins = switches.banner_from or now.replace(second=0, microsecond=0)
        initial = {
            "registration": "yes" if switches.registration_open else "no",
            "closed_words": switches.closed_words,
            "banner": switches.banner,
            "banner_from": begins,
            "banner_until": switches.banner_until,
        }
        super().__init__(posted, initial=initial)
        for name in self.fields:
            if self.is_bound and name in self.errors:
                attributes = {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
                widget = self.fields[name].widget
                for part in getattr(widget, "widgets", [widget]):
                    part.attrs |= attributes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("registration") == "no" and not given.get("closed_words"):
            self.add_error("closed_words", "Say why registration is closed: every page shows it.")
        if given.get("banner"):
            self._times(given)
        return given

    def _times(self, given: dict[str, Any]) -> None:
        for name, what in (("banner_from", "begins"), ("banner_until", "ends")):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, f"Enter the day and time when the banner {what}.")
        begins, ends = given.get("banner_from"), given.get("banner_until")
        if begins and ends and ends <= begins:
            self.add_error("banner_until", "Enter a time after the banner begins.")

    def hours(self) -> list[forms.BoundField]:
        return [self["banner_from"], self["banner_until"]]

    @property
    def values(self) -> dict[str, Any]:
        """As the verb takes them. Times without a banner are of no use, and are left out."""
        given = self.cleaned_data
        text = " ".join(given["banner"].split())
        return {
            "registration_open": given["registration"] == "yes",
            "closed_words": " ".join(given["closed_words"].split()),
            "banner": text,
            "banner_from": _whole(given["banner_from"]) if text else None,
            "banner_until": _whole(given["banner_until"]) if text else None,
        }


def _whole(at: datetime) -> datetime:
    return timezone.localtime(at).replace(second=0, microsecond=0)
