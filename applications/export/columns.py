"""What a file of applications may hold: facts that every application has, and the questions of the forms in the list.

Never a question that is only counted, such as those about equality; and of one that must not sway a decision, such as
access needs, a cell is filled only for a reader who may read that answer on the application's own screen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, F, JSONField, OuterRef, QuerySet, Subquery
from django.utils import timezone

from applications.access import deciding_for, sees_hidden_answers
from applications.form_definition import Question, UnusableForm
from applications.models import Application, FormAnswer, ProviderForm
from applications.provider_forms.fields import in_words
from applications.vocabulary import SponsorState
from npq_portal.accounts.models import User

Value = Callable[[Application], object]
OF_FORM = "form."
NEEDS_SPONSORS = "sponsors"
# The answers to the provider's form by key, as one value of the application's row: a row for each answer takes as long
# to read as all else of the file.
GIVEN = "answers_given"
ANSWERS_GIVEN = Subquery(
    FormAnswer.objects.filter(application=OuterRef("pk"))
    .order_by()
    .values("application")
    .values(
        given=Aggregate(F("question"), F("value"), function="jsonb_object_agg", output_field=JSONField())
    ),
    output_field=JSONField(),
)


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what the page posts, `prefetch` the rows beside the application that its cells are made of, and
    `of_form` says that they are made of the answers (ANSWERS_GIVEN).
    """

    key: str
    label: str
    group: str
    value: Value
    ticked: bool = False
    prefetch: str = ""
    of_form: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who the file is for, so that each row can be asked without a query."""

    user: User
    deciding: frozenset[int]
    now: datetime

    @classmethod
    def of(cls, user: User, now: datetime) -> "Reader":
        return cls(user, deciding_for(user), now)

    def may_read_hidden(self, application: Application) -> bool:
        return sees_hidden_answers(self.user, application, self.now, self.deciding)

    @property
    def ever_reads_hidden(self) -> bool:
        return self.user.sees_everything or bool(self.deciding)


def _day(moment: datetime | None) -> str:
    return f"{timezone.localdate(moment):%Y-%m-%d}" if moment else ""


def _email(application: Application) -> str:
    return "" if application.erased_at else application.applicant.email


def _place(application: Application) -> str:
    return {None: "", True: "Funded", False: "Without funding"}[application.funded_place]


def _in_line(application: Any) -> object:
    """`line_place` is what the rows of a file are read with."""
    return application.line_place or ""


def _sponsor(*names: str) -> Value:
    """Of who is named last; what became of them in words."""

    def value(application: Application) -> object:
        sponsors = list(application.sponsors.all())
        return " ".join(str(getattr(sponsors[-1], name)) for name in names) if sponsors else ""

    return value


def _sponsor_state(application: Application) -> str:
    sponsors = list(application.sponsors.all())
    return SponsorState(sponsors[-1].state).label if sponsors else ""


APPLICATION, PERSON, FUNDING, SPONSOR, FORM = (
    "The application",
    "The person",
    "Funding",
    "The sponsor",
    "The provider's form",
)
FACTS = (
    Column("reference", "Reference", APPLICATION, lambda each: each.reference, ticked=True),
    Column("state", "State", APPLICATION, lambda each: each.status.label, ticked=True),
    Column("state_since", "State since", APPLICATION, lambda each: _day(each.state_since), ticked=True),
    Column("line", "Place on the waiting list", APPLICATION, _in_line, ticked=True),
    Column("npq", "NPQ", APPLICATION, lambda each: each.qualification, ticked=True),
    Column("term", "Start", APPLICATION, lambda each: each.term, ticked=True),
    Column("provider", "Lead provider", APPLICATION, lambda each: each.provider),
    Column("registered", "Registered on", APPLICATION, lambda each: _day(each.registered_at)),
    Column("sent", "Form sent on", APPLICATION, lambda each: _day(each.submitted_at), ticked=True),
    Column("decided", "Decided on", APPLICATION, lambda each: _day(each.decided_at)),
    Column("reason", "Reason given", APPLICATION, lambda each: each.decision_reason),
    Column("name", "Name", PERSON, lambda each: each.full_name, ticked=True),
    Column("email", "E-mail address", PERSON, _email),
    Column("trn", "Teacher reference number", PERSON, lambda each: each.trn),
    Column("born", "Date of birth", PERSON, lambda each: each.date_of_birth or ""),
    Column("workplace", "Workplace", PERSON, lambda each: each.workplace_name, ticked=True),
    Column("workplace_reference", "URN or UKPRN", PERSON, lambda each: each.workplace_reference),
    Column(
        "funding", "Funding outcome", FUNDING, lambda each: each.get_funding_outcome_display(), ticked=True
    ),
    Column("place", "Place", FUNDING, _place, ticked=True),
    Column("payer", "Who pays", FUNDING, lambda each: each.get_funding_choice_display()),
    Column("rules", "Rules", FUNDING, lambda each: each.funding_rules_version),
    Column("sponsor", "Sponsor", SPONSOR, _sponsor("name"), prefetch=NEEDS_SPONSORS),
    Column("sponsor_email", "Sponsor's e-mail address", SPONSOR, _sponsor("email"), prefetch=NEEDS_SPONSORS),
    Column("sponsor_state", "Sponsor's answer", SPONSOR, _sponsor_state, prefetch=NEEDS_SPONSORS),
)


def columns_for(rows: QuerySet[Application], user: User, now: datetime) -> list[Column]:
    """All that `user` may choose from for these rows. Two queries."""
    reader = Reader.of(user, now)
    used = rows.order_by().filter(submitted_at__isnull=False).values("form")
    questions = _questions(ProviderForm.objects.filter(pk__in=used).order_by("-pk"))
    labels: dict[str, str] = {}
    for of_form in questions.values():
        for question in of_form.values():
            if not question.hidden_from_scorers or reader.ever_reads_hidden:
                labels.setdefault(question.key, question.label)
    asked = [
        Column(OF_FORM + key, label, FORM, _answer(key, questions, reader), of_form=True)
        for key, label in labels.items()
    ]
    return [*FACTS, *asked]


def _questions(forms: Iterable[ProviderForm]) -> dict[int, dict[str, Question]]:
    """Form -> key -> question, the newest form first, without what is only counted, and without forms past reading."""
    found: dict[int, dict[str, Question]] = {}
    for form in forms:
        try:
            questions = form.definition.questions
        except UnusableForm:
            continue
        found[form.pk] = {each.key: each for each in questions if not each.reporting_only}
    return found


def _answer(key: str, questions: dict[int, dict[str, Question]], reader: Reader) -> Value:
    """By the application's own version of the form: it says what the answer means, and whether it is kept back."""

    def value(application: Application) -> object:
        question = questions.get(application.form_id or 0, {}).get(key)
        if question is None or application.submitted_at is None:
            return ""  # Until it is sent, what is written is the applicant's own.
        if question.hidden_from_scorers and not reader.may_read_hidden(application):
            return ""
        return in_words(question, getattr(application, GIVEN) or {})

    return value
