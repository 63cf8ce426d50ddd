"""Docstrings and comments name only modules, names in them, and files that are there."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest
from django.apps import apps

from npq_portal.audit.presenters import all_sentences
from tests.sweeps.source import APPS, ROOT, modules

DOTTED = re.compile(rf"(?<![\w./])(?:{'|'.join(APPS)})(?:\.[A-Za-z_]\w*)+")
FILE = re.compile(r"[\w/-]*\w\.(?:py|html|toml)\b")
FOLDERS = (*APPS, "templates", "tests")


def words_of(source: str) -> Iterator[str]:
    """Every docstring and comment."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def is_there(dotted: str) -> bool:
    """A module or a name in one; or, as audit rows have them, an action or a model."""
    if dotted in all_sentences() or dotted in {model._meta.label_lower for model in apps.get_models()}:
        return True
    module = next((name for name in shortened(dotted) if name in modules() or name in APPS), "")
    if not module:
        return False
    thing = import_module(module)
    for name in dotted.removeprefix(module).strip(".").split("."):
        if name and not hasattr(thing, name):
            return False
        thing = getattr(thing, name) if name else thing
    return True


def shortened(dotted: str) -> Iterator[str]:
    """The name itself, and what is left of it without its last parts."""
    while dotted:
        yield dotted
        dotted = dotted.rpartition(".")[0]


@cache
def files() -> frozenset[str]:
    """Every file by its name, and by the ends of its path."""
    found = {path for path in ROOT.iterdir() if path.is_file()}
    for folder in FOLDERS:
        found.update((ROOT / folder).rglob("*.*"))
    ends = set()
    for path in found:
        parts = path.relative_to(ROOT).parts
        ends.update("/".join(parts[first:]) for first in range(len(parts)))
    return frozenset(ends)


@pytest.mark.parametrize("app", APPS)
def test_what_is_named_is_there(app):
    wrong = []
    for name, path in modules().items():
        if name.partition(".")[0] != app:
            continue
        for words in words_of(path.read_text()):
            missing = [dotted for dotted in DOTTED.findall(words) if not is_there(dotted)]
            missing += [file for file in FILE.findall(words) if file not in files()]
            wrong += [f"{name} names {each}" for each in missing]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("funding.imports.run", True),
        ("funding.imports.run.import_table", True),
        ("applications.accepted", True),
        ("applications.application", True),
        ("funding.imports.nowhere", False),
        ("funding.imports.run.nothing", False),
    ],
)
def test_how_that_is_told(named, there):
    assert is_there(named) is there


def test_the_readme_maps_what_is_there():
    """A row of its map names a folder, then what is in it."""
    rows = re.findall(r"^\| `([\w/]+)/`(.*)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert [folder for folder, _ in rows] == [*APPS, "templates", "tests"]
    missing = [
        f"{folder}: {name}"
        for folder, about in rows
        for name in re.findall(r"`([\w./*-]+)`", about)
        if not any((*(ROOT / folder).glob(name), *ROOT.glob(name)))
    ]
    assert not missing
