"""Form fields that more than one app asks with."""

import re
from typing import Any

from django import forms

from npq_portal.text import A_NAME, NO_NAME, NOT_A_NAME, clean, says_something


class OneLineField(forms.CharField):
    """Text of one line, a name for one: line breaks become spaces, and what cannot be seen is left out.

    A line break in a name would start a new header in a mail, and a name of zero-width spaces looks like none.
    """

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return clean(text, len(text)) if says_something(text) else ""


def check_name(value: str) -> None:
    if not re.fullmatch(A_NAME, value, re.ASCII):
        raise forms.ValidationError(NOT_A_NAME)


class FullNameField(OneLineField):
    """What somebody calls themselves, by the rules of the registration's question."""

    def __init__(self, **given: Any) -> None:
        words = {"required": NO_NAME, "max_length": "Use 200 characters or fewer"}
        super().__init__(
            max_length=200,
            error_messages=words,
            validators=[check_name],
            widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
            **given,
        )


class WordsField(forms.CharField):
    """Text of many lines. What has nothing to see in it, zero-width spaces for one, counts as not written."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text if says_something(text) else ""
