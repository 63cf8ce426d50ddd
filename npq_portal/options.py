"""An answer that can be chosen. Pure; the questions that have them are each app's own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is what an address or a form holds; `label` and `hint` are read."""

    value: str
    label: str
    hint: str = ""


YES_NO = (Option("yes", "Yes"), Option("no", "No"))
