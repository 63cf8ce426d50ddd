"""What staff pages of several apps ask with."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile

from npq_portal.fields import OneLineField

LIMIT = f"{settings.STAFF_UPLOAD_LIMIT // 1_000_000} MB"


def lasting_reason() -> forms.CharField:
    """Why staff do what stands in the audit for good, asked for with that said."""
    return OneLineField(
        label="Reason",
        help_text="It stays in the history for good: write nothing about a person that could not stay there.",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": "Give a reason"},
    )


class FileForm(forms.Form):
    """A file to be looked at. Fields with an error say so to assistive technology (templates/admin/field.html)."""

    file = forms.FileField(
        label="The file",
        help_text=f"CSV, plain or packed (gzip or zip). Up to {LIMIT}.",
        error_messages={
            "required": "Choose the file.",
            "empty": "The file is empty. Choose another.",
            "missing": "Choose the file.",
        },
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in self.fields:
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"id_{name}_error",
                }

    def clean_file(self) -> TemporaryUploadedFile:
        file: TemporaryUploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.STAFF_UPLOAD_LIMIT:
            raise forms.ValidationError(f"The file is over {LIMIT}. Is it the right file?")
        return file
