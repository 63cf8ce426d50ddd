#!/usr/bin/env python
"""Runs a management command, after starting the embedded database if it needs one and none is given."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from npq_portal.audit import origin
from npq_portal.launcher.embedded_postgres import ensure_running
from npq_portal.launcher.postgres_programs import EmbeddedPostgresError

# These read or write files alone. Any other command may need the database, so it gets one.
WITHOUT_A_DATABASE = {
    "help",
    "version",
    "check",
    "collectstatic",
    "decide_funding",
    "demo_code",
    "diffsettings",
    "findstatic",
}


def main(arguments: list[str]) -> None:
    # As sys.exit does, a termination leaves by the front door: what was started is stopped.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "npq_portal.settings")
    if arguments[1:2] == ["portal"]:
        os.environ.setdefault("PORTAL_POOL", "1")  # the web server's threads share their connections
    if arguments[1:]:
        origin.of_process(f"command {arguments[1]}")
    try:
        if needs_database(arguments[1:]):
            ensure_running()
        execute_from_command_line(arguments)
    except (EmbeddedPostgresError, ImproperlyConfigured) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def needs_database(words: list[str]) -> bool:
    if not words or words[0].startswith("-") or {"-h", "--help"} & set(words):
        return False
    return words[0] not in WITHOUT_A_DATABASE or "--database" in words


if __name__ == "__main__":
    main(sys.argv)
