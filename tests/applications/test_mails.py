"""The mails: what happened in the subject, what to do in the first sentence, plain text complete."""

import pytest

from applications import actions
from applications.models import Application
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, submitted_by


@pytest.fixture
def mails(world, teacher, decider):
    world.ambition.name = "Teach & Learn <b>O'Neill</b>"
    world.ambition.save()
    application = submitted_by(teacher)
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    actions.reject(
        application=Application.objects.get(), reason="Too <few> places & rooms", by=decider, now=LATER
    )
    again = submitted_by(teacher)
    actions.withdraw(application=again, by=teacher, now=LATER)
    return {mail.template.partition("/")[2]: mail for mail in OutboxMessage.objects.order_by("pk")}


@pytest.mark.parametrize("template", ["registered", "submitted", "accepted", "rejected", "withdrawn"])
def test_each_is_complete_in_both_forms(mails, template):
    mail = mails[template]
    reference = mail.subject[-11:-1]
    assert Application.objects.filter(reference=reference).exists()
    first = mail.text.splitlines()[0]
    assert first.startswith(("You need do nothing", "Fill in the form"))
    for part in (mail.text, mail.html):
        assert reference in part
        assert "/applications/" in part
    assert "&amp;" not in mail.text
    assert "&amp;" not in mail.subject
    assert "<b>" not in mail.html
    assert "Teach & Learn <b>O'Neill</b>" in mail.text


def test_the_reason_is_told_word_for_word(mails):
    assert "Too <few> places & rooms" in mails["rejected"].text
    assert "Too &lt;few&gt; places &amp; rooms" in mails["rejected"].html
