"""What staff fill in about an application: the two decisions, and a note."""

from typing import Any

from django import forms

LONGEST_REASON = 2_000


class AcceptForm(forms.Form):
    place = forms.ChoiceField(
        label="Does this person get one of your funded places?",
        widget=forms.RadioSelect,
        choices=[("funded", "Accept with a funded place"), ("unfunded", "Accept without a funded place")],
        error_messages={"required": "Choose whether this person gets a funded place"},
    )

    def __init__(self, *args: Any, with_places: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_places:
            self.fields["place"].choices = [("unfunded", "Accept without a funded place")]  # type: ignore[attr-defined]
            self.fields["place"].initial = "unfunded"


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


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Add a note",
        help_text="Only staff see notes.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": "Write something before you save the note"},
    )
