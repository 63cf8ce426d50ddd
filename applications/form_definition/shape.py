"""The parts of a form: sections of questions, each of a kind. Pure: the standard library alone."""

from dataclasses import dataclass
from enum import StrEnum

# A yes/no question's follow-up is answered beside it, under its key and this.
MORE = "-more"


class Kind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    STATEMENT = "statement"

    @property
    def label(self) -> str:
        return KINDS[self]


KINDS = {
    Kind.SHORT_TEXT: "Short text",
    Kind.LONG_TEXT: "Long text",
    Kind.ONE_CHOICE: "One choice",
    Kind.SEVERAL_CHOICES: "Several choices",
    Kind.DATE: "Date",
    Kind.NUMBER: "Whole number",
    Kind.YES_NO: "Yes or no",
    Kind.STATEMENT: "Statement to accept",
}
FLAGS = ("required", "scored", "hidden_from_scorers", "reporting_only")
CHOICES = (Kind.ONE_CHOICE, Kind.SEVERAL_CHOICES)


class Prefill(StrEnum):
    """What the registration knows already, so that a question for it starts with the answer."""

    NAME = "name"
    EMAIL = "email"
    TRN = "trn"
    WORKPLACE = "workplace"


@dataclass(frozen=True, slots=True)
class Question:
    """`max_words` is for long text, `options` for choices (an option is stored as it reads; `alone` is the one that
    goes with no other, as “None of these”), `least` and `most` for numbers, `follow_up` for what a yes asks further,
    `prefill` for short text. `scored` counts towards a decision; `hidden_from_scorers` must not sway one, as access
    needs must not: it is read once the person is accepted. `reporting_only` is counted, and nobody who works on the
    application ever reads it, as equality answers.
    """

    key: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = True
    scored: bool = False
    hidden_from_scorers: bool = False
    reporting_only: bool = False
    max_words: int | None = None
    options: tuple[str, ...] = ()
    alone: str = ""
    least: int | None = None
    most: int | None = None
    follow_up: str = ""
    prefill: str = ""

    @property
    def more_key(self) -> str:
        return self.key + MORE

    @property
    def keys(self) -> tuple[str, ...]:
        """What its answers are stored under."""
        return (self.key, self.more_key) if self.follow_up else (self.key,)


@dataclass(frozen=True, slots=True)
class Section:
    """Without a title where the form begins with questions."""

    title: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)


def count_words(text: str) -> int:
    """Words as a person counts them, and as the page counts them live: runs of anything but white space."""
    return len(text.split())
