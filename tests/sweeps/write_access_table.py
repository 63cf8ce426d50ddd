"""Prints the table as the portal now answers, for a person to review before it becomes access.toml:

uv run pytest -n0 tests/sweeps/write_access_table.py -s
"""

from pathlib import Path

import pytest
from django.db import transaction

from tests.sweeps.addresses import addresses, arguments
from tests.sweeps.world import MANAGERS, ROLES, make_world


def row(statuses: list[int]) -> str:
    words = [str(status) for status in statuses]
    return words[0] if len(set(words)) == 1 else " ".join(words)


@pytest.mark.django_db
def test_print_the_table():
    lines = [f"# {' | '.join(ROLES)}"]
    world = make_world()
    for address in addresses():
        lines.append(f'["{address.name}"]')
        for method in ("get", "post"):
            with transaction.atomic():
                path = address.path(arguments(address, world))
                statuses = [getattr(client, method)(path).status_code for client in world.clients.values()]
                managers = [getattr(client, method)(path).status_code for client in world.managers.values()]
                transaction.set_rollback(True)
            world.sign_everybody_in()  # a POST may have signed them out
            lines.append(f'{method} = "{row(statuses)}"')
            as_decider = dict(zip(ROLES, statuses, strict=True))
            if managers != [as_decider[decider] for decider in MANAGERS.values()]:
                lines.append(f'{method}_by_managers = "{" ".join(map(str, managers))}"')
        lines.append("")
    Path("/dev/stdout").write_text("\n".join(lines))
