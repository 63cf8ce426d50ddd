"""What staff fill in about an application: its decisions, messages to the applicant, and notes to each other."""

from collections.abc import Iterable
from typing import ClassVar

from django import forms

from applications.actions import messages
from applications.models.training import WORDS
from applications.states import Action

LONGEST_REASON = 2_000


class AcceptForm(forms.Form):
    FUNDED: ClassVar[tuple[str, str]] = ("funded", "Accept with a funded place")
    UNFUNDED: ClassVar[tuple[str, str]] = ("unfunded", "Accept without a funded place")

    place = forms.ChoiceField(
        label="Does this person get one of your funded places?",
        widget=forms.RadioSelect,
        choices=[FUNDED, UNFUNDED],
        error_messages={"required": "Choose whether this person gets a funded place"},
    )

    @classmethod
    def of(cls, *, with_places: bool) -> type["AcceptForm"]:
        """Where no place can be given, only the other answer is offered, and it is chosen already."""
        return cls if with_places else WithoutPlaces


class WithoutPlaces(AcceptForm):
    place = forms.ChoiceField(
        label="There is no funded place to give.",
        widget=forms.RadioSelect,
        choices=[AcceptForm.UNFUNDED],
        initial=AcceptForm.UNFUNDED[0],
        error_messages={"required": "Choose to accept without a funded place, or go back"},
    )


class RejectForm(forms.Form):
    reason = forms.CharField(
        label="Why is this person not accepted?",
        help_text="The applicant reads this word for word.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Give a reason: the applicant reads it",
            "max_length": f"Use {LONGEST_REASON:,} characters or fewer",
        },
    )


class AskForm(forms.Form):
    text = forms.CharField(
        label="Your question to the applicant",
        help_text="The applicant reads it word for word, and answers on their page.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=messages.LONGEST,
        error_messages={
            "required": "Write what you need to know",
            "max_length": f"Use {messages.LONGEST:,} characters or fewer",
        },
    )


class TrainingForm(forms.Form):
    field_order = ["action", "on", "reason"]

    on = forms.DateField(
        label="From which day?",
        help_text="For example 22/11/2026. Today or a day that has passed.",
        error_messages={
            "required": "Enter the day from which it counts",
            "invalid": "Enter a day like 22/11/2026",
        },
    )
    reason = forms.CharField(
        label="Why?",
        help_text="The applicant reads it word for word. You can leave it out for a start, a return or a pass.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": f"Use {LONGEST_REASON:,} characters or fewer"},
    )

    @classmethod
    def of(cls, allowed: Iterable[Action]) -> type["TrainingForm"]:
        """With `action`: those of WORDS that are open now are its choices."""
        choices = [(action.value, WORDS[action]) for action in allowed]
        field = forms.ChoiceField(
            label="What happened?",
            widget=forms.RadioSelect,
            choices=choices,
            error_messages={"required": "Choose what happened", "invalid_choice": "Choose what happened"},
        )
        return type("OpenTrainingForm", (cls,), {"action": field})


class MessageForm(forms.Form):
    text = forms.CharField(
        label="Write to the applicant",
        help_text="They are told by e-mail, and answer on their page.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=messages.LONGEST,
        error_messages={
            "required": "Write your message before you send it",
            "max_length": f"Use {messages.LONGEST:,} characters or fewer",
        },
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Add a note",
        help_text="Only staff see notes.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": "Write something before you save the note"},
    )
