"""Which applications: named sets of them, in the words of those who ask."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Q, Subquery, When

from applications.models.application_constraints import OFFERED, WAITING, values
from applications.models.scope import of_own_providers
from applications.states import LIVE, REVIEWABLE, TAKEN_ON, State
from catalogue.models import MemberRole
from funding.rules.vocabulary import Outcome

if TYPE_CHECKING:
    from applications.models.application import Application
    from npq_portal.accounts.models import User


# One of its provider's funded places is theirs (`actions.places.holds`), and was before a decision.
HOLDS_A_PLACE = OFFERED | Q(funded_place=True)
HELD_A_PLACE = Q(before_decision__state=State.OFFERED.value) | Q(before_decision__funded_place=True)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def drafts(self) -> Self:
        return self.filter(state=State.DRAFT)

    def registered(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def live(self) -> Self:
        """Registered and not ended: a person holds at most one for an NPQ and term."""
        return self.filter(state__in=LIVE)

    def told_live(self, now: datetime) -> Self:
        """Live as far as their applicants know: one that they are not yet told has ended among them."""
        return self.filter(Q(state__in=LIVE) | Q(undo_until__gt=now))

    def untold(self, now: datetime) -> Self:
        """Decided, and their applicants are not told of it yet: it can be undone."""
        return self.filter(undo_until__gt=now)

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

    def with_place_in_line(self) -> Self:
        """Each with its `line_place`, as `queries.place_in_line` has it; None for somebody who does not wait."""
        same = {name: models.OuterRef(name) for name in ("provider", "qualification", "term")}
        until = self.model._default_manager.filter(
            **same, waiting_number__lte=models.OuterRef("waiting_number")
        )
        number = (
            until.order_by()
            .annotate(number=models.Func("pk", function="count", output_field=models.IntegerField()))
            .values("number")
        )
        return self.annotate(line_place=Case(When(WAITING, then=Subquery(number))))

    def to_score_by(self, user: "User") -> Self:
        """With a provider for whom `user` scores, wanting scores, and none of them theirs yet.

        One that waits for the applicant, or on a list, may be scored too, and waits for nobody here.
        """
        scorer = user.provider_memberships.filter(role=MemberRole.SCORER)
        wanting = self.filter(
            state=State.SUBMITTED, awaits_scores=True, provider__in=scorer.values("provider")
        )
        return wanting.exclude(applicant=user).exclude(scores__scorer=user)

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

    def funded_before(self, user: "User", now: datetime) -> Self:
        """The accepted ones that used up a scholarship (funding rules section 1, `previously_funded`), as `user` was
        told of them: what an answer about funding hangs on would tell of a decision that can still be undone.

        A place that the provider said has no funding does not count; leaving or failing a funded one does.
        """
        untold = Q(undo_until__gt=now)
        has_one = Q(~untold, state__in=TAKEN_ON, funded_place=True)
        known = {"state__in": values(TAKEN_ON), "funded_place": True}
        knows_of_one = Q(untold, **{f"before_decision__{name}": value for name, value in known.items()})
        return self.held_by(user).filter(has_one | knows_of_one, funding_outcome="funded")
