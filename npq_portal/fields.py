"""Form fields that more than one app asks with."""

from typing import Any

from django import forms

from npq_portal.text import clean, says_something


class OneLineField(forms.CharField):
    """Text of one line, a name for one: line breaks become spaces, and what cannot be seen is left out.

    A line break in a name would start a new header in a mail, and a name of zero-width spaces looks like none.
    """

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return clean(text, len(text)) if says_something(text) else ""


class WordsField(forms.CharField):
    """Text of many lines. What has nothing to see in it, zero-width spaces for one, counts as not written."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text if says_something(text) else ""
