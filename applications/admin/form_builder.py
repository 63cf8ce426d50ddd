"""The questions of a form as staff edit them: one line for each question or heading, in an order that they number."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from applications.form_definition import FLAGS, MOST_ENTRIES, RESERVED, SECTION, Kind, Prefill
from npq_portal.fields import OneLineField

KINDS = [("", "Choose"), (SECTION, "Section heading"), *((kind.value, kind.label) for kind in Kind)]
KNOWN = [
    ("", "Nothing"),
    (Prefill.NAME.value, "Their name"),
    (Prefill.EMAIL.value, "Their e-mail address"),
    (Prefill.TRN.value, "Their teacher reference number"),
    (Prefill.WORKPLACE.value, "Their workplace"),
]
EXTRA = 2
WHOLE = {"invalid": "Enter a whole number, like 250"}


class EntryForm(forms.Form):
    """One question or heading. What does not fit its kind is left empty."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    kind = forms.ChoiceField(
        label="What it is", choices=KINDS, error_messages={"required": "Choose what it is"}
    )
    label = OneLineField(
        label="The question, heading or statement",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": "Write the question"},
    )
    hint = forms.CharField(
        label="Help text",
        help_text="Stands below it. You can leave it empty.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    options = forms.CharField(
        label="Options, one a line",
        help_text="For one choice and for several choices.",
        required=False,
        max_length=7_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    alone = OneLineField(
        label="The option that goes with no other",
        help_text="For several choices, such as “None of these”.",
        required=False,
        max_length=200,
    )
    max_words = forms.IntegerField(
        label="Most words", help_text="For long text.", required=False, error_messages=WHOLE
    )
    least = forms.IntegerField(
        label="Smallest number", help_text="For a whole number.", required=False, error_messages=WHOLE
    )
    most = forms.IntegerField(
        label="Largest number", help_text="For a whole number.", required=False, error_messages=WHOLE
    )
    follow_up = OneLineField(
        label="What to ask after a yes", help_text="For yes or no.", required=False, max_length=300
    )
    prefill = forms.ChoiceField(
        label="Filled in from the registration with",
        help_text="For short text.",
        choices=KNOWN,
        required=False,
    )
    required = forms.BooleanField(label="Has to be answered", required=False, initial=True)
    scored = forms.BooleanField(label="Scored", required=False)
    hidden_from_scorers = forms.BooleanField(
        label="Hidden until the applicant is accepted, then shown to those who decide, such as access needs",
        required=False,
    )
    reporting_only = forms.BooleanField(
        label="Counted, and never read by anybody, such as ethnic group. For choices", required=False
    )

    @property
    def told(self) -> str:
        """The question in brief, for the line that it folds into."""
        return str(self["label"].value() or "A new question or heading")

    @property
    def kind_told(self) -> str:
        return dict(KINDS).get(str(self["kind"].value() or ""), "")

    def entry(self, key: str) -> dict[str, Any]:
        """As it is stored: without what is left empty, and without the answers' parts for a heading."""
        given = self.cleaned_data
        if given["kind"] == SECTION:
            return {name: given[name] for name in ("kind", "label", "hint") if given[name]}
        entry = {
            name: given[name]
            for name in (
                "kind",
                "label",
                "hint",
                "alone",
                "max_words",
                "least",
                "most",
                "follow_up",
                "prefill",
            )
            if given[name] not in ("", None)
        }
        flags = {name: given[name] for name in FLAGS}
        options = [line.strip() for line in given["options"].splitlines() if line.strip()]
        return {"key": key, **entry, **flags, **({"options": options} if options else {})}


class EntriesFormSet(forms.BaseFormSet):
    ordering_widget = forms.NumberInput
    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": f"Use {MOST_ENTRIES} questions and headings or fewer.",
    }

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Its place"
        form.fields["ORDER"].error_messages["invalid"] = "Enter a whole number, like 3"
        form.fields["DELETE"].label = "Take it out of the form"

    def entries(self) -> list[dict[str, Any]]:
        """In the order of their numbers, those without one last. Only after `is_valid()`."""
        kept = self.ordered_forms
        taken = {form.cleaned_data["key"] for form in kept} - {""}
        made = []
        for form in kept:
            key = form.cleaned_data["key"] or _free_key(form.cleaned_data["label"], taken)
            taken.add(key)
            made.append(form.entry(key))
        return made


Entries = forms.formset_factory(
    EntryForm,
    formset=EntriesFormSet,
    extra=EXTRA,
    can_delete=True,
    can_order=True,
    max_num=MOST_ENTRIES,
    validate_max=True,
    # One more than may be, so that it is seen; no more are made, whatever number is posted.
    absolute_max=MOST_ENTRIES + 1,
)


class TitleForm(forms.Form):
    title = OneLineField(
        label="Title, which only staff see",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": "Give the form a title"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def initial_of(stored: Any) -> list[dict[str, Any]]:
    """The stored entries as the forms begin with them; what is no entry is left out."""
    entries: Iterable[Any] = stored if isinstance(stored, list) else []
    return [_initial(entry) for entry in entries if isinstance(entry, Mapping)]


def _initial(entry: Mapping[str, Any]) -> dict[str, Any]:
    options = entry.get("options", ())
    lines = "\n".join(map(str, options)) if isinstance(options, list | tuple) else ""
    return {"required": True, **entry, "options": lines}


def _free_key(label: str, taken: set[str]) -> str:
    """From the question's words, so that whoever reads stored answers knows what was asked."""
    stem = slugify(label)[:24].strip("-") or "question"
    number, key = 1, stem
    while key in taken or key in RESERVED or key.endswith("-more"):
        number += 1
        key = f"{stem}-{number}"
    return key
