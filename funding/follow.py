"""What follows from imported rows and is worked out from them beside the import: the search, and the ranking.

An import is over, and its rows are on every page, when its own transaction is. Searching goes on finding what it found
before until the transaction here is over too; that a run is still to be followed is a fact in the database
(ImportRun.unsearched), so that nothing is lost with a process that is killed between the two. Whoever comes next does
it: the same command again, loading the reference data, or the queue within a minute (funding.tasks).
"""

from django.db import connection, transaction

from funding.imports import locks
from funding.imports.run import ignore
from funding.imports.stage import Step
from funding.models import ImportRun
from funding.ranking.working import keep_up_to_date
from funding.search import build, build_settings


def follow(step: Step = ignore) -> None:
    """Brings the search and the ranking in line with what was imported. Does nothing where they are.

    Waits for an import that is running. `step` is told of establishments as they go by.
    """
    with transaction.atomic():
        locks.wait_for()
        unsearched = ImportRun.objects.unsearched()
        sources = set(unsearched.values_list("source", flat=True))
        if sources:
            with connection.cursor() as cursor:
                build.rebuild(cursor, step)
                if "childcare" in sources:
                    build_settings.rebuild(cursor)
            unsearched.update(in_search=True)
        keep_up_to_date()
