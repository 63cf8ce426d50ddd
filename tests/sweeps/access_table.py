"""access.toml: what every address answers, by role."""

import tomllib

from tests.sweeps.source import ROOT
from tests.sweeps.world import ROLES

TABLE = tomllib.loads((ROOT / "tests" / "sweeps" / "access.toml").read_text())


def expected(row: str) -> list[int]:
    """One status for all roles, or one for each in the order of ROLES."""
    statuses = [int(word) for word in row.split()]
    return statuses * len(ROLES) if len(statuses) == 1 else statuses
