"""Course runs out as CSV, and in again: upload, look at what would change, confirm."""

from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from catalogue.actions import run_uploads
from catalogue.actions.course_runs import StaleRunError
from catalogue.actions.run_uploads import NumberedRow
from catalogue.models import RunUpload
from catalogue.models.course_run import CourseRunQuerySet
from catalogue.queries import people_on
from catalogue.spreadsheet.columns import COLUMNS, table
from catalogue.spreadsheet.plan import Plan, plan
from npq_portal import read
from npq_portal.accounts.requests import person
from npq_portal.cells import csv_answer, csv_lines
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.forms import FileForm
from npq_portal.verbs import Busy

MOST_BYTES = 20_000_000
# New ones take some milliseconds each, and somebody waits for the page.
MOST_ROWS = 3_000
LIST = "admin:catalogue_courserun_changelist"
SHOWN_AT_MOST = 100


def download(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """The runs that the list shows as it is narrowed, all its pages, sent row by row as they are read."""
    try:
        runs = site.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return redirect(LIST)
    lines = csv_lines(table(cast(CourseRunQuerySet, runs)))
    return csv_answer(lines, "course-runs", timezone.localdate())


def upload(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """The rows are looked at, and wait if nothing is wrong with any of them. No run changes here."""
    form = FileForm(request.POST or None, request.FILES or None)
    made = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = _rows(file)
        except read.FileRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            made = plan(rows, person(request), timezone.localdate())
            if not made.problems:
                kept = run_uploads.keep(
                    file_name=file.name, rows=rows, by=person(request), now=timezone.now()
                )
                return redirect("admin:catalogue_courserun_preview", kept.pk)
    context = {"form": form, "plan": made, "columns": COLUMNS, **_limits()}
    return _page(site, request, "upload", "Upload course runs", context)


def preview(site: ScopedModelAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do as things stand now; put in use or thrown away here, by the person who uploaded it."""
    kept = get_object_or_404(RunUpload.objects.visible_to(person(request)), pk=pk)
    if kept.confirmed_at is not None:
        messages.warning(request, "This file is in use already. Nothing more was changed.")
        return redirect(LIST)
    if "discard" in request.POST:
        run_uploads.discard(upload=kept, by=person(request))
        messages.success(request, "The file was thrown away. Nothing was changed.")
        return redirect(LIST)
    rows: list[NumberedRow] = [(number, row) for number, row in kept.rows]
    made = plan(rows, person(request), timezone.localdate())
    if request.method == "POST" and not made.problems and _confirm(request, kept, made):
        return redirect(LIST)
    context = {"upload": kept, "plan": made, **_told(made, timezone.now()), **_limits()}
    return _page(site, request, "preview", "What the file would change", context)


def _confirm(request: HttpRequest, kept: RunUpload, made: Plan) -> bool:
    """Whether there is nothing more to do; else the person is told why, and stays on the preview."""
    try:
        done = run_uploads.confirm(upload=kept, works=made.works, by=person(request), now=timezone.now())
    except StaleRunError:
        messages.warning(
            request,
            "Somebody else changed one of these course runs at the same moment, so nothing was changed. "
            "This is what the file would do now.",
        )
        return False
    except (Busy, run_uploads.UploadExpiredError) as refusal:
        messages.warning(request, str(refusal))
        return False
    said = f"Course runs added: {len(made.added)}. Changed: {len(made.changed)}."
    messages.success(request, said if done else "This file is in use already. Nothing more was changed.")
    return True


def _rows(file: TemporaryUploadedFile) -> list[NumberedRow]:
    """Raises FileRefusedError where the file is no such table."""
    name = file.name or "The file"
    source = read.look_through(Path(file.temporary_file_path()), name=name, most_bytes=MOST_BYTES)
    rows: list[NumberedRow] = []
    for number, row in read.rows(source, required=COLUMNS):
        if len(rows) == MOST_ROWS:
            raise read.FileRefusedError(f"{name} has over {MOST_ROWS:,} rows. Upload it in parts.")
        rows.append((number, {column: row[column] for column in COLUMNS}))
    if not rows:
        raise read.FileRefusedError(f"{name} has its columns and no rows.")
    return rows


def _told(made: Plan, now: datetime) -> dict[str, Any]:
    """The runs that change, each with how many people get an e-mail about it, and how many e-mails that is."""
    on_them = people_on((item.work.run.pk for item in made.changed if item.people_are_told), now)
    changed = [(item, on_them.get(item.work.run.pk, 0)) for item in made.changed]
    return {"changed": changed, "mails": sum(on_them.values())}


def _limits() -> dict[str, Any]:
    return {"first": f":{SHOWN_AT_MOST}", "shown_at_most": SHOWN_AT_MOST}


def _page(
    site: ScopedModelAdmin, request: HttpRequest, template: str, title: str, more: dict[str, Any]
) -> HttpResponse:
    context = {**site.admin_site.each_context(request), "opts": site.opts, "title": title, **more}
    return TemplateResponse(request, f"admin/catalogue/{template}.html", context)
