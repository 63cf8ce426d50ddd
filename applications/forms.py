"""What the applicant says after the form: a message, the answer to an offer, which reminders they want, and that they
want to be erased.
"""

from collections.abc import Collection
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.actions.messages import LONGEST
from applications.journey.reminding import WHEN
from applications.layouts import laid_out
from applications.vocabulary import ReminderKind
from npq_portal.fields import WordsField
from npq_portal.options import YES_NO


class ToProviderForm(forms.Form):
    text = WordsField(
        label="Your message",
        help_text="Staff of the provider who decide about your application read it, and so do this portal's staff.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={
            "required": "Write your message before you send it",
            "max_length": f"Use {LONGEST:,} characters or fewer",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(Field.textarea("text", label_size=Size.MEDIUM))


class OfferForm(forms.Form):
    """`until` says which offer the page showed: an answer to an earlier one answers no later one."""

    until = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(
        label="Do you want this funded place?",
        widget=forms.RadioSelect,
        choices=[
            (option.value, f"{option.label}, {rest}")
            for option, rest in zip(
                YES_NO, ("I take up the place", "offer it to the next person"), strict=True
            )
        ],
        error_messages={
            "required": "Choose yes to take up the place, or no to turn it down",
            "invalid_choice": "Choose yes to take up the place, or no to turn it down",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("until", Field.radios("answer", legend_size=Size.MEDIUM))


class RemindersForm(forms.Form):
    """Ticked is wanted: `wanted` are the kinds, once the form is valid. With nothing ticked there are none."""

    remind = forms.MultipleChoiceField(
        label="Remind me by e-mail of",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[Choice(kind.value, kind.label, hint=WHEN[kind]) for kind in ReminderKind],
        error_messages={"invalid_choice": "Tick the reminders that you want"},
    )

    def __init__(self, *args: Any, off: Collection[ReminderKind], **kwargs: Any) -> None:
        on = [kind.value for kind in ReminderKind if kind not in off]
        super().__init__(*args, **kwargs)
        self.initial = {"remind": on}
        self.helper = laid_out(Field.checkboxes("remind", legend_size=Size.MEDIUM))

    @property
    def wanted(self) -> frozenset[ReminderKind]:
        return frozenset(map(ReminderKind, self.cleaned_data["remind"]))


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label="I want my data erased, and know that this cannot be undone",
        error_messages={"required": "Tick the box if you want your data erased"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("sure")
