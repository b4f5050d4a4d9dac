"""The directory as a file: to read one in, to take it out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.pages.doors import Sheet, acts, form_page, posts
from palermo.partnership.domain.directory_file import EXPORT, IMPORT, export_directory, import_directory
from palermo.partnership.formats.directory_csv import COLUMNS, LARGEST, read_directory, write_directory
from palermo.partnership.pages.contacts import crumbs


class FileForm(forms.Form):
    file = forms.FileField(label=_("CSV file"), max_length=200)


@acts(IMPORT)
def directory_file(request: HttpRequest) -> HttpResponse:
    """Read a file in; one wrong row refuses it whole."""
    sheet = Sheet(
        title=_("The directory as a file"),
        submit=_("Read in"),
        back=reverse("partnership:directory"),
        crumbs=crumbs(),
        lead=_("One row a post. A row that is wrong refuses the whole file and is named."),
    )

    def act(said: dict[str, Any]) -> None:
        file: UploadedFile = said["file"]
        name = (file.name or "file")[:80]
        rows = read_directory(file.read(LARGEST + 1), where=name)
        new = import_directory(member=request.user, rows=rows, where=name)
        done = _(
            "%(rows)d rows read: %(contacts)d officials, %(organisations)d organisations, %(designations)d posts new."
        )
        messages.success(request, done % {"rows": len(rows), **new})

    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    return form_page(request, sheet, form, act, template="partnership/directory_file.html", columns=COLUMNS)


@posts(EXPORT)
def directory_export(request: HttpRequest) -> HttpResponse:
    """The office's directory as a CSV file; that it was taken is a line in the log."""
    data = write_directory(export_directory(member=request.user))
    name = f"directory-{clock.now().date()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
