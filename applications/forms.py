"""What the applicant sends to the provider after the form: a message, and the answer to an offer."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms

from applications.actions.messages import LONGEST
from npq_portal.options import YES_NO


class MessageForm(forms.Form):
    text = forms.CharField(
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
        self.helper = _helper(Field.textarea("text", label_size=Size.MEDIUM))


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
        self.helper = _helper("until", Field.radios("answer", legend_size=Size.MEDIUM))


def _helper(*fields: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper
