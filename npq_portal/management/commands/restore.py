from argparse import ArgumentParser
from pathlib import Path
from typing import cast

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from npq_portal.launcher.dumping import DumpError, restore


class Command(BaseCommand):
    help = "Fills an empty database from a file that `backup` has written: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="drop what the database holds, and put the file's in its place",
        )

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        database = cast(DatabaseWrapper, connection)
        held = len(database.introspection.table_names())
        if held and not replace:
            raise CommandError(
                f"The database is not empty: it has {held} tables. Nothing was changed. Restore into an empty one, or"
                " add --replace to drop what this one holds."
            )
        parameters, server = database.get_connection_params(), database.pg_version // 10_000
        database.close()  # or what we have read would hold the tables that are dropped
        try:
            restore(file, database=parameters, server=server, replace=replace)
        except DumpError as problem:
            raise CommandError(str(problem)) from problem
        tables = len(database.introspection.table_names())
        self.stdout.write(
            f"The database is as {file} holds it: {tables} tables. The search comes right with the next sweep of the"
            " queue. If the portal is newer than the file, run migrate now."
        )
