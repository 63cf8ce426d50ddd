import logging
from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from applications.actions.letting_go import NotAllGone, Retained
from applications.actions.retention import apply_all, due
from npq_portal.commands import told_if_the_database_goes
from npq_portal.progress import bar
from npq_portal.retention import RULES

GOES_ON = "What went before stays gone, and a second run goes on from there."


class Command(BaseCommand):
    help = (
        "Deletes, or empties of what says who it was, what has been kept long enough (npq_portal/retention.py). "
        "Safe to repeat and to interrupt. It is also done every night."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how much is due, and change nothing")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        now = timezone.now()
        with told_if_the_database_goes("Nothing was changed." if dry_run else GOES_ON):
            counts, failed = Retained(due(now), {})
            if not dry_run:
                with bar("Retention", total=sum(counts.values())) as progress:
                    counts, failed = apply_all(now=now, step=progress.update)
        self.stdout.write("\n".join(_table(counts, "due" if dry_run else "done")))
        if dry_run:
            self.stdout.write("Nothing was changed.")
        logging.getLogger("npq_portal.retention").info(
            "Retention %s: %s", "due" if dry_run else "done", counts
        )
        if failed:
            raise CommandError(str(NotAllGone(failed)))


def _table(counts: dict[str, int], heading: str) -> Iterator[str]:
    width = max(len(rule.what) for rule in RULES)
    yield f"{'':{width}}  {heading:>9}  then"
    for rule in RULES:
        number = f"{counts[rule.key]:,}" if rule.key in counts else "-"
        after = (
            f"{rule.told} after {rule.since}" if rule.days else rule.since if rule.days == 0 else rule.told
        )
        yield f"{rule.what:{width}}  {number:>9}  {rule.then} ({after})"
