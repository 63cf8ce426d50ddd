"""Files of course runs for tests: as they are downloaded, with cells changed."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.models import CourseRun
from catalogue.spreadsheet.columns import COLUMNS, table
from npq_portal.cells import csv_lines, guarded, unguarded

DOWNLOAD = "/admin/catalogue/courserun/download/"
UPLOAD = "/admin/catalogue/courserun/upload/"


def downloaded(client, query=""):
    """The rows as dictionaries."""
    text = b"".join(client.get(DOWNLOAD + query).streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def numbered(rows):
    """Rows as the reader gives them: the first after the header is number 2."""
    return [(number, dict(row)) for number, row in enumerate(rows, 2)]


def rows_of(*runs):
    """What a download of `runs` holds, as it is read."""
    header, *rows = table(CourseRun.objects.filter(pk__in=[run.pk for run in runs]).order_by("pk"))
    return [dict(zip(header, map(guarded, row), strict=True)) for row in rows]


def new_row(like, /, **cells):
    """A row that adds such a run to the hub of the run `like`."""
    whose = {
        "npq": like.qualification.identifier,
        "term": like.term.identifier,
        "provider": like.provider.name,
        "hub": like.hub.code,
        "state": "Announced",
        "mode": "Online",
    }
    return {**dict.fromkeys(COLUMNS, ""), **whose, **cells}


def file_of(rows, columns=COLUMNS, name="runs.csv"):
    return SimpleUploadedFile(name, csv_of(rows, columns))


def csv_of(rows, columns=COLUMNS):
    cells = ([unguarded(row[column]) for column in columns] for row in rows)
    return "".join(csv_lines([columns, *cells])).encode()
