"""The charset that a request names changes nothing: one address is one page, for everybody."""

from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from npq_portal.wsgi import application

pytestmark = pytest.mark.django_db
CHARSETS = ["cp037", "utf-16", "utf-7", "hex", "rot13", "zlib", "idna", "unicode_escape", "nonsense"]
EMAIL = b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n\\ud800@example.test\r\n--b--\r\n'


@pytest.fixture(autouse=True)
def one_connection():
    """A request takes a fresh one, which would see nothing of the test's transaction."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def asked(path, query="", content_type="", method="GET", body=b""):
    """As a web server asks: the status, and the page."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    setup_testing_defaults(environ)
    told = []
    pages = application(environ, lambda status, headers: told.append(status))
    return told[0], b"".join(pages)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/search/", "q=headship"),
        ("/courses/", "npq=&mode=online"),
        ("/compare/", "npq=headship&npq=senco"),
    ],
)
def test_a_page_is_the_same_in_each(path, query, charset):
    strange = asked(path, f"{query}&first", f"text/plain; Charset={charset}; x=y")
    assert strange == asked(path, f"{query}&first")
    assert strange[0] == "200 OK"


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_is_answered(charset):
    answer, _ = asked("/sign-in/", "", f"multipart/form-data; boundary=b; charset={charset}", "POST", EMAIL)
    assert answer == "403 Forbidden"  # as without a charset: it has no token
