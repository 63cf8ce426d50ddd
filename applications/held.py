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
from applications.models import Application, Sponsor
from applications.provider_forms.fields import in_words
from applications.states import State
from catalogue.models import CourseAlert
from npq_portal.accounts.models import User
from npq_portal.mail.models import OutboxMessage

Fact = tuple[str, str]


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
    sections = [Section("Your account", (_account(user),))]
    sections += [
        Section(_name(application), tuple(each for each in _application(application) if each.facts))
        for application in of
    ]
    sections.append(Section("Alerts of new courses", tuple(_alert(alert) for alert in _alerts(user))))
    sections.append(Section("E-mails we sent you", tuple(_mail(mail) for mail in _mails(user))))
    return [section for section in sections if section.held]


def as_json(sections: list[Section], at: datetime) -> dict[str, Any]:
    """The same as plain data: {"taken_at", "held": {section: [{"about", "facts": {name: value}}]}}."""
    return {
        "taken_at": at.isoformat(),
        "held": [
            {
                "section": section.title,
                "records": [{"about": each.title, "facts": dict(each.facts)} for each in section.held],
            }
            for section in sections
        ],
    }


def _facts(**named: Any) -> tuple[Fact, ...]:
    told = ((name.replace("_", " ").capitalize(), _told(value)) for name, value in named.items())
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
            email_address=user.email,
            name=user.full_name,
            teacher_reference_number=user.trn,
            teacher_reference_number_verified=user.trn_verified if user.trn else None,
            date_of_birth=user.date_of_birth,
            account_made=user.date_joined,
            last_signed_in=user.last_login,
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
            state=application.status.label,
            since=application.state_since,
            started=application.started_at,
            registered=application.registered_at,
            lead_provider=application.provider,
            name=application.full_name,
            teacher_reference_number=application.trn,
            date_of_birth=application.date_of_birth,
            workplace=application.workplace_name,
            course=f"/courses/{application.course_run_id}/" if application.course_run_id else None,
            form_sent=application.submitted_at,
            decided=application.decided_at,
            reason=application.decision_reason,
            funded_place=application.funded_place,
            offer_open_until_the_end_of=application.offer_last_day,
        ),
    )
    draft = application.status is State.DRAFT
    # A registered one has its workplace and its course above, as they were then.
    answers = {
        answer.step: answer.value
        for answer in application.answers.all()
        if draft or answer.step not in ("workplace", "course")
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
                name=sponsor.name,
                email_address=sponsor.email,
                role=sponsor.get_role_display(),
                state=sponsor.state,
            ),
        )
    for message in application.messages.all():
        whose = "You" if message.from_applicant else str(application.provider)
        yield Held("Message", _facts(of=whose, written=message.written_at, text=message.text))
    for change in application.training.all():
        yield Held("Training", _facts(what=change.get_action_display(), on=change.on, reason=change.reason))
    for closed in application.closed.all():
        yield Held(
            "With an earlier provider",
            _facts(
                reference=closed.reference,
                since=closed.registered_at,
                form_sent=closed.submitted_at,
                closed=closed.closed_at,
                why=closed.why,
                what_you_wrote=_lines(closed.form_answers),
                sponsor=_lines(closed.sponsor),
                messages="\n".join(str(each) for each in closed.messages),
            ),
        )


def _lines(said: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in said.items())


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


def _alerts(user: User) -> Iterator[CourseAlert]:
    yield from CourseAlert.objects.filter(email__iexact=user.email).order_by("asked_at")


def _alert(alert: CourseAlert) -> Held:
    return Held(
        "Alert",
        _facts(asked=alert.asked_at, confirmed=alert.confirmed_at, ends=alert.ends_on, search=alert.search),
    )


def _mails(user: User) -> Iterator[OutboxMessage]:
    yield from OutboxMessage.objects.filter(to__iexact=user.email).only("subject", "queued_at", "sent_at")


def _mail(mail: OutboxMessage) -> Held:
    return Held("E-mail", _facts(subject=mail.subject, written=mail.queued_at, sent=mail.sent_at))
