"""What staff answer on the pages about a course run that are not its own form: cancelling and copying it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q

from catalogue.actions.copying import Dates
from catalogue.confirming import confirmed_field, refuse_unconfirmed, show_boxes
from catalogue.doubts import Doubt
from catalogue.models import CourseRun, Session, Term
from catalogue.models.years import YEARS
from catalogue.run_dates import YEAR, date_problems, outside, time_problems
from catalogue.run_forms import DATE_LIKE, moment, token_of
from npq_portal.fields import WordsField

LONGEST_NOTE = 1_000


class CancelForm(forms.Form):
    """What staff say when they cancel, and how the run stood when they opened the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = WordsField(
        label="What do you want to say to the people on it?",
        help_text="You may leave it empty. They read it word for word.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": f"Write {LONGEST_NOTE:,} characters at most."},
    )

    def clean_seen(self) -> datetime | None:
        return moment(self.cleaned_data["seen"])


class CopyForm(forms.Form):
    """Where to; asked in the address, since nothing is written yet."""

    term = forms.ModelChoiceField(
        Term.objects.none(),
        label="To which term?",
        empty_label="Choose a term",
        help_text="A term is listed once DfE has announced it and its funding rules are in the portal.",
        to_field_name="identifier",
        error_messages={"required": "Choose the term.", "invalid_choice": "Choose one of the terms."},
    )
    first_day = forms.DateField(
        label="On which day does it start then?",
        required=False,
        error_messages=DATE_LIKE,
        help_text="For example 10/11/2027. All dates move by whole weeks, so each keeps its day of the week."
        " Leave it empty for the same time of year.",
    )

    def __init__(self, run: CourseRun, day: date, *arguments: Any, **options: Any) -> None:
        """Of the terms that a course may still begin in on `day`, those after the run's own come first, the next one
        before the others.
        """
        super().__init__(*arguments, **options)
        terms = Term.objects.to_begin_in(day).annotate(is_later=Q(position__gt=run.term.position))
        self.fields["term"].queryset = terms.order_by("-is_later", "position")  # type: ignore[attr-defined]
        self.later_terms = terms.filter(is_later=True).exists()

    def clean_first_day(self) -> date | None:
        first: date | None = self.cleaned_data["first_day"]
        if first and first.year not in YEARS:
            raise forms.ValidationError(YEAR)
        return first


class CopyDatesForm(forms.Form):
    """The dates of the copy, to be looked at and changed: the run's, and one for each of its sessions."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    starts_on = forms.DateField(label="Starts on", required=False, error_messages=DATE_LIKE)
    ends_on = forms.DateField(label="Ends on", required=False, error_messages=DATE_LIKE)
    apply_by = forms.DateField(label="Apply by", required=False, error_messages=DATE_LIKE)
    confirmed = confirmed_field()

    def __init__(
        self,
        run: CourseRun,
        sessions: Iterable[Session],
        dates: Dates,
        doubts: Iterable[Doubt],
        *arguments: Any,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.run, self.sessions, self.doubts = run, list(sessions), list(doubts)
        show_boxes(self, self.doubts)
        self.initial = {"token": str(uuid4())} | {
            name: getattr(dates, name) for name in ("starts_on", "ends_on", "apply_by")
        }
        for session in self.sessions:
            name = f"session_{session.pk}"
            self.fields[name] = forms.DateField(label=str(session), required=False, error_messages=DATE_LIKE)
            self.initial[name] = dates.sessions[session.pk]
        for name in self.errors if self.is_bound else ():
            self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}

    def clean_token(self) -> UUID | None:
        return token_of(self.cleaned_data["token"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        starts, ends = answers.get("starts_on"), answers.get("ends_on")
        for name, problem in date_problems(starts, ends, answers.get("apply_by")).items():
            if name not in self.errors:
                self.add_error(name, problem)
        if not self.errors.keys() & {"starts_on", "ends_on"}:
            for session in self.sessions:
                on = answers.get(f"session_{session.pk}")
                if on and (problem := outside(on, starts, ends)):
                    self.add_error(f"session_{session.pk}", problem)
        for session in self.sessions:
            name = f"session_{session.pk}"
            for problem in time_problems(answers.get(name), session.starts_at, session.ends_at).values():
                if answers.get(name) and name not in self.errors:
                    self.add_error(name, problem)
        refuse_unconfirmed(self, self.doubts)
        return answers

    def dates(self) -> Dates:
        """As they were filled in; a session without a date stays without."""
        answers = self.cleaned_data
        return Dates(
            answers["starts_on"],
            answers["ends_on"],
            answers["apply_by"],
            {session.pk: answers[f"session_{session.pk}"] for session in self.sessions},
        )

    def day_in(self, name: str) -> date | None:
        """What stands in a field: as filled in where that is a date, else as proposed."""
        day: date | None = self.cleaned_data.get(name) if self.is_bound else self.initial[name]
        return day
