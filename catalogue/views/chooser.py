"""Which NPQ fits me: one question a page, then ranked advice. What was said goes into the address, and nowhere else."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.chooser.advise import Advice, advise
from catalogue.chooser.dates import PARTS, Clock, NoAppointment, clock, parts, read_parts
from catalogue.chooser.questions import Question, Shape, asked, unanswered
from catalogue.chooser.reading import Said, pairs, read
from catalogue.chooser.rules import AS_OF
from catalogue.chooser.vocabulary import UNKNOWN, Answers, Npq
from catalogue.compare.choice import FEWEST, compare_address
from catalogue.models import Qualification
from catalogue.queries import current_term, qualifications_with_providers
from catalogue.views.version import of_the_day
from npq_portal.conditional import unchanged
from npq_portal.text import clean, listed

SENT = "asked"  # which question's form was sent
CHANGE = "change"  # which question to ask again, with its answer
LONGEST_PART = 10
# What the funding check and the registration ask too: the answers that they take, and how they write them.
CARRIED = {
    "head": {"new": "yes", "longer": "no", "no": "no"},
    "npqh": {each: each for each in ("completed", "studying", "will_start", "none")},
    "mastery": {each: each for each in ("yes", "similar_course", "another_way", "cannot_show")},
}


@require_safe
@unchanged(of_the_day)
def chooser(request: HttpRequest) -> HttpResponse:
    """The next question, or the advice. A date is typed in parts, and stands in the address as one."""
    day = timezone.localdate()
    said = read(request.GET.get, day)
    again = {question.param: question for question in asked(said.answers)}.get(request.GET.get(CHANGE, ""))
    question = again or unanswered(said.answers)
    if question is None:
        return _advise(request, said, day)
    typed = {part: clean(request.GET.get(f"{question.param}_{part}", ""), LONGEST_PART) for part in PARTS}
    if question.shape is Shape.DATE and any(typed.values()):
        try:
            return redirect(_with(said.answers, question, read_parts(**typed, today=day)))
        except NoAppointment as problem:
            return _ask(request, said, question, typed, str(problem), problem.parts)
    before = said.answers.get(question.param, UNKNOWN)
    if question.shape is Shape.DATE and before != UNKNOWN:
        typed = dict(zip(PARTS, parts(before), strict=True))
    sent = request.GET.get(SENT) == question.param and question is not again
    return _ask(request, said, question, typed, question.missing if sent else "")


def _ask(
    request: HttpRequest,
    said: Said,
    question: Question,
    typed: dict[str, str],
    error: str,
    wrong: Sequence[str] = PARTS,
) -> HttpResponse:
    context = {
        "question": question,
        "chosen": said.answers.get(question.param, ""),
        "parts": [(part, typed[part], bool(error) and part in wrong) for part in PARTS],
        "carried": pairs(said.answers, leave_out=question.param),
        "said": _rows(said.answers),
        "not_known": listed(said.not_known),
        "skip": _with(said.answers, question, UNKNOWN) if question.without else "",
        "errors": [(f"id_{question.param}{_box(wrong)}", error)] if error else [],
        "error": error,
    }
    return render(request, "catalogue/chooser_question.html", context)


def _box(wrong: Sequence[str]) -> str:
    """Where to put it right: the first box has the question's own id."""
    return "" if wrong[0] == PARTS[0] else f"_{wrong[0]}"


def _advise(request: HttpRequest, said: Said, day: date) -> HttpResponse:
    term = current_term(day)
    by_slug = {npq.slug: npq for npq in qualifications_with_providers(term)}
    advice = advise(said.answers)
    fits = [(by_slug[fit.npq], fit) for fit in advice.fits if fit.npq in by_slug]
    context = {
        "fits": fits,
        "not_now": [(by_slug[rule.npq], rule) for rule in advice.not_now if rule.npq in by_slug],
        "duty": advice.duty,
        "since": said.answers.get("since"),
        "clock": _clock(said.answers, advice, by_slug.get(Npq.SENCO), day),
        "months": by_slug[Npq.SENCO].total_months_high if Npq.SENCO in by_slug else None,
        "compare_url": compare_address(npq for npq, _ in fits) if len(fits) >= FEWEST else "",
        "carried": urlencode(_carried(said.answers)),
        "term": term,
        "is_open": term is not None and term.is_open_on(day),
        "said": _rows(said.answers),
        "not_known": listed(said.not_known),
        "as_of": AS_OF,
    }
    return render(request, "catalogue/chooser.html", context)


def _carried(answers: Answers) -> list[tuple[str, str]]:
    return [(param, taken[answers[param]]) for param, taken in CARRIED.items() if answers.get(param) in taken]


def _clock(answers: Answers, advice: Advice, senco: Qualification | None, day: date) -> Clock | None:
    """None where the law does not bind, or the day is not known: no date is ever guessed."""
    since = answers.get("since", UNKNOWN)
    if senco is None or advice.duty == "no" or since == UNKNOWN:
        return None
    return clock(since, day=day, months=senco.total_months_high)


def _rows(answers: Answers) -> list[tuple[str, str, str]]:
    """What was asked, what was answered, and the address that asks it again."""
    return [
        (
            question.row,
            question.told(answers[question.param]),
            _address([*pairs(answers), (CHANGE, question.param)]),
        )
        for question in asked(answers)
        if question.param in answers
    ]


def _with(answers: Answers, question: Question, answer: str) -> str:
    return _address(pairs({**answers, question.param: answer}))


def _address(query: Sequence[tuple[str, Any]]) -> str:
    return f"{reverse('catalogue:chooser')}?{urlencode(query)}"
