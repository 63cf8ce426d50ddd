"""What is held about one application: where it stands, and all that belongs to it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from applications.form_definition import UnusableForm
from applications.held.facts import Fact, Held, facts, in_words
from applications.journey.courses import name_of
from applications.journey.display import Line, lines
from applications.models import Application
from applications.provider_forms.fields import in_words as answered
from applications.states import State
from catalogue.models import CourseRun, LeadProvider, Qualification, Term

Names = Mapping[str, Mapping[str, str]]
TOLD_ABOVE = {"term", "npq", "provider", "workplace", "course"}
# Answers that name one of the catalogue's rows: what they name, by its identifier.
NAMED = {
    "term": (Term, "identifier"),
    "npq": (Qualification, "identifier"),
    "provider": (LeadProvider, "slug"),
}


def name_of_application(application: Application) -> str:
    if application.reference:
        return f"Application {application.reference}: {application.qualification}, {application.term}"
    return f"Draft begun on {in_words(application.started_at)}"


def of_application(application: Application, names: Names) -> Iterator[Held]:
    yield Held(
        "Where it stands",
        facts(
            ("State", application.status.label),
            ("Since", application.state_since),
            ("Started", application.started_at),
            ("Registered", application.registered_at),
            ("Lead provider", application.provider),
            ("Name", application.full_name),
            ("Teacher reference number", application.trn),
            ("Date of birth", application.date_of_birth),
            ("Workplace", application.workplace_name),
            ("Course", _course(application.course_run)),
            ("Form sent", application.submitted_at),
            ("Decided", application.decided_at),
            ("Reason", application.decision_reason),
            ("Funded place", application.funded_place),
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
    told = (_answer(line, names) for line in lines(answers))
    yield Held("Your answers to the registration", tuple(told))
    yield Held("The funding decision", tuple(_funding(application)))
    yield Held("What you wrote in the provider's form", tuple(_form(application)))
    for sponsor in application.sponsors.all():
        yield Held(
            "Your sponsor",
            facts(
                ("Name", sponsor.name),
                ("E-mail address", sponsor.email),
                ("Role", sponsor.get_role_display()),
                ("What became of it", sponsor.standing.label),
                ("Reason", sponsor.reason),
            ),
        )
    for message in application.messages.all():
        whose = "You" if message.from_applicant else str(application.provider)
        yield Held("Message", facts(("Of", whose), ("Written", message.written_at), ("Text", message.text)))
    for change in application.training.all():
        yield Held(
            "Training",
            facts(("What", change.get_action_display()), ("On", change.on), ("Reason", change.reason)),
        )
    for closed in application.closed.all():
        yield Held(
            "With an earlier provider",
            facts(
                ("Lead provider", closed.provider),
                ("Reference", closed.reference),
                ("Since", closed.registered_at),
                ("Form sent", closed.submitted_at),
                ("Closed", closed.closed_at),
                ("Why", closed.why),
                ("What you wrote", _lines(closed.form_answers, "question", "answer")),
                ("Sponsor", _lines(closed.sponsor, "who", "became")),
                ("Messages", "\n".join(_message(each, closed.provider) for each in closed.messages)),
            ),
        )


def _lines(said: list[dict[str, str]], name: str, value: str) -> str:
    return "\n".join(f"{each[name]}: {each[value]}" for each in said)


def _message(said: dict[str, Any], provider: LeadProvider) -> str:
    whose = "You" if said["from_applicant"] else str(provider)
    return f"{whose}, {in_words(datetime.fromisoformat(said['at']))}: {said['text']}"


def names() -> Names:
    """Three queries."""
    return {
        step: dict(model._default_manager.values_list(key, "name")) for step, (model, key) in NAMED.items()
    }


def _answer(line: Line, names: Names) -> Fact:
    """A registration that is open no more, or an offer that ended, still has its name."""
    step = line.step
    name = names.get(step.slug, {}).get(line.value)
    return Fact(step.summary, name, key=line.value) if name else Fact(step.summary, line.value)


def _course(run: CourseRun | None) -> Fact | None:
    return Fact("Course", name_of(run), key=run.get_absolute_url()) if run else None


def _funding(application: Application) -> Iterator[Fact]:
    if not application.funding_outcome:
        return
    yield Fact("Outcome", application.get_funding_outcome_display())
    if application.funding_reviewed_at:
        yield Fact("Decided after a review", in_words(application.funding_reviewed_at))
        yield Fact("Reason of the review", application.funding_review_reason)
    for number, check in enumerate((application.funding_decision or {}).get("trace", []), 1):
        yield Fact(f"Because ({number})", check["because"])
    yield Fact("Version of the rules", application.funding_rules_version)
    if application.funding_choice:
        yield Fact("Who pays", application.get_funding_choice_display())
    for earlier in application.earlier_decisions:
        told = f"{earlier['outcome_told']}, for {earlier['was_for']}"
        yield Fact(f"Until {in_words(date.fromisoformat(earlier['until']))}", told)


def _form(application: Application) -> Iterator[Fact]:
    written = {answer.question: answer.value for answer in application.form_answers.all()}
    try:
        questions = application.form.definition.questions if application.form else ()
    except UnusableForm:
        yield from (Fact(name, in_words(value)) for name, value in written.items())
        return
    for question in questions:
        if told := answered(question, written):
            yield Fact(question.label, told, key=question.key)
