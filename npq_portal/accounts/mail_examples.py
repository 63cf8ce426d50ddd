"""The mails about signing in, with example data."""

from collections.abc import Iterator
from datetime import date

from npq_portal.mail.examples import Example


def examples() -> Iterator[Example]:
    yield Example("sign_in_code", {"code": "123456", "minutes": 15})
    yield Example("account_notice", {"notice": "A passkey was added to your account."})
    yield Example("account_kept", {})
    yield Example("account_merged", {})
    yield Example("staff_account", {"maker": "Dee Effee"})
    yield Example("dormant_account", {"closes_on": date(2026, 12, 6)})
