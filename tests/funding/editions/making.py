"""Files of lists, looked at and confirmed as staff would."""

from datetime import UTC, datetime, timedelta

from funding.actions import editions
from funding.imports.run import Accepted
from funding.models import EditionUpload, ImportRun, ListEdition, ListEntry, TermList
from npq_portal import read
from npq_portal.audit.models import AuditEvent

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
EVERYTHING = Accepted(rejected_rows=True, large_loss=True)
NOTHING = Accepted()


def urns(first: int, count: int) -> list[str]:
    return [str(number) for number in range(first, first + count)]


def csv_of(numbers, header: str = "URN") -> bytes:
    return "".join(f"{line}\n" for line in (header, *numbers)).encode()


def preview(tmp_path, content: bytes, *, term, by=None, kind="pp50-schools", now=NOW, name="list.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return editions.preview(file=read.look_through(path), kind=kind, term=term, by=by, now=now)


def confirm(upload: EditionUpload, *, by=None, now=LATER, agreed=EVERYTHING):
    return editions.confirm(upload=upload, by=by, now=now, agreed=agreed)


def numbers_in_use(term, kind="pp50-schools") -> set[str]:
    entries = ListEntry.objects.filter(edition__terms__term=term, edition__terms__kind=kind)
    return set(entries.values_list("identifier", flat=True))


def everything() -> tuple[int, ...]:
    """How many rows there are of everything that putting an edition in use writes."""
    return tuple(model.objects.count() for model in (ListEdition, ListEntry, TermList, ImportRun, AuditEvent))
