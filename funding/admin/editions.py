"""List editions: what there is, and bringing another into use. Upload, look at the preview, confirm."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from funding.actions import editions
from funding.admin.reference import ReferenceAdmin
from funding.admin.upload_form import ConfirmForm, UploadForm
from funding.imports.locks import ImportBusyError
from funding.models import EditionUpload, ListEdition
from npq_portal import read
from npq_portal.accounts.requests import person
from npq_portal.staff.roles import Role

# What a packed file may hold: many times the largest published list.
MOST_BYTES = 100_000_000


@admin.register(ListEdition)
class ListEditionAdmin(ReferenceAdmin):
    """Editions are never changed. A correction is another edition, brought by an upload."""

    # "bring" is the portal's own verb beside Django's four: an edition is made of a file, never by hand.
    access = {Role.PORTAL: "view bring"}
    list_display = (
        "kind",
        "term_name",
        "publication_day",
        "entry_count",
        "computed",
        "source_name",
        "loaded_at",
    )
    list_filter = ("kind", "computed")
    change_list_template = "admin/funding/edition_list.html"

    @admin.display(
        description="published on", ordering="published_on", empty_value="publication day not recorded"
    )
    def publication_day(self, edition: ListEdition) -> date | None:
        return edition.published_on

    def get_urls(self) -> list[URLPattern]:
        wrap, page = self.admin_site.admin_view, require_http_methods(["GET", "HEAD", "POST"])
        ours = [
            path("upload/", wrap(page(self.upload)), name="funding_listedition_upload"),
            path("upload/<uuid:pk>/", wrap(page(self.preview)), name="funding_listedition_preview"),
        ]
        return [*ours, *super().get_urls()]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """The file is looked at and its entries wait; decisions go on as before."""
        self._allow(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                upload = self._look_at(request, form)
            except read.FileRefusedError as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("admin:funding_listedition_preview", upload.pk)
        return self._page(request, "admin/funding/upload.html", "Upload a list", {"form": form})

    def preview(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What would change; confirmed or thrown away here, by the person who uploaded it."""
        self._allow(request)
        rows = EditionUpload.objects.visible_to(person(request)).select_related("term", "replaces", "edition")
        upload = get_object_or_404(rows.defer("namespaces", "identifiers"), pk=pk)
        if upload.edition is not None:
            return redirect("admin:funding_listedition_change", upload.edition.pk)
        if "discard" in request.POST:
            editions.discard(upload=upload, by=person(request))
            messages.success(request, "The file was thrown away. Nothing was changed.")
            return redirect("admin:funding_listedition_changelist")
        form = ConfirmForm(upload, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and (done := self._confirm(request, upload, form)):
            return done
        title = f"List of {upload.get_kind_display()}, for {upload.term}"
        return self._page(request, "admin/funding/preview.html", title, {"form": form, "upload": upload})

    def _allow(self, request: HttpRequest) -> None:
        if not self.may(request, "bring"):
            raise PermissionDenied

    def _look_at(self, request: HttpRequest, form: UploadForm) -> EditionUpload:
        uploaded = form.cleaned_data["file"]
        file = read.look_through(
            Path(uploaded.temporary_file_path()), name=uploaded.name, most_bytes=MOST_BYTES
        )
        return editions.preview(
            file=file,
            kind=form.cleaned_data["kind"],
            term=form.cleaned_data["term"],
            published_on=form.cleaned_data["published_on"],
            by=person(request),
            now=timezone.now(),
        )

    def _confirm(self, request: HttpRequest, upload: EditionUpload, form: ConfirmForm) -> HttpResponse | None:
        """Where the person goes next; None to stay on the preview, which then says why."""
        try:
            confirmed = editions.confirm(
                upload=upload,
                by=person(request),
                now=timezone.now(),
                agreed=form.agreed(),
            )
        except (editions.EditionRefusedError, ImportBusyError) as refusal:
            form.add_error(None, str(refusal))
            return None
        said = (
            f"{upload.term} now decides with this edition." if confirmed.changed else "Nothing was changed."
        )
        messages.success(request, said)
        return redirect("admin:funding_listedition_change", confirmed.edition.pk)

    def _page(self, request: HttpRequest, template: str, title: str, more: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **more}
        return TemplateResponse(request, template, context)
