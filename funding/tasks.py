"""Taking an extract that staff have asked for. Each minute: one whose worker was killed, and what an import left to be
done beside it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from funding.actions import extracts
from funding.follow import follow
from funding.imports import locks
from funding.imports.stage import Step
from funding.models import ExtractUpload, ImportRun
from npq_portal.mail.jobs import QUEUE

# By then its own job has begun, unless it was lost with its worker.
LOST_AFTER = timedelta(minutes=1)
TOLD_EVERY_SECONDS = 1.0


@app.task(name=extracts.TASK, queue=QUEUE, pass_context=False)
def take_extract(pk: int) -> None:
    """While another import runs it is left to the sweep."""
    with suppress(locks.ImportBusyError):
        with rows_told(pk) as step:
            extracts.take(pk=pk, now=timezone.now(), step=step)
        follow()


@app.periodic(cron="* * * * *")
@app.task(name="funding.sweep_extracts", queue=QUEUE, queueing_lock="funding.sweep_extracts")
def sweep_extracts(timestamp: int) -> None:
    lost = ExtractUpload.objects.at_work().filter(asked_at__lte=timezone.now() - LOST_AFTER)
    for pk in lost.values_list("pk", flat=True):
        take_extract(pk)


@contextmanager
def rows_told(pk: int) -> Iterator[Step]:
    """A step that writes how far it is from a connection of its own: nobody sees what a transaction has written before
    it ends.
    """
    aside = connection.copy()
    done, told = 0, time.monotonic()

    def step(rows: int) -> None:
        nonlocal done, told
        done += rows
        if time.monotonic() - told >= TOLD_EVERY_SECONDS:
            with aside.cursor() as cursor:
                cursor.execute("UPDATE funding_extractupload SET rows_done = %s WHERE id = %s", [done, pk])
            told = time.monotonic()

    try:
        yield step
    finally:
        aside.close()


@app.periodic(cron="* * * * *")
@app.task(name="funding.follow_imports", queueing_lock="funding.follow_imports")
def follow_imports(timestamp: int) -> None:
    """Nothing where all is followed, or while an import, or who follows it, is still running."""
    if ImportRun.objects.unsearched().exists():
        with suppress(locks.ImportBusyError), transaction.atomic():
            locks.take_or_refuse()
            follow()
