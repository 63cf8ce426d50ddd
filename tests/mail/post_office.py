"""A real SMTP server for tests, which can be down, refuse, or hang up after it has taken a mail."""

from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.test import override_settings


class Box:
    """What arrived, and how the server answers."""

    def __init__(self):
        self.received = []
        self.refuse_recipient = None
        self.refuse_data = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(envelope.content.decode())
        return self.refuse_data or "250 OK"


@contextmanager
def post_office(port=0):
    """Yields the box; mail of the block goes to it."""
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port or _free_port())
    controller.start()
    try:
        with mail_to(controller.port):
            yield box
    finally:
        controller.stop()


def mail_to(port):
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_TIMEOUT=5,
        DEVELOPMENT_MAILBOX=False,
    )


def _free_port():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
