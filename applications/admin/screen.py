"""What the one screen about an application shows. A constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from applications.access import reads_scores, sees_hidden_answers
from applications.admin.chosen_course import chosen_course
from applications.admin.forms import NoteForm, ToApplicantForm
from applications.admin.scoring import scores_for
from applications.elsewhere import elsewhere
from applications.form_definition import Question, UnusableForm
from applications.journey.display import lines
from applications.models import Application, Note
from applications.provider_forms.fields import in_words
from applications.queries import answers_of, form_answers_of, place_in_line, places_of
from funding.models import ListKind
from funding.rules.vocabulary import Reason
from funding.rules.words import REASONS
from npq_portal.accounts.models import User
from npq_portal.audit.looks import looks_at
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import actor_names, sentence

SPONSOR = "applications.sponsor:"  # an actor without an account, known by their row
NEVER_READ = "Only counted: nobody reads one person's answer. The form's own page has the figures."
NOT_YET_READ = "Kept back until the applicant is accepted and told, then shown to those who decide."
# Shown at the top of the screen, by name.
TOLD_ELSEWHERE = {"term", "npq", "provider", "course", "funding"}


@dataclass(frozen=True, slots=True)
class Written:
    """One question of the provider's form. `kept_back` says why this reader may not see the answer."""

    question: str
    answer: str
    kept_back: str
    scored: bool


def screen_for(application: Application, user: User, now: datetime) -> dict[str, Any]:
    return {
        "registration": [
            line for line in lines(answers_of(application)) if line.step.slug not in TOLD_ELSEWHERE
        ],
        "reason": REASONS[Reason(application.funding_reason)].title,
        "lists": [(ListKind(each["kind"]).label, each) for each in application.funding_evidence or []],
        "written": _written(application, user, now),
        "sponsor": application.sponsors.last(),
        **chosen_course(application),
        "places": places_of(application),
        "timeline": _timeline(application, user),
        "looks": looks_at(application, since=_since(application, user)),
        "notes": _notes(application, user),
        "note_form": NoteForm(auto_id="note_%s"),
        "messages_written": application.messages.select_related("author"),
        "message_form": ToApplicantForm(auto_id="message_%s"),
        "training": application.training.select_related("made_by"),
        "place": place_in_line(application),
        "elsewhere": elsewhere(application, user),
        **scores_for(application, user),
    }


def _written(application: Application, user: User, now: datetime) -> list[Written]:
    if application.form is None or application.submitted_at is None:
        return []  # Until it is sent, what is written is the applicant's own.
    try:
        questions = application.form.definition.questions
    except UnusableForm as problem:
        return [Written(f"This form cannot be shown: {problem}", "", "", False)]
    answers = form_answers_of(application)
    everything = sees_hidden_answers(user, application, now)
    written = []
    for question in questions:
        kept_back = _kept_back(question, everything)
        answer = "" if kept_back else in_words(question, answers)
        written.append(Written(question.label, answer, kept_back, question.scored))
    return written


def _kept_back(question: Question, everything: bool) -> str:
    if question.reporting_only:
        return NEVER_READ
    return "" if everything or not question.hidden_from_scorers else NOT_YET_READ


def _since(application: Application, user: User) -> datetime | None:
    """From when on `user` may read what staff wrote and did: not what another provider did before. None for all."""
    return None if user.sees_everything else application.provider_since


def _notes(application: Application, user: User) -> QuerySet[Note]:
    if application.applicant_id == user.pk:
        return Note.objects.none()  # Nobody reads what colleagues write about them.
    notes = application.notes.select_related("author")
    since = _since(application, user)
    return notes.filter(written_at__gte=since) if since else notes


def events_of(application: Application, user: User) -> QuerySet[AuditEvent]:
    """What `user` may know of what happened. Answers given to a draft are the applicant's own and left out.

    Who looked stands by itself (`looks`): it would drown what was done.
    """
    events = AuditEvent.objects.about(application).exclude(
        action__in=["applications.answered", "applications.viewed"]
    )
    if not reads_scores(user, application):  # The history tells the numbers of each.
        events = events.exclude(action="applications.scored")
    since = _since(application, user)
    return events.filter(at__gte=since) if since else events


def _timeline(application: Application, user: User) -> list[tuple[AuditEvent, str, str]]:
    """Event, what happened, who did it."""
    shown = list(events_of(application, user))
    names = actor_names(shown)
    return [
        (event, sentence(event), "The sponsor" if event.actor.startswith(SPONSOR) else names[event.actor])
        for event in shown
    ]
