"""Every action that code names when it writes an audit row has its sentence, in the app that writes it."""

import ast
from importlib import import_module

from django.apps import apps

from npq_portal.audit.presenters import all_sentences
from tests.sweeps.source import modules

# Who makes the names of actions from something else: the applications' one writer of moves, whose events are found
# below; the admin of rows that staff may change, whose actions are told by their own names; and each look at a person.
MAKERS = {"applications.actions.moving", "npq_portal.staff.admin", "npq_portal.staff.viewing"}


def named_actions() -> set[str]:
    """`record(action="catalogue.run_added")`, and `move(event="accepted")` of the applications."""
    found = set()
    for path in modules().values():
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            for word in call.keywords:
                if isinstance(word.value, ast.Constant) and isinstance(word.value.value, str):
                    if word.arg == "action" and "." in word.value.value:
                        found.add(word.value.value)
                    elif word.arg == "event":
                        found.add(f"applications.{word.value.value}")
    return found


def test_every_named_action_has_a_sentence():
    assert len(named_actions()) > 10
    assert not named_actions() - set(all_sentences())


def test_actions_are_written_out():
    """One that is put together would be missed above."""
    put_together = {
        name
        for name, path in modules().items()
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "action" and isinstance(word.value, ast.JoinedStr)
    }
    assert put_together == MAKERS


def test_a_sentence_stands_in_the_app_of_its_action():
    for app in apps.get_app_configs():
        name = f"{app.name}.sentences"
        if name in modules():
            said = import_module(name).SENTENCES
            assert said
            assert {action.partition(".")[0] for action in said} == {app.label}
