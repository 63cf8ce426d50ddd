"""What does not stop when it is asked to is stopped by force, with all that it started."""

import os
import signal
import subprocess
import sys
import time

PORTAL = """
import os, signal, sys, time
from npq_portal.launcher.supervisor import Child, supervise

def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        print("worker", os.getpid(), flush=True)
    time.sleep(600)

supervise([Child("web server", deaf, vital=True)])
"""


def test_a_second_request_ends_the_workers_of_a_server_that_is_deaf_to_the_first():
    portal = subprocess.Popen([sys.executable, "-c", PORTAL], stdout=subprocess.PIPE, text=True)
    worker = int(portal.stdout.readline().split()[1])
    portal.send_signal(signal.SIGTERM)
    time.sleep(0.1)
    assert portal.poll() is None
    portal.send_signal(signal.SIGTERM)
    portal.wait(timeout=20)
    assert ended(worker)


def ended(pid: int) -> bool:
    """Or is about to: the kill is not waited for by anybody."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        with open(f"/proc/{pid}/stat") as stat:
            if stat.read().rpartition(")")[2].split()[0] == "Z":
                return True
        time.sleep(0.05)
    return False
