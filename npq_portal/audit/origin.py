"""Where what is being done comes from: a page, a command or a task; and for a page, out of which network.

Audit rows cannot be erased, so they never hold an address: with the day and the hour it may name one household. They
hold its network, 256 addresses of IPv4 (/24) or a whole site's of IPv6 (/48): enough to see that something was not
done from the office, too little to single anybody out. A keyed hash in its place could be compared and not read, and
whoever has the key could try every address of IPv4 against it in minutes.
"""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procrastinate import JobContext

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Origin:
    """`name` is asked when something is recorded: a request knows its page only once its address is resolved."""

    name: Callable[[], str]
    network: str = ""


_here: ContextVar[Origin | None] = ContextVar("origin", default=None)
_process = ""


def of_process(name: str) -> None:
    """What everything in this process comes from that does not say otherwise: "command load_reference_data"."""
    global _process
    _process = name


@contextmanager
def coming_from(name: Callable[[], str], network: str = "") -> Iterator[None]:
    token = _here.set(Origin(name, network))
    try:
        yield
    finally:
        _here.reset(token)


def here() -> tuple[str, str]:
    """The name and the network for an audit row written now; both empty where nothing is known."""
    origin = _here.get()
    return (origin.name()[:LONGEST_NAME], origin.network) if origin else (_process[:LONGEST_NAME], "")


def from_task(call_next: Callable[[], Any], context: "JobContext", worker: object) -> Any:
    """Around each task of the queue (PROCRASTINATE_WORKER_DEFAULTS): its name is what follows "task"."""
    with coming_from(lambda: f"task {context.job.task_name}"):
        return call_next()


def network_of(address: str) -> str:
    """ "192.0.2.7" -> "192.0.2.0/24"; empty for what is no address. Takes an IPv6 network, too, such as a /64."""
    try:
        ip = ipaddress.ip_interface(address).ip
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
