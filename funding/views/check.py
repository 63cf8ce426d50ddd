"""The funding check for whoever does not start from a school: one question a page, then the answers.

Each answer goes into the address, and nowhere else.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from funding import picker, queries
from funding.checker.addresses import address
from funding.checker.questions import Question, Shape, asked, unanswered
from funding.checker.situation import NONE_GIVEN, Situation
from funding.checker.terms import term_for
from funding.checker.workplace import NotFoundError, Workplace, find
from funding.rules.vocabulary import Setting
from funding.views.answers import answers_page, without_rules
from npq_portal.conditional import compared
from npq_portal.text import clean, listed

SENT = "asked"  # which question's form was sent


@require_safe
@compared
def check(request: HttpRequest) -> HttpResponse:
    """The next question, or the answers. A school's or a college's are on a page of their own."""
    situation, workplace = _found(Situation.read(request.GET).tidy())
    question = unanswered(situation)
    if question:
        return _ask(request, situation, question)
    if workplace.establishment:
        return redirect(address(situation))
    named = {"ofsted": f"{workplace.name} ({situation.ofsted_urn})"} if workplace.row else {}
    said = [
        (
            each.row,
            named.get(each.param) or each.told(situation),
            address(without(situation, each.param)),
        )
        for each in asked(situation)
    ]
    today = timezone.localdate()
    term = term_for(situation, today)
    if term is None or not queries.has_rules(term):
        return without_rules(request, term, workplace)
    about = answers_page(situation, workplace, term, today)
    return render(request, "funding/answers.html", about | {"said": said})


def without(situation: Situation, param: str) -> Situation:
    """The same with that question open again."""
    return situation.but(**{param: getattr(Situation(), param)})


def _found(situation: Situation) -> tuple[Situation, Workplace]:
    """With the workplace it names; what names none that we know is asked again."""
    try:
        return situation, find(situation)
    except NotFoundError as missing:
        not_known = (*situation.not_known, str(missing))
        return replace(without(situation, missing.param), not_known=not_known), Workplace()


def _ask(request: HttpRequest, situation: Situation, question: Question) -> HttpResponse:
    typed = clean(request.GET.get("q", ""), picker.LONGEST_SHOWN)
    sent = request.GET.get(SENT) == question.param or ("q" in request.GET and not typed)
    searches = question.shape in (Shape.SCHOOL, Shape.CHILDCARE)
    before = [each for each in asked(situation) if each.answered(situation)]
    about: dict[str, Any] = {
        "question": question,
        "before": address(without(situation, before[-1].param)) if before else "",
        "error": question.missing if sent else "",
        "errors": [("id_q" if searches else f"id_{question.param}", question.missing)] if sent else [],
        "trust": situation.setting is Setting.ACADEMY_TRUST,
        "carried": situation.pairs(leave_out=[question.param]),
        "said": [
            (each.row, each.told(situation), address(without(situation, each.param))) for each in before
        ],
        "not_known": listed(situation.not_known),
        "skip": address(situation.answering(question.param, NONE_GIVEN)) if question.without else "",
        "abroad": address(situation.but(england=False)) if question.param == "setting" else "",
    }
    if searches and typed:
        search = picker.results if question.shape is Shape.SCHOOL else picker.setting_results
        about["found"] = search(typed, request.GET.get("page"))
        about["trusts"] = queries.trusts_named(typed) if about["trust"] else []
    if question.shape is Shape.TRAINING_PROVIDER:
        about["training_providers"] = queries.accredited_training_providers()
    return render(request, "funding/question.html", about)
