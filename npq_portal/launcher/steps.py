"""The steps of `manage.py portal`: each is safe to repeat, and quick when there is nothing to do."""

import errno
import os
import socket
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import cast

import psycopg
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector

from npq_portal import web_server
from npq_portal.launcher.postgres_programs import OLDEST_SUPPORTED

PORT_SECONDS = 2
# How long a page or a job that is under way may take to end. The supervisor waits a little longer.
STOP_SECONDS = 8


def listen(host: str, port: int) -> socket.socket:
    """The socket that the web server will answer on. Taken first: without it nothing else is worth doing.

    Waits a moment for a portal that has just been killed to let go of it. Raises CommandError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    give_up = time.monotonic() + PORT_SECONDS
    while True:
        try:
            return socket.create_server((host, port), family=family, backlog=512)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > give_up:
                unknown_name = isinstance(error, socket.gaierror)
                problem = error.strerror if unknown_name else os.strerror(error.errno or 0)
                raise CommandError(
                    f"{host}:{port} cannot be used ({problem}). Choose another with --port or --host."
                ) from error
            time.sleep(0.1)


def prepare(*, say: Callable[[str], object]) -> None:
    """The database's tables, the reference data and the static files, each brought up to date."""
    _check_database()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference_data", verbosity=0)
    collect_static()


def _check_database() -> None:
    """One try, without the pool, which would go on trying and log each time."""
    try:
        with psycopg.connect(**cast(DatabaseWrapper, connection).get_connection_params()) as plain:
            major = plain.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise CommandError(f"The database does not answer: {str(error).splitlines()[0]}") from error
    if major < OLDEST_SUPPORTED:
        raise CommandError(f"DATABASE_URL names Postgres {major}. Use {OLDEST_SUPPORTED} or newer.")


def collect_static() -> None:
    """Copies, hashes and compresses the static files, unless none has changed since the last time."""
    collected = Path(settings.STATIC_ROOT) / ".collected"
    now = _static_state()
    if not collected.exists() or collected.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write_text(now)


def _static_state() -> str:
    digest = sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def disconnect() -> None:
    """Leaves no connection and no pool's threads behind: neither survives a fork."""
    for each in connections.all(initialized_only=True):
        each.close()
        cast(DatabaseWrapper, each).close_pool()


class WebServer(BaseApplication):
    """Gunicorn with the settings of web_server.py, on a socket that is listening already."""

    def __init__(self, listener: socket.socket, *, workers: int, when_ready: Callable[[], object]) -> None:
        self.choices = {
            **{name: value for name, value in vars(web_server).items() if name in Config().settings},
            "bind": f"fd://{listener.detach()}",
            "workers": workers,
            "preload_app": True,
            "graceful_timeout": STOP_SECONDS,
            "loglevel": "warning",
            "when_ready": lambda arbiter: when_ready(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.choices.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., object]:
        from npq_portal.wsgi import application  # here: it builds the middleware, in the server's process

        return application


def run_queue() -> None:
    """Sends mail and does the other queued work, until asked to stop."""
    connector = cast(DjangoConnector, queue.connector).get_worker_connector()
    with queue.replace_connector(connector) as worker:
        worker.run_worker(shutdown_graceful_timeout=STOP_SECONDS)


def uv_is_gone() -> Callable[[], bool]:
    """Tells whether the `uv run` that started us has gone.

    It hands on every signal but kill -9, after which we would keep the port for nobody. Any other parent may
    leave us running on purpose.
    """
    parent = os.getppid()
    try:
        by_uv = Path(os.readlink(f"/proc/{parent}/exe")).name == "uv"
    except OSError:
        by_uv = False
    return lambda: by_uv and os.getppid() != parent


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the portal."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def tell_mail_the_address(host: str, port: int) -> None:
    """Mails link to the address that the command prints, unless PORTAL_ADDRESS or production names another.

    Called before anything is forked: the web server and the queue worker inherit it.
    """
    if not settings.PRODUCTION and "PORTAL_ADDRESS" not in os.environ:
        settings.PORTAL_ADDRESS = address(host, port)
