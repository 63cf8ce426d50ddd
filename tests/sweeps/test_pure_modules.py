"""The rules and the states are pure: the standard library and themselves, no clock, no files, no randomness."""

import ast
import sys

import pytest

from tests.sweeps.source import imports, modules, package_of

PURE = ("funding.rules", "applications.states")
IMPURE_STANDARD = {"random", "os", "time", "socket", "subprocess", "pathlib", "io", "secrets", "threading"}


def pure_modules():
    return [(name, path) for name, path in modules().items() if name.startswith(PURE)]


def test_there_are_pure_modules():
    names = {name for name, _ in pure_modules()}
    assert {"funding.rules.decide", "applications.states"} <= names


@pytest.mark.parametrize(
    ("name", "path"), pure_modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_imports_the_standard_library_alone(name, path):
    home = next(pure for pure in PURE if name.startswith(pure))
    for imported, line in imports(path, package_of(name, path)):
        top = imported.split(".")[0]
        ours = imported.startswith(home)
        assert ours or (top in sys.stdlib_module_names and top not in IMPURE_STANDARD), (
            f"{path}:{line}: {imported}"
        )


@pytest.mark.parametrize(
    ("name", "path"), pure_modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_reads_no_clock(name, path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"now", "today", "utcnow"}, f"{path}:{node.lineno} reads the clock"
