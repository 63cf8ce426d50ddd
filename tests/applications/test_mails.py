"""The mails: what happened in the subject, what to do in the first sentence, plain text complete."""

from html import unescape

import pytest

from applications import actions
from applications.actions.holding import HELD_FOR
from applications.models import Application
from applications.provider_forms.sponsor import ANSWERS, SponsorAnswer
from npq_portal.mail.examples import all_examples
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.rendering import rendered
from tests.factories.applications import LATER, submitted_by
from tests.people import UserFactory


@pytest.fixture
def mails(world, teacher, decider):
    world.ambition.name = "Teach & Learn <b>O'Neill</b>"
    world.ambition.save()
    application = submitted_by(teacher)
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    told = LATER + HELD_FOR  # Before that the first mail would never go.
    actions.reject(
        application=Application.objects.get(), reason="Too <few> places & rooms", by=decider, now=told
    )
    other = submitted_by(UserFactory())
    actions.withdraw(application=other, by=other.applicant, now=LATER)
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


@pytest.mark.parametrize("template", ["sponsor_invited", "sponsor_reminded"])
def test_whoever_is_no_sponsor_is_told_which_answer_to_send(template):
    examples = [each for each in all_examples().values() if each.template == f"applications/{template}"]
    assert examples
    for mail in (rendered(each.template, each.context) for each in examples):
        for part in (mail.text, unescape(mail.html)):
            assert f"choose “{ANSWERS[SponsorAnswer.WRONG_PERSON]}”" in part


def test_the_reason_is_told_word_for_word(mails):
    assert "Too <few> places & rooms" in mails["rejected"].text
    assert "Too &lt;few&gt; places &amp; rooms" in mails["rejected"].html


def test_to_the_provider_it_is_not_their_application(mails):
    to_provider, to_applicant = mails["provider_withdrawn"], mails["withdrawn"]
    assert "See the application: " in to_provider.text
    assert "See the application</a>" in to_provider.html
    assert "See your application: " in to_applicant.text
