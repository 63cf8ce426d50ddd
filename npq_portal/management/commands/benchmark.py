"""Measures the portal on this machine against its targets; the measurements are in tests/benchmarks."""

import json
import os
import pkgutil
from argparse import ArgumentParser
from contextlib import ExitStack, redirect_stdout
from dataclasses import asdict
from importlib import import_module
from io import StringIO
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from npq_portal.progress import bar

FOLDER = settings.BASE_DIR / "tests" / "benchmarks"


class Command(BaseCommand):
    help = (
        "Measures the portal on this machine and compares it with its targets: mostly ratios of two things "
        "measured in the same run. Runs in a database of its own, made for the run and dropped after it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="what to measure (all if none is named)")
        parser.add_argument("--json", action="store_true", help="write JSON instead of a table")

    def handle(self, *, names: list[str], json: bool, **options: Any) -> None:
        subjects = _chosen(_subjects(), names)
        with ExitStack() as stack:
            database = ""
            if any(each.USES_DATABASE for each in subjects.values()):
                database = self._scratch(stack)
            results = _measure(subjects)
        if json:
            self.stdout.write(_as_json(results, database))
        else:
            self.stdout.write(_as_table(results, database))

    def _scratch(self, stack: ExitStack) -> str:
        """Makes the database and loads the reference data into it. Returns its name."""
        scratch = import_module("tests.benchmarks.scratch")
        try:
            with redirect_stdout(StringIO()):  # Django tells of its cache table
                name = stack.enter_context(scratch.scratch_database())
        except scratch.CannotMakeDatabaseError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"Measuring in the database {name}, made for this run. Yours is not touched.")
        call_command("load_reference_data", verbosity=0)
        return str(name)


def _subjects() -> dict[str, ModuleType]:
    """Name -> module of tests/benchmarks, for each that measures something."""
    if not FOLDER.is_dir():
        raise CommandError(
            "The benchmarks are in tests/benchmarks, which is not deployed here. Run this from a checkout."
        )
    names = sorted(found.name for found in pkgutil.iter_modules([str(FOLDER)]))
    try:
        modules = {
            name: import_module(f"tests.benchmarks.{name}") for name in names if not name.startswith("test_")
        }
    except ModuleNotFoundError as error:
        raise CommandError(f"{error.name} is not installed. Run: uv sync") from error
    return {name: module for name, module in modules.items() if hasattr(module, "measure")}


def _chosen(subjects: dict[str, ModuleType], names: list[str]) -> dict[str, ModuleType]:
    unknown = [name for name in names if name not in subjects]
    if unknown:
        raise CommandError(f"There is no benchmark {unknown[0]}. There are: {', '.join(subjects)}.")
    return {name: module for name, module in subjects.items() if not names or name in names}


def _measure(subjects: dict[str, ModuleType]) -> dict[str, tuple[str, list[Any]]]:
    """Name -> (title, figures)."""
    results = {}
    with bar("Benchmarks", total=sum(each.STEPS for each in subjects.values()), unit="rounds") as progress:
        for name, module in subjects.items():
            progress.set_description(module.TITLE)
            results[name] = (module.TITLE, module.measure(progress.update))
    return results


def _as_json(results: dict[str, tuple[str, list[Any]]], database: str) -> str:
    figures = [
        {"benchmark": name, **asdict(figure), "passed": figure.passed}
        for name, (_, found) in results.items()
        for figure in found
    ]
    return json.dumps({"database": database or None, "figures": figures}, indent=2)


def _as_table(results: dict[str, tuple[str, list[Any]]], database: str) -> str:
    figures = [figure for _, found in results.values() for figure in found]
    width = max(len(figure.name) for figure in figures) + 2
    lines = [f"{'':{width + 2}}{'measured':>12}            {'target':>14}"]
    for title, found in results.values():
        lines.append(title)
        lines += [f"  {figure.name:{width}}{_measured(figure)}{_target(figure)}" for figure in found]
    judged = [figure for figure in figures if figure.passed is not None]
    met = sum(figure.passed for figure in judged)
    lines += ["", f"{met} of {len(judged)} targets met. {_load()}"]
    if database:
        lines.append(
            f"Measured in the database {database}, made for this run and dropped. Yours was not touched."
        )
    else:
        lines.append("No database was used.")
    return "\n".join(lines)


def _load() -> str:
    """How busy the machine was: absolute figures, and close ones, mean little on one with other work."""
    load, processors = os.getloadavg()[0], os.cpu_count()
    return f"The machine's load was {load:.1f}, on {processors} processors."


def _measured(figure: Any) -> str:
    return f"{_number(figure.measured):>12} {figure.unit:10}"


def _target(figure: Any) -> str:
    if figure.target is None:
        return f"{'for information':>16}"
    side = "at least" if figure.more_is_better else "at most"
    return f"{side + ' ' + _number(figure.target):>16}  {'pass' if figure.passed else 'MISSED'}"


def _number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
