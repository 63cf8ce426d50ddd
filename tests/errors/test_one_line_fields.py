"""Names and other one-line answers: what could start a mail header or hide is left out."""

import pytest
from django.core.exceptions import ValidationError

from npq_portal.fields import OneLineField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Spon\r\nBcc: a@b.c", "Spon Bcc: a@b.c"),
        ("  Ada\tLovelace ", "Ada Lovelace"),
        ("Ada\u200b Lovelace", "Ada Lovelace"),
        ("Zoë 李", "Zoë 李"),
    ],
)
def test_kept_on_one_line(typed, kept):
    assert OneLineField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "\u200b\u2060", "\r\n", None])
def test_nothing_to_be_seen_is_nothing(typed):
    with pytest.raises(ValidationError):
        OneLineField().clean(typed)
