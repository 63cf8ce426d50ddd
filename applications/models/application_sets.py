"""Which applications: named sets of them, in the words of those who ask."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from applications.models.application_constraints import OFFERED, WAITING
from applications.models.scope import of_own_providers
from applications.states import LIVE, REVIEWABLE, TAKEN_ON, State
from funding.rules.vocabulary import Outcome

if TYPE_CHECKING:
    from applications.models.application import Application
    from npq_portal.accounts.models import User


class ApplicationQuerySet(models.QuerySet["Application"]):
    def drafts(self) -> Self:
        return self.filter(state=State.DRAFT)

    def registered(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def live(self) -> Self:
        """Registered and not ended: a person holds at most one for an NPQ and term."""
        return self.filter(state__in=LIVE)

    def alike(self, application: "Application") -> Self:
        """Those for the same provider, NPQ and term, `application` among them: they share its funded places."""
        return self.filter(
            provider=application.provider_id,
            qualification=application.qualification_id,
            term=application.term_id,
        )

    def waiting(self) -> Self:
        """On a waiting list, the next first."""
        return self.filter(WAITING).order_by("waiting_number")

    def offers_past(self, now: datetime) -> Self:
        """An offer that ended without an answer."""
        return self.filter(OFFERED, offer_ends_at__lte=now)

    def to_review(self) -> Self:
        """Whose funding waits for a person's decision, which can still make a difference."""
        return self.filter(funding_outcome=Outcome.REVIEW, state__in=REVIEWABLE)

    def held_by(self, user: "User") -> Self:
        """A person's own, drafts included."""
        return self.filter(applicant=user)

    def visible_to(self, user: "User") -> Self:
        """Those that `user` sees as staff. A draft is its applicant's alone (`held_by`)."""
        return of_own_providers(self.registered(), user)

    def with_names(self) -> Self:
        """With the rows that a list shows beside each application, in the same query."""
        named = self.select_related("applicant", "term", "qualification", "provider")
        return named.defer("applicant__password")

    def without_decisions(self) -> Self:
        """For lists: a frozen decision and what it was made from weigh more than all else about an application."""
        return self.defer("funding_facts", "funding_decision", "funding_evidence", "earlier_decisions")

    def funded_before(self, user: "User") -> Self:
        """The accepted ones that used up a scholarship (funding rules section 1, `previously_funded`).

        A place that the provider said has no funding does not count; leaving or failing a funded one does.
        """
        return (
            self.held_by(user)
            .filter(state__in=TAKEN_ON, funding_outcome="funded")
            .exclude(funded_place=False)
        )
