"""What staff fill in about a course run and its sessions, by hand or in a file: each thing that the database would
refuse is told before, beside its field, in words that say what to do.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms

from catalogue.confirming import confirmed_field, refuse_unconfirmed
from catalogue.doubts import Offers
from catalogue.models import CourseRun, Session
from catalogue.models.session import POSTCODE
from catalogue.models.years import YEARS
from catalogue.run_dates import YEAR, date_problems, outside, time_problems
from npq_portal.fields import OneLineField

DATE_LIKE = {"invalid": "Enter a real date, like 03/12/2026."}
TIME_LIKE = {"invalid": "Enter a real time, like 09:30."}
TEXT = {"max_length": "Write %(limit_value)d characters at most."}
WHOLE_NUMBER = {
    "invalid": "Enter a whole number, like 12.",
    "min_value": "Enter 0 or more.",
    "max_value": "Enter a smaller number.",
}
POUNDS = dict.fromkeys(
    ["invalid", "max_digits", "max_decimal_places", "max_whole_digits"],
    "Enter the price in pounds, like 890 or 890.50.",
)
PLACES = ("funded_places", "funded_taken", "paying_places", "paying_taken")
WHOSE = {
    "qualification": "Choose the NPQ.",
    "term": "Choose the term.",
    "provider": "Choose the lead provider.",
    "hub": "Choose the hub.",
    "partner": "Choose the delivery partner.",
    "state": "Choose how it stands.",
}


def moment(text: str) -> datetime | None:
    """None for what is no time: the verbs refuse it as they do a time that has passed."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def token_of(text: str) -> UUID | None:
    """None for what the page did not hold: then nothing tells whether the form is sent again."""
    try:
        return UUID(text)
    except ValueError:
        return None


class PriceField(forms.DecimalField):
    """Not a number that is none: Django compares it with the price before it looks whether it is finite."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say a whole number
        price: Decimal | None = super().to_python(value)
        if price is not None and not price.is_finite():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return price


class CourseRunForm(forms.ModelForm):
    """A run, with the time it was last changed when the person opened it; a new one, with what tells it from a form
    that was sent before.

    What is doubtful is asked about where `day` is set, on which it is filled in; a file's preview tells it instead.
    """

    day: date | None = None
    # On which it is looked at, by hand or in a file: what was seen was seen by then.
    today: date | None = None
    # Why it was not saved a moment ago: what was filled in is shown again, with this above it.
    refusal = ""
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = confirmed_field()

    class Meta:
        model = CourseRun
        fields = "__all__"  # noqa: DJ007 -- the admin says which, by the person's role
        field_classes = {"price": PriceField}
        error_messages = {
            **dict.fromkeys(["starts_on", "ends_on", "apply_by", "price_as_of", "places_as_of"], DATE_LIKE),
            **dict.fromkeys(PLACES, WHOLE_NUMBER),
            **{name: {"required": choose, "invalid_choice": choose} for name, choose in WHOSE.items()},
            "price": POUNDS,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()
        else:
            self.initial["token"] = str(uuid4())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        self._check_dates(answers.get("starts_on"), answers.get("ends_on"), answers.get("apply_by"))
        self._check_price(answers)
        self._check_places(answers)
        self._check_whose(answers)
        if self.refusal:
            self.add_error(None, self.refusal)
        return answers

    def clean_seen(self) -> datetime | None:
        return moment(self.cleaned_data["seen"])

    def clean_state(self) -> str:
        """Cancelling has a page of its own, which asks first; a file's preview tells what a file would cancel."""
        state: str = self.cleaned_data["state"]
        cancelled = CourseRun.State.CANCELLED
        if self.day and state == cancelled and self.instance.pk and self.instance.state != cancelled:
            raise forms.ValidationError(
                "Use “Cancel this run” above: it asks first, and what people are to be told."
            )
        return state

    def clean_token(self) -> UUID | None:
        return token_of(self.cleaned_data["token"])

    def _check_dates(self, starts: date | None, ends: date | None, apply_by: date | None) -> None:
        for name, problem in date_problems(starts, ends, apply_by).items():
            if name not in self.errors:
                self.add_error(name, problem)
        # The sessions are compared with dates that stand, or with none.
        self.instance.dates_stand = not self.errors.keys() & {"starts_on", "ends_on"}
        for name in ("price_as_of", "places_as_of"):
            day = self.cleaned_data.get(name)
            if day and day.year not in YEARS:
                self.add_error(name, YEAR)
            elif day and self.today and day > self.today:
                self.add_error(name, "Enter a day that has come: today or one before.")

    def _check_price(self, answers: dict[str, Any]) -> None:
        price = answers.get("price")
        if price is not None and price <= 0:
            self.add_error("price", "Enter a price above 0, or leave it out.")
        if price is not None and not answers.get("price_as_of") and "price_as_of" not in self.errors:
            self.add_error("price_as_of", "Enter the day this price was seen.")
        said = answers.get("price_as_of") or answers.get("price_plus_vat") is not None
        if price is None and said and "price" not in self.errors:
            self.add_error("price", "Enter the price, or leave out what is said about it.")

    def _check_places(self, answers: dict[str, Any]) -> None:
        for kind in ("funded", "paying"):
            places, taken = answers.get(f"{kind}_places"), answers.get(f"{kind}_taken")
            if taken is not None and places is None and f"{kind}_places" not in self.errors:
                self.add_error(f"{kind}_places", "Enter how many places there are in all.")
            if taken is not None and places is not None and taken > places:
                self.add_error(f"{kind}_places", f"There cannot be fewer places than the {taken} taken.")
        known = any(answers.get(name) is not None for name in PLACES)
        if known and not answers.get("places_as_of") and "places_as_of" not in self.errors:
            self.add_error("places_as_of", "Enter the day these places were counted.")
        if not known and answers.get("places_as_of") and not self.errors.keys() & set(PLACES):
            self.add_error("places_as_of", "Enter the places too, or leave out this day.")

    def _check_whose(self, answers: dict[str, Any]) -> None:
        """Of a run that is new, or is to be somebody else's; what was confirmed once is not asked about again."""
        whose = {name: answers.get(name) for name in ("provider", "qualification", "term")}
        if self.day and whose.keys() & set(self.changed_data) and all(whose.values()):
            refuse_unconfirmed(self, Offers.as_known().doubts(CourseRun(**whose), self.day))


class SessionForm(forms.ModelForm):
    class Meta:
        model = Session
        fields = [
            "title",
            "on",
            "starts_at",
            "ends_at",
            "facilitator",
            "online",
            "venue",
            "postcode",
            "cancelled",
        ]
        field_classes = dict.fromkeys(["title", "facilitator", "venue"], OneLineField)
        error_messages = {
            **dict.fromkeys(["title", "facilitator", "venue", "postcode"], TEXT),
            "on": DATE_LIKE,
            "starts_at": TIME_LIKE,
            "ends_at": TIME_LIKE,
        }

    def clean_postcode(self) -> str:
        letters = re.sub(r"[^A-Z0-9]", "", str(self.cleaned_data["postcode"]).upper())
        postcode = f"{letters[:-3]} {letters[-3:]}" if letters else ""
        if postcode and not re.match(POSTCODE, postcode):
            raise forms.ValidationError("Enter a full postcode, like SK7 4AB.")
        return postcode

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        on, starts, ends = answers.get("on"), answers.get("starts_at"), answers.get("ends_at")
        for name, problem in time_problems(on, starts, ends).items():
            if name not in self.errors:
                self.add_error(name, problem)
        if answers.get("venue") and not answers.get("postcode") and "postcode" not in self.errors:
            self.add_error("postcode", "Enter the postcode of the venue.")
        return answers


class SessionFormSet(forms.BaseInlineFormSet):
    """A run's sessions, each within its dates; those that were not touched too, as the dates may have moved. One that
    is cancelled stays where it was.
    """

    def clean(self) -> None:
        super().clean()
        if not getattr(self.instance, "dates_stand", True):
            return
        for form in self.forms:
            answers = form.cleaned_data if form.is_valid() else {}
            on = None if answers.get("cancelled") else answers.get("on")
            problem = outside(on, self.instance.starts_on, self.instance.ends_on) if on else ""
            if problem and form not in self.deleted_forms:
                form.add_error("on", problem)
