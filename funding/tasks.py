"""Each minute: what an import left to be done beside it, where its process was killed before it was."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app

from funding.follow import follow
from funding.imports import locks
from funding.models import ImportRun


@app.periodic(cron="* * * * *")
@app.task(name="funding.follow_imports", queueing_lock="funding.follow_imports")
def follow_imports(timestamp: int) -> None:
    """Nothing where all is followed, or while an import, or who follows it, is still running."""
    if ImportRun.objects.unsearched().exists():
        with suppress(locks.ImportBusyError), transaction.atomic():
            locks.take_or_refuse()
            follow()
