"""All that the portal holds about one person, as they may take it with them (UK GDPR, articles 15 and 20).

One reading for the page and for the file. A constant number of queries, and two more for each draft.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from applications.form_definition import UnusableForm
from applications.journey.display import lines
from applications.models import Application, ReminderOff, Sponsor
from applications.provider_forms.fields import in_words
from applications.states import TAKEN_ON, State
from catalogue.models import CourseAlert
from npq_portal.accounts.models import User
from npq_portal.mail.models import OutboxMessage

Fact = tuple[str, str]
TOLD_ABOVE = {"term", "npq", "provider", "workplace", "course"}


@dataclass(frozen=True, slots=True)
class Held:
    """Some facts about one thing, each with its name; what is empty is left out."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    held: tuple[Held, ...]


def held_about(user: User) -> list[Section]:
    """Account, applications with all that belongs to them, alerts and e-mails. Not what staff wrote to each other."""
    applications = Application.objects.held_by(user).with_names().order_by("started_at", "pk")
    of = applications.prefetch_related(
        "answers",
        "form_answers",
        "form",
        "messages",
        "training",
        "closed",
        Prefetch("sponsors", Sponsor.objects.all()),
    )
    alerts = CourseAlert.objects.filter(email__iexact=user.email).order_by("asked_at")
    mails = OutboxMessage.objects.filter(to__iexact=user.email).only("subject", "queued_at", "sent_at")
    sections = [Section("Your account", (_account(user),))]
    sections += [
        Section(_name(application), tuple(each for each in _application(application) if each.facts))
        for application in of
    ]
    sections.append(Section("Alerts of new courses", tuple(map(_alert, alerts))))
    sections.append(Section("E-mails we sent you", tuple(map(_mail, mails))))
    return [section for section in sections if section.held]


def as_json(sections: list[Section], at: datetime) -> dict[str, Any]:
    """As plain data: {"taken_at", "held": [{"section", "records": [{"about", "facts": [{"name", "value"}]}]}]}.

    Lists, since two facts may have one name: two questions of a form may be worded alike.
    """
    return {
        "taken_at": at.isoformat(),
        "held": [
            {
                "section": section.title,
                "records": [
                    {
                        "about": each.title,
                        "facts": [{"name": name, "value": value} for name, value in each.facts],
                    }
                    for each in section.held
                ],
            }
            for section in sections
        ],
    }


def _facts(*named: tuple[str, Any]) -> tuple[Fact, ...]:
    told = ((name, _told(value)) for name, value in named)
    return tuple((name, value) for name, value in told if value)


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)


def _account(user: User) -> Held:
    return Held(
        "Account",
        _facts(
            ("E-mail address", user.email),
            ("Name", user.full_name),
            ("Teacher reference number", user.trn),
            ("Teacher reference number verified", user.trn_verified if user.trn else None),
            ("Date of birth", user.date_of_birth),
            ("Account made", user.date_joined),
            ("Last signed in", user.last_login),
            (
                "Reminders switched off",
                ", ".join(sorted(kind.label for kind in ReminderOff.objects.of(user).kinds())),
            ),
        ),
    )


def _name(application: Application) -> str:
    if application.reference:
        return f"Application {application.reference}: {application.qualification}, {application.term}"
    return f"Draft begun on {_told(application.started_at)}"


def _application(application: Application) -> Iterator[Held]:
    yield Held(
        "Where it stands",
        _facts(
            ("State", application.status.label),
            ("Since", application.state_since),
            ("Started", application.started_at),
            ("Registered", application.registered_at),
            ("Lead provider", application.provider),
            ("Name", application.full_name),
            ("Teacher reference number", application.trn),
            ("Date of birth", application.date_of_birth),
            ("Workplace", application.workplace_name),
            ("Course", f"/courses/{application.course_run_id}/" if application.course_run_id else None),
            ("Form sent", application.submitted_at),
            ("Decided", application.decided_at),
            ("Reason", application.decision_reason),
            ("Funded place", application.funded_place if application.status in TAKEN_ON else None),
            ("Offer open until the end of", application.offer_last_day),
        ),
    )
    draft = application.status is State.DRAFT
    # A registered one has these above, by their names and as they were then.
    answers = {
        answer.step: answer.value
        for answer in application.answers.all()
        if draft or answer.step not in TOLD_ABOVE
    }
    yield Held(
        "Your answers to the registration", tuple((line.step.summary, line.value) for line in lines(answers))
    )
    yield Held("The funding decision", tuple(_funding(application)))
    yield Held("What you wrote in the provider's form", tuple(_form(application)))
    for sponsor in application.sponsors.all():
        yield Held(
            "Your sponsor",
            _facts(
                ("Name", sponsor.name),
                ("E-mail address", sponsor.email),
                ("Role", sponsor.get_role_display()),
                ("What became of it", sponsor.standing.label),
                ("Reason", sponsor.reason),
            ),
        )
    for message in application.messages.all():
        whose = "You" if message.from_applicant else str(application.provider)
        yield Held("Message", _facts(("Of", whose), ("Written", message.written_at), ("Text", message.text)))
    for change in application.training.all():
        yield Held(
            "Training",
            _facts(("What", change.get_action_display()), ("On", change.on), ("Reason", change.reason)),
        )
    for closed in application.closed.all():
        yield Held(
            "With an earlier provider",
            _facts(
                ("Reference", closed.reference),
                ("Since", closed.registered_at),
                ("Form sent", closed.submitted_at),
                ("Closed", closed.closed_at),
                ("Why", closed.why),
                ("What you wrote", _lines(closed.form_answers, "question", "answer")),
                ("Sponsor", _lines(closed.sponsor, "who", "became")),
                ("Messages", "\n".join(str(each) for each in closed.messages)),
            ),
        )


def _lines(said: list[dict[str, str]], name: str, value: str) -> str:
    return "\n".join(f"{each[name]}: {each[value]}" for each in said)


def _funding(application: Application) -> Iterator[Fact]:
    if not application.funding_outcome:
        return
    yield "Outcome", application.get_funding_outcome_display()
    for number, check in enumerate((application.funding_decision or {}).get("trace", []), 1):
        yield f"Because ({number})", check["because"]
    yield "Rules", application.funding_rules_version
    if application.funding_choice:
        yield "Who pays", application.get_funding_choice_display()


def _form(application: Application) -> Iterator[Fact]:
    written = {answer.question: answer.value for answer in application.form_answers.all()}
    try:
        questions = application.form.definition.questions if application.form else ()
    except UnusableForm:
        yield from written.items()
        return
    for question in questions:
        if told := in_words(question, written):
            yield question.label, told


def _alert(alert: CourseAlert) -> Held:
    return Held(
        "Alert",
        _facts(
            ("Asked", alert.asked_at),
            ("Confirmed", alert.confirmed_at),
            ("Ends", alert.ends_on),
            ("Search", alert.search),
        ),
    )


def _mail(mail: OutboxMessage) -> Held:
    return Held(
        "E-mail", _facts(("Subject", mail.subject), ("Written", mail.queued_at), ("Sent", mail.sent_at))
    )
