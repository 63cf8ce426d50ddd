"""Ranked advice from the answers: what fits and why, and what not to take and why. Pure."""

from dataclasses import dataclass

from catalogue.chooser.dates import is_under_the_law
from catalogue.chooser.fits import FOR
from catalogue.chooser.limits import AGAINST, CHECKS
from catalogue.chooser.rules import Against
from catalogue.chooser.vocabulary import UNKNOWN, Answers, Npq, holds

# As many as can be compared side by side.
MOST = 4


@dataclass(frozen=True)
class Fit:
    npq: Npq
    points: int
    reasons: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """`fits` has the best first. `duty`: whether the law on SENCOs binds them: yes, maybe or no."""

    fits: tuple[Fit, ...]
    not_now: tuple[Against, ...]
    duty: str


def advise(answers: Answers) -> Advice:
    """Takes any answers, however few; each NPQ is in one of the two lists at most."""
    duty = _duty(answers)
    known = {**answers, "duty": duty}
    not_now = {rule.npq: rule for rule in reversed(AGAINST) if holds(rule.when, known)}
    fits = [fit for npq in Npq if npq not in not_now and (fit := _fit(npq, known)).points]
    fits.sort(key=lambda fit: -fit.points)
    return Advice(tuple(fits[:MOST]), tuple(not_now[npq] for npq in Npq if npq in not_now), duty)


def _fit(npq: Npq, known: Answers) -> Fit:
    rules = [rule for rule in FOR if rule.npq is npq and holds(rule.when, known)]
    rules.sort(key=lambda rule: -rule.points)
    return Fit(
        npq,
        points=sum(rule.points for rule in rules),
        reasons=tuple(rule.because for rule in rules),
        checks=tuple(check.words for check in CHECKS if check.npq is npq and holds(check.when, known)),
    )


def _duty(answers: Answers) -> str:
    """Only what is known settles it: no date, or no word on the school, leaves it open."""
    since, mainstream = answers.get("since"), answers.get("mainstream")
    if answers.get("role") != "senco" or mainstream == "no":
        return "no"
    if since and since != UNKNOWN and not is_under_the_law(since):
        return "no"
    return "yes" if since not in (None, UNKNOWN) and mainstream == "yes" else "maybe"
