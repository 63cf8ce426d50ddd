"""What follows if a record is for another term, NPQ or lead provider: portal staff read it before they change it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from applications.actions import places
from applications.actions.errors import AppliedToThat, NeverAsked, NotOffered, NotTold
from applications.journey.decision import Funding, decide_again
from applications.journey.funding_step import FUNDING
from applications.journey.offered import choices_of
from applications.journey.walker import walk
from applications.models import Application
from applications.queries import answers_of
from applications.states import Action, State
from catalogue.models import Offer
from funding.queries import has_rules
from funding.rules.vocabulary import Outcome


@dataclass(frozen=True)
class Change:
    """What follows if `application` is for `offer` instead, from `now` on. It reads, and writes nothing."""

    application: Application
    offer: Offer
    now: datetime

    @property
    def is_none(self) -> bool:
        return not (self.other_term or self.other_npq or self.other_provider)

    @property
    def other_term(self) -> bool:
        return self.offer.term_id != self.application.term_id

    @property
    def other_npq(self) -> bool:
        return self.offer.qualification_id != self.application.qualification_id

    @property
    def other_provider(self) -> bool:
        return self.offer.provider_id != self.application.provider_id

    @property
    def action(self) -> Action:
        """The form, its sponsor and its scores are about an NPQ with a provider: they hold in another term."""
        return Action.CHANGE_RECORD if self.other_npq or self.other_provider else Action.CHANGE_TERM

    @property
    def loses_form(self) -> bool:
        begun = self.application.status is not State.REGISTERED
        return begun and self.action is Action.CHANGE_RECORD

    @property
    def frees_place(self) -> bool:
        return places.holds(self.application)

    @cached_property
    def funding(self) -> Funding | None:
        """As it is decided anew; None where neither term nor NPQ changes, on which alone it turns."""
        anew = self.other_term or self.other_npq
        return decide_again(self.application, self.offer, self.now) if anew else None

    @property
    def outcome(self) -> str:
        return self.funding.decision.outcome.value if self.funding else self.application.funding_outcome

    @property
    def asks_who_pays(self) -> bool:
        """It becomes not funded, and the applicant was never asked who pays then."""
        unanswered = self.funding is not None and not self.application.funding_choice
        return unanswered and self.outcome == Outcome.NOT_FUNDED

    def check(self) -> None:
        """Raises what stands against it: NotTold, NotOffered, AppliedToThat or NeverAsked."""
        if self.application.can_be_undone(self.now):
            raise NotTold
        if self.offer.qualification.hidden or not has_rules(self.offer.term):
            raise NotOffered
        if other := self._live_already():
            raise AppliedToThat(other.reference)
        if self.other_npq and (question := self._never_asked()):
            raise NeverAsked(question)
        if self.outcome == Outcome.INCOMPLETE:
            raise NeverAsked

    def _live_already(self) -> Application | None:
        same = Application.objects.told_live(self.now).filter(
            applicant=self.application.applicant_id,
            qualification=self.offer.qualification_id,
            term=self.offer.term_id,
        )
        return same.exclude(pk=self.application.pk).first()

    def _never_asked(self) -> str:
        """The first question before the funding that the other NPQ asks and nobody answered."""
        named = {
            "term": {"term": self.offer.term.identifier},
            "npq": {"npq": self.offer.qualification.identifier},
        }
        walked = walk(
            {**answers_of(self.application), **named}, choices_of(self.offer, timezone.localdate(self.now))
        )
        first, path = walked.unanswered, walked.path
        early = first is not None and (FUNDING not in path or path.index(first) < path.index(FUNDING))
        return first.summary if first is not None and early else ""
