"""access.toml: what every address answers, by role."""

import tomllib

from tests.sweeps.source import ROOT
from tests.sweeps.world import MANAGERS, ROLES

TABLE = tomllib.loads((ROOT / "tests" / "sweeps" / "access.toml").read_text())


def expected(row: str) -> list[int]:
    """One status for all roles, or one for each in the order of ROLES."""
    statuses = [int(word) for word in row.split()]
    return statuses * len(ROLES) if len(statuses) == 1 else statuses


def expected_of_managers(name: str, method: str) -> list[int]:
    """In the order of MANAGERS: what the deciders of the same provider get, where the table does not say otherwise."""
    row = TABLE[name]
    if own := row.get(f"{method}_by_managers"):
        return [int(word) for word in own.split()]
    of_role = dict(zip(ROLES, expected(row[method]), strict=True))
    return [of_role[decider] for decider in MANAGERS.values()]
