"""The field in which staff confirm what may be a slip: a box for each doubt, which is ticked and sent again.

It needs no JavaScript, and confirms only what was told: another choice brings another doubt, with a box of its own.
"""

from collections.abc import Iterable

from django import forms

from catalogue.doubts import Doubt

UNCONFIRMED = "Tick it if you meant it, and save again. If you did not, change your answer."


def confirmed_field() -> forms.Field:
    """For a form's field `confirmed`. Nothing of it shows while there is no doubt."""
    return forms.Field(label="Did you mean this?", required=False, widget=forms.MultipleHiddenInput)


def show_boxes(form: forms.BaseForm, doubts: Iterable[Doubt]) -> None:
    choices = [(doubt.key, doubt.text) for doubt in doubts]
    if choices:
        form.fields["confirmed"].widget = forms.CheckboxSelectMultiple(choices=choices)


def refuse_unconfirmed(form: forms.BaseForm, doubts: Iterable[Doubt]) -> None:
    """Within the form's `clean`: an error where one of `doubts` was not ticked."""
    doubts = list(doubts)
    show_boxes(form, doubts)
    if {doubt.key for doubt in doubts} - set(form.cleaned_data.get("confirmed") or ()):
        form.add_error("confirmed", UNCONFIRMED)
