"""Taking an extract of the register of establishments: upload it, look at what it would change, have it taken."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from funding.actions import extracts
from funding.imports.locks import ImportBusyError
from funding.imports.run import Accepted
from funding.models import ExtractUpload
from npq_portal import read
from npq_portal.accounts.requests import person
from npq_portal.fields import OneLineField
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.forms import FileForm

# What a packed file may hold: three times the register's own extract.
MOST_BYTES = 200_000_000
LIST, PAGE = "admin:funding_establishment_changelist", "admin:funding_establishment_extract"


class ExtractForm(FileForm):
    field_order = ("file", "as_of")
    as_of = OneLineField(
        label="How old are the facts?",
        help_text="For example 20 November 2026. Leave it empty if the file was made today.",
        max_length=160,
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].help_text += " GIAS sends “all establishment data” as a zip file: upload that."


class TakeForm(forms.Form):
    """A box for each thing that must be agreed to, and for no other."""

    def __init__(self, upload: ExtractUpload, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if upload.rows_rejected:
            self.fields["rejected_rows"] = forms.BooleanField(
                label=f"Leave out the rejected rows: {upload.rows_rejected:,}",
                error_messages={"required": "Tick this if the rejected rows are to be left out."},
            )
        if upload.reasons_to_look_again:
            self.fields["large_change"] = forms.BooleanField(
                label="I have checked that this is the right file",
                error_messages={"required": "Tick this when you have checked the file."},
            )

    def agreed(self) -> Accepted:
        return Accepted(
            rejected_rows=self.cleaned_data.get("rejected_rows", False),
            large_loss=self.cleaned_data.get("large_change", False),
        )


def bring(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """The file is looked at and waits; establishments stay as they are."""
    form = ExtractForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _look_at(request, form)
        except (read.FileRefusedError, extracts.ExtractRefusedError, ImportBusyError) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(PAGE, upload.pk)
    at_work = ExtractUpload.objects.at_work().defer("content").select_related("by", "asked_by").first()
    context = {"form": form, "at_work": at_work}
    return _page(site, request, "bring_extract", "Take an extract of the register", context)


def extract(site: ScopedModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What it would change, how far it is, or what became of it."""
    uploads = ExtractUpload.objects.visible_to(person(request)).defer("content")
    upload = get_object_or_404(uploads.select_related("by", "asked_by", "run"), pk=pk)
    if "discard" in request.POST:
        return _thrown_away(request, upload)
    form = TakeForm(upload, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, upload, form):
        return redirect(PAGE, pk)
    shown = "extract" if upload.asked_at is None else "extract_taken"
    return _page(site, request, shown, f"Extract {upload}", {"form": form, "upload": upload})


def _look_at(request: HttpRequest, form: ExtractForm) -> ExtractUpload:
    uploaded, now = form.cleaned_data["file"], timezone.now()
    file = read.look_through(Path(uploaded.temporary_file_path()), name=uploaded.name, most_bytes=MOST_BYTES)
    as_of = form.cleaned_data["as_of"] or f"{timezone.localdate(now):%-d %B %Y}"
    return extracts.look_at(file=file, as_of=as_of, by=person(request), now=now)


def _asked(request: HttpRequest, upload: ExtractUpload, form: TakeForm) -> bool:
    """False to stay on the preview, which then says why."""
    try:
        extracts.ask_to_take(upload=upload, agreed=form.agreed(), by=person(request), now=timezone.now())
    except extracts.ExtractRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _thrown_away(request: HttpRequest, upload: ExtractUpload) -> HttpResponse:
    if extracts.discard(upload=upload, by=person(request), now=timezone.now()):
        messages.success(request, "The file was thrown away. Nothing was changed.")
        return redirect(LIST)
    messages.warning(
        request, "It was asked for before, so it could not be thrown away. This page says what becomes of it."
    )
    return redirect(PAGE, upload.pk)


def _page(
    site: ScopedModelAdmin, request: HttpRequest, template: str, title: str, more: dict[str, Any]
) -> HttpResponse:
    context = {**site.admin_site.each_context(request), "opts": site.opts, "title": title, **more}
    return TemplateResponse(request, f"admin/funding/{template}.html", context)
