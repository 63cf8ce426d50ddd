"""A list to be uploaded, and what is to be agreed to before it is put in use."""

from typing import Any

from django import forms

from catalogue.models import Term
from funding.imports.run import Accepted
from funding.models import EditionUpload, ListKind
from npq_portal.staff.forms import FileForm


class UploadForm(FileForm):
    field_order = ("kind", "term", "published_on", "file")
    kind = forms.ChoiceField(
        label="Which list is it?",
        choices=[("", "Choose a list"), *ListKind.choices],
        error_messages={"required": "Choose which list it is."},
    )
    term = forms.ModelChoiceField(
        Term.objects.order_by("-position"),
        label="Which term will decide with it?",
        empty_label="Choose a term",
        to_field_name="identifier",
        error_messages={"required": "Choose the term.", "invalid_choice": "Choose one of the terms."},
    )
    published_on = forms.DateField(
        label="When was it published?",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text="For example 31/08/2026. Leave it empty if you do not know.",
        error_messages={"invalid": "Write the day as 31/08/2026."},
    )


class ConfirmForm(forms.Form):
    """A box for each thing that must be agreed to, and for no other."""

    def __init__(self, upload: EditionUpload, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if upload.rows_rejected:
            self.fields["rejected_rows"] = forms.BooleanField(
                label=f"Leave out the rejected rows: {upload.rows_rejected:,}",
                error_messages={"required": "Tick this if the rejected rows are to be left out."},
            )
        if upload.needs_second_look:
            self.fields["large_loss"] = forms.BooleanField(
                label="I have checked that this is the right file for this list and term",
                error_messages={"required": "Tick this when you have checked the file."},
            )

    def agreed(self) -> Accepted:
        return Accepted(
            rejected_rows=self.cleaned_data.get("rejected_rows", False),
            large_loss=self.cleaned_data.get("large_loss", False),
        )
