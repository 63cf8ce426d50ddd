"""What is pure rests on the standard library and on what is pure: no rows, no clock, no files, no randomness."""

import ast
import re
import sys

import pytest

from tests.sweeps.source import imports, modules, package_of

PURE_PACKAGES = ("applications.form_definition", "funding.rules", "catalogue.chooser")
PURE_MODULES = {
    "applications.figures.charts",
    "applications.figures.steps",
    "applications.figures.weeks",
    "applications.journey.birth",
    "npq_portal.audit.periods",
    "npq_portal.births",
    "applications.journey.carrying",
    "applications.journey.choices",
    "applications.journey.conditions",
    "applications.journey.funding_step",
    "applications.journey.reminding",
    "applications.journey.shape",
    "applications.journey.steps",
    "applications.journey.walker",
    "applications.states",
    "applications.vocabulary",
    "catalogue.moves",
    "funding.charts",
    "funding.checker.about_you",
    "funding.checker.options",
    "funding.checker.questions",
    "funding.checker.situation",
    "npq_portal.options",
    "npq_portal.retention",
    "npq_portal.text",
}
# The search calls pure what asks no database: its words come from a file, read once, which nobody else here may do.
IN_ANOTHER_SENSE = "funding.search."
IMPURE_STANDARD = {"random", "os", "time", "socket", "subprocess", "pathlib", "io", "secrets", "threading"}


def is_pure(name):
    return name in PURE_MODULES or any(
        name == package or name.startswith(f"{package}.") for package in PURE_PACKAGES
    )


PURE = [(name, path) for name, path in modules().items() if is_pure(name)]
each_pure_module = pytest.mark.parametrize(("name", "path"), PURE, ids=[name for name, _ in PURE])


def imported_by(name, path):
    return list(imports(path, package_of(name, path)))


def test_each_is_there():
    assert {name for name, _ in PURE} >= PURE_MODULES | {"funding.rules.decide"}


@pytest.mark.parametrize(("name", "path"), modules().items(), ids=list(modules()))
def test_who_claims_to_be_pure_is_held_to_it(name, path):
    said = ast.get_docstring(ast.parse(path.read_text())) or ""
    if not name.startswith(IN_ANOTHER_SENSE):
        assert is_pure(name) or not re.search(r"\bPure\b", said)


@each_pure_module
def test_imports_the_standard_library_and_pure_modules_alone(name, path):
    for imported, line in imported_by(name, path):
        top = imported.split(".")[0]
        if imported in modules():
            fine = is_pure(imported) or not imported_by(imported, modules()[imported])
        elif top in modules():
            fine = True  # A name in a module of ours, which is looked at by itself.
        else:
            fine = top in sys.stdlib_module_names and top not in IMPURE_STANDARD
        assert fine, f"{path}:{line}: {imported}"


@each_pure_module
def test_its_packages_import_nothing_impure_on_the_way(name, path):
    parts = name.split(".")
    for depth in range(1, len(parts)):
        package = ".".join(parts[:depth])
        assert is_pure(package) or not imported_by(package, modules()[package]), package


@each_pure_module
def test_reads_no_clock(name, path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"now", "today", "utcnow"}, f"{path}:{node.lineno} reads the clock"
