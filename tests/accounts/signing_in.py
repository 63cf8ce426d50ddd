"""Steps of signing in by code, as a browser takes them."""

import re

from npq_portal.mail.models import OutboxMessage


def ask(client, email="tess@example.test", **more):
    return client.post("/sign-in/", {"email": email, **more})


def mailed_code(email="tess@example.test"):
    return re.search(r"\b\d{6}\b", OutboxMessage.objects.filter(to=email).first().text)[0]


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def give(client, code):
    return client.post("/sign-in/code/", {"code": code})


def signed_in(client):
    return "_auth_user_id" in client.session
