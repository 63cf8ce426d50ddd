"""Every field of every table of ours is decided: kept, erased with its row, or anonymised when a person is erased.

Of a table with a person's data, tests/applications/actions/test_erase.py says which. Of all others each field stands in
kept_fields.toml, since nothing in it is an applicant's; a new field or table fails until somebody has decided it.
"""

import tomllib

from django.apps import apps
from django.db import models

from tests.applications.actions.test_erase import DELETED, EMPTIED, KEPT, LIBRARIES
from tests.sweeps.source import ROOT

KEPT_WHOLE = tomllib.loads((ROOT / "tests" / "sweeps" / "kept_fields.toml").read_text())


def every_model() -> dict[str, type[models.Model]]:
    found = [model for model in apps.get_models() if not model._meta.proxy]
    return {model._meta.label: model for model in found if model._meta.app_label not in LIBRARIES}


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def undecided(label: str, model: type[models.Model]) -> set[str]:
    """The fields of which nobody has said what becomes of them."""
    if label in DELETED:
        return set()  # The whole row goes.
    decided = " ".join((EMPTIED.get(label, ""), KEPT.get(label, ""), KEPT_WHOLE.get(label, ""))).split()
    return fields_of(model) - set(decided)


def test_every_field_is_decided():
    missing = {
        label: sorted(left) for label, model in every_model().items() if (left := undecided(label, model))
    }
    assert not missing, f"Say in kept_fields.toml, or in test_erase.py, what becomes of these: {missing}"


def test_what_is_decided_is_there_and_decided_once():
    models_by_label = every_model()
    assert not KEPT_WHOLE.keys() & (EMPTIED.keys() | DELETED)
    for label, fields in KEPT_WHOLE.items():
        assert sorted(fields.split()) == sorted(fields_of(models_by_label[label])), label


def test_a_new_field_fails(monkeypatch):
    """Taking one out of what is decided is as good as adding one to the table."""
    label = "catalogue.Term"
    monkeypatch.setitem(KEPT_WHOLE, label, KEPT_WHOLE[label].replace("note", ""))
    assert undecided(label, every_model()[label]) == {"note"}


def test_a_new_table_fails():
    assert undecided("catalogue.Nothing", every_model()["catalogue.Term"]) == fields_of(
        every_model()["catalogue.Term"]
    )
