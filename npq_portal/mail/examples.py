"""Every mail with example data, to look at while developing and to be tried by the tests.

Each app gives its own in its `mail_examples` module: `examples()`, which asks no database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True, slots=True)
class Example:
    """`when` tells examples of one template apart: "late", for example."""

    template: str
    context: Mapping[str, Any]
    when: str = ""

    @property
    def name(self) -> str:
        return f"{self.template}/{self.when}" if self.when else self.template


def all_examples() -> dict[str, Example]:
    """By name, in the order of the names."""
    return {each.name: each for each in sorted(_given_by_apps(), key=lambda example: example.name)}


def _given_by_apps() -> Iterator[Example]:
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "mail_examples"):
            yield from import_module(f"{app.name}.mail_examples").examples()
