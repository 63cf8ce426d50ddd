from argparse import ArgumentParser
from pathlib import Path
from typing import cast

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from npq_portal.launcher.dumping import DumpError, dump


class Command(BaseCommand):
    help = "Writes the whole database to a file, as it is at one moment, while the portal goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: object) -> None:
        database = cast(DatabaseWrapper, connection)
        database.ensure_connection()
        try:
            dump(
                file,
                database=database.get_connection_params(),
                server=database.pg_version // 10_000,
            )
        except DumpError as problem:
            raise CommandError(str(problem)) from problem
        megabytes = file.stat().st_size / 1_000_000
        self.stdout.write(
            f"{file} holds the database, {megabytes:,.1f} MB. It holds personal data: only you can read it."
        )
