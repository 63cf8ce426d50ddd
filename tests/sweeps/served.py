"""Answers of Django's test client, and the static files, from a server that a browser reads them from.

So a browser sees what a test's own transaction holds, and keeps the style sheets from one page to the next, which it
does not where Playwright answers for it.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse

HEADERS = ("Content-Type", "Content-Security-Policy")


class Shelf:
    """`shelf[path] = answer` puts it where `shelf.address + path` finds it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, HttpResponse] = {}

    def __setitem__(self, path: str, answer: HttpResponse) -> None:
        self.answers[path] = answer


@contextmanager
def shelf() -> Iterator[Shelf]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
            if isinstance(found, str):
                kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
                self.answer(
                    200, {"Content-Type": kind, "Cache-Control": "max-age=600"}, Path(found).read_bytes()
                )
            elif kept := held.answers.get(self.path):
                self.answer(
                    kept.status_code, {name: kept[name] for name in HEADERS if name in kept}, kept.content
                )
            else:
                self.answer(404, {}, b"")

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """A test's output is for what failed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        held = Shelf(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield held
        server.shutdown()
