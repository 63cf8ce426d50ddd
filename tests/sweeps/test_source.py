"""Rules every source file keeps: short modules, the clock read at the edge only, no signals."""

import ast
import re

import pytest

from tests.sweeps.source import modules

EDGES = (".views", ".admin", ".management", ".demo", ".tasks", ".middleware", ".feeds", ".health", ".portal")


@pytest.mark.parametrize(
    ("name", "path"), modules().items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_module_is_long(name, path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("app", ["catalogue", "funding", "applications"])
def test_the_clock_is_read_at_the_edge_only(app):
    wrong = []
    for name, path in modules().items():
        if not name.startswith(app + ".") or any(edge in name for edge in EDGES):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"now", "today", "localdate"}
                and not node.args  # localdate(now) only turns a given time into its day
                and ast.unparse(node.func.value)
                in {"timezone", "datetime", "date", "datetime.datetime", "dt"}
            ):
                wrong.append(f"{path}:{node.lineno}")
    assert not wrong, f"take the time as an argument: {wrong}"


def test_no_signal_receivers():
    wrong = [str(path) for path in modules().values() if re.search(r"@receiver\b", path.read_text())]
    assert not wrong
