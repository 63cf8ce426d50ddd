"""What has nothing to see in it counts as not written, wherever people write to each other."""

import pytest

from applications.admin.forms import RejectForm
from applications.provider_forms.sponsor import AnswerForm
from npq_portal.fields import OneLineField, WordsField
from npq_portal.text import says_something

UNSEEN = ["\u200b", "\u200b\n\u2060 \u00a0", "\u3164", "\u2800\u2800", "\u00ad\ufe0f", "\u202e", "\u034f"]


@pytest.mark.parametrize("text", UNSEEN)
def test_nothing_to_see_is_nothing_written(text):
    assert not says_something(text)
    for field in (WordsField(required=False), OneLineField(required=False)):
        assert field.clean(text) == ""


@pytest.mark.parametrize("text", ["a", "\u200bé", "👩\u200d🏫", "。", "हिन्दी", "-"])
def test_words_of_any_script_are_kept_as_they_are(text):
    assert WordsField().clean(text) == text


@pytest.mark.parametrize("text", UNSEEN)
def test_a_reason_that_is_read_has_to_be_seen(text):
    assert "reason" in RejectForm({"reason": text}).errors
    assert "reason" in AnswerForm({"answer": "decline", "reason": text}).errors
