"""System checks of the portal's own."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from npq_portal.launcher.postgres_programs import OLDEST_SUPPORTED


@register(Tags.database)
def postgres_is_new_enough(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Run by `migrate` and `check --database default`: an older Postgres fails here and not half-way."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            errors.append(
                Error("The portal keeps its data in Postgres.", hint="Change DATABASE_URL.", id="portal.E001")
            )
            continue
        connection.ensure_connection()
        if connection.pg_version // 10_000 < OLDEST_SUPPORTED:  # type: ignore[attr-defined]
            errors.append(
                Error(
                    "This Postgres is too old.",
                    hint=f"Use Postgres {OLDEST_SUPPORTED} or newer.",
                    id="portal.E002",
                )
            )
    return errors
