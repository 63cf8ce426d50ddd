"""What staff fill in about an application: its decisions, messages to the applicant, and notes to each other."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from applications.actions.messages import LONGEST as LONGEST_MESSAGE
from applications.journey.courses import name_of
from applications.models.training import WORDS
from applications.states import Action
from applications.vocabulary import LONGEST_REASON
from catalogue.models import CourseRun
from npq_portal.fields import WordsField

FUNDED = ("funded", "Accept with a funded place")
UNFUNDED = ("unfunded", "Accept without a funded place")


def words(label: str, *, longest: int, missing: str = "", rows: int = 6, help_text: str = "") -> WordsField:
    """Room for so many characters; `missing` says what to do where nothing is written, which else may be."""
    return WordsField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=longest,
        required=bool(missing),
        error_messages={"required": missing, "max_length": f"Use {longest:,} characters or fewer"},
    )


def one_of(label: str, choices: list[tuple[str, str]], missing: str, chosen: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        widget=forms.RadioSelect,
        choices=choices,
        initial=chosen,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class WhyForm(forms.Form):
    """Of a decision whose reason the applicant is not told."""

    reason = words(
        "Why?",
        help_text="Only staff read it. It is kept as a note.",
        longest=LONGEST_REASON,
        missing="Give a reason: your colleagues read it",
        rows=3,
    )


class AcceptForm(WhyForm):
    """Where no place can be given, only the other answer is offered, and it is chosen already."""

    field_order = ("place", "reason")

    def __init__(self, data: Any = None, *, with_places: bool) -> None:
        super().__init__(data)
        missing = "Choose whether this person gets a funded place"
        self.fields["place"] = (
            one_of("Does this person get one of your funded places?", [FUNDED, UNFUNDED], missing)
            if with_places
            else one_of("This person gets no funded place.", [UNFUNDED], missing, UNFUNDED[0])
        )
        self.order_fields(self.field_order)


class RejectForm(forms.Form):
    reason = words(
        "Why is this person not accepted?",
        help_text="The applicant reads this word for word.",
        longest=LONGEST_REASON,
        missing="Give a reason: the applicant reads it",
    )


class FundingForm(forms.Form):
    outcome = one_of(
        "Is this person eligible for scholarship funding?",
        [("funded", "Yes, funded"), ("not_funded", "No, not funded")],
        "Choose whether this person is eligible",
    )
    reason = words(
        "Why?",
        help_text="The applicant and the provider read this word for word.",
        longest=LONGEST_REASON,
        missing="Give a reason: the applicant reads it",
        rows=4,
    )


class RunForm(forms.Form):
    """`runs` are those that they can be moved to."""

    run = forms.ModelChoiceField(
        label="To which course run?",
        queryset=CourseRun.objects.none(),
        empty_label="Choose a course run",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a course run"),
    )
    text = words(
        "Your message to the applicant",
        help_text="The applicant reads it word for word, in an e-mail and on their page.",
        longest=LONGEST_MESSAGE,
        missing="Write why they are moved",
    )

    def __init__(self, data: Any = None, *, runs: QuerySet[CourseRun]) -> None:
        super().__init__(data)
        self.fields["run"].queryset = runs  # type: ignore[attr-defined]
        self.fields["run"].label_from_instance = told_run  # type: ignore[attr-defined]


def told_run(run: CourseRun) -> str:
    return f"{name_of(run)}. {run.get_state_display()}"


class PlaceForm(WhyForm):
    """`order` is the order of the list that its reader looks at."""

    place = forms.IntegerField(
        label="To which place?",
        help_text="1 is the next.",
        min_value=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), "Enter a place, such as 1"),
    )
    field_order = ("place", "reason")
    order = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class RevertForm(forms.Form):
    reason = words(
        "Why is the decision taken back?",
        help_text="The applicant and the provider read this word for word. It is kept as a note.",
        longest=LONGEST_REASON,
        missing="Give a reason: the applicant and the provider read it",
    )


class WithdrawForm(forms.Form):
    reason = words(
        "Why is it withdrawn for them?",
        help_text="The applicant reads this word for word. It is kept as a note, which the provider reads too.",
        longest=LONGEST_REASON,
        missing="Give a reason: the applicant reads it",
    )


class AskForm(forms.Form):
    text = words(
        "Your question to the applicant",
        help_text="The applicant reads it word for word, and answers on their page.",
        longest=LONGEST_MESSAGE,
        missing="Write what you need to know",
    )


class TrainingForm(forms.Form):
    """`action` is one of those of WORDS that are open now."""

    on = forms.DateField(
        label="From which day?",
        help_text="For example 22/11/2026. Today or a day that has passed.",
        error_messages={
            "required": "Enter the day from which it counts",
            "invalid": "Enter a day like 22/11/2026",
        },
    )
    reason = words(
        "Why?",
        help_text="The applicant reads it word for word. You can leave it out for a start, a return or a pass.",
        longest=LONGEST_REASON,
        rows=4,
    )

    def __init__(self, data: Any = None, *, allowed: Iterable[Action]) -> None:
        super().__init__(data)
        open_now = [(each.value, told) for each, told in WORDS.items() if each in allowed]
        self.fields = {"action": one_of("What happened?", open_now, "Choose what happened"), **self.fields}


class ToApplicantForm(forms.Form):
    text = words(
        "Write to the applicant",
        help_text="They are told by e-mail, and answer on their page.",
        longest=LONGEST_MESSAGE,
        missing="Write your message before you send it",
        rows=3,
    )


class NoteForm(forms.Form):
    text = words(
        "Add a note",
        help_text="Only staff see notes.",
        longest=LONGEST_REASON,
        missing="Write something before you save the note",
        rows=3,
    )
