"""Pages as their readers see them."""

import re
from html import unescape


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
