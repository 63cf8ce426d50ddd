"""Why a verb refused. `str()` of each is a sentence for the person who tried."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from npq_portal.verbs import Busy as Busy
from npq_portal.verbs import Refused as Refused

if TYPE_CHECKING:
    from applications.models import Application


class AlreadyDone(Refused):
    """Someone else, or the same person in another window, was first."""

    def __init__(self) -> None:
        super().__init__(
            "This application changed while you were looking at it. What it is now is shown below."
        )


class InHand(Refused):
    """The provider has decided, and the applicant is not told yet: neither what, nor that it has."""

    def __init__(self) -> None:
        super().__init__(
            "Your provider is working on this application at the moment, so nothing was changed. "
            "Try again in ten minutes."
        )


class MailHeld(Refused):
    def __init__(self) -> None:
        super().__init__(
            "The provider has just decided about this application, and its e-mail, which waits for ten minutes, tells"
            " of the funding as it is now. Decide about the funding after that."
        )


class PlaceGiven(Refused):
    """The provider has accepted the person by now, with or without a funded place."""

    def __init__(self) -> None:
        super().__init__(
            "The provider has accepted this person by now, and decided about their funded place. Nothing was changed."
        )


class NotYourDecision(Refused):
    def __init__(self) -> None:
        super().__init__("Only those who decide about this application undo a decision about it.")


class Told(Refused):
    """The mail about a decision has gone out, or is being sent."""

    def __init__(self) -> None:
        super().__init__(
            "The e-mail about this decision has gone out, so it can no longer be undone. Nothing was changed."
        )


class LineChanged(Refused):
    """Somebody came to the waiting list, left it, or was moved on it."""

    def __init__(self) -> None:
        super().__init__(
            "The waiting list changed while you were looking at it, so nobody was moved. Look at it again."
        )


class PlaceGone(Refused):
    def __init__(self) -> None:
        super().__init__(
            "The funded place that this person had is somebody else's by now, so the decision stands. "
            "Nothing was changed."
        )


class LiveAgain(Refused):
    """The person has applied again since, and holds one live application for an NPQ and term."""

    def __init__(self) -> None:
        super().__init__(
            "This person has another application for this NPQ and term by now, so the decision stands. "
            "Nothing was changed."
        )


class MailBeingSent(Refused):
    """A mail server is slow to take a mail that names the person."""

    def __init__(self) -> None:
        super().__init__(
            "We are sending an e-mail to you or about you, and a mail server is slow to take it. "
            "Nothing is erased yet. Wait a minute, then erase your data again."
        )


class RegistrationClosed(Refused):
    """Portal staff have closed registration, in every term at once."""

    def __init__(self) -> None:
        super().__init__(
            "Registration is closed, so nothing was sent. Your answers are kept: go on with them when it opens again."
        )


class Incomplete(Refused):
    """An answer is missing or no longer holds; `step` names the question to go to."""

    def __init__(self, step: str, why: str = "Answer this question before you go on.") -> None:
        super().__init__(why)
        self.step = step


class AlreadyApplied(Refused):
    """The person has a live application for this NPQ and term: `application`."""

    def __init__(self, application: "Application") -> None:
        super().__init__(
            f"You have already registered for this NPQ and term. Your reference is {application.reference}."
        )
        self.application = application


class TooManyInvitations(Refused):
    def __init__(self) -> None:
        super().__init__(
            "You have sent as many invitations to sponsors as you can in a day. Try again tomorrow."
        )


class StaleForm(Refused):
    """The draft was saved, published or deleted since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed or published this form after you opened it. Nothing was saved: what it is now is below."
        )


class NotOffered(Refused):
    """A course or a lead provider that cannot be chosen, or not any more."""

    def __init__(self) -> None:
        super().__init__("What you chose is not offered any more, so nothing was changed. Choose again.")


class NotTold(Refused):
    """A decision was made of which the applicant is not told yet."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody has been told of the decision about this application yet. Undo it, or wait until its e-mail has "
            "gone out."
        )


class NotToldUntil(Refused):
    """Training starts once the person knows that they are accepted: `until`."""

    def __init__(self, until: datetime) -> None:
        at = f"{timezone.localtime(until):%H:%M}"
        super().__init__(
            f"This person is told at {at} that they are accepted: until then it can be undone. Record the start of the "
            "training after that. Nothing was recorded."
        )


class AppliedToThat(Refused):
    """The person has another live application for the NPQ and term: its reference."""

    def __init__(self, reference: str | None = None) -> None:
        named = f", {reference}" if reference else ""
        super().__init__(
            f"This person has another live application for that NPQ and term{named}. Nothing was changed."
        )


class NeverAsked(Refused):
    """The NPQ, or the term's rules, need an answer that the registration never asked for."""

    def __init__(self, question: str = "") -> None:
        asked = f": “{question}”" if question else ""
        super().__init__(
            f"That needs an answer that this registration does not have{asked}. The applicant withdraws this "
            "application and registers for it themselves."
        )


class NoPlaceLeft(Refused):
    def __init__(self) -> None:
        super().__init__(
            "No funded place is left for this NPQ and term. You can accept without a funded place."
        )


class BelowTaken(Refused):
    """Fewer places than have been given."""

    def __init__(self) -> None:
        super().__init__("More places than that have been given already, so the number stays as it was.")


class NotEntitled(Refused):
    """A funded place for someone whose scholarship decision is not `funded`."""

    def __init__(self) -> None:
        super().__init__(
            "This person is not eligible for scholarship funding, so cannot have a funded place."
        )


class InTraining(Refused):
    """The same person, by a verified teacher reference number, is in training for this NPQ and term."""

    def __init__(self) -> None:
        super().__init__(
            "This person is already in training for this NPQ and term in another application. Ask this portal's staff."
        )


class OfferEnded(Refused):
    """The time to answer has passed."""

    def __init__(self) -> None:
        super().__init__(
            "This offer has ended, so the place goes to the next person. Your application is with the provider again."
        )


class WrongDay(Refused):
    """A day that is to come, or before what was recorded last; the sentence says which."""


class TooManyMessages(Refused):
    def __init__(self) -> None:
        super().__init__("That is a lot of messages for one day. Nothing was sent: write again tomorrow.")


class TooManyAsked(Refused):
    """Known and unknown addresses are told alike."""

    def __init__(self) -> None:
        super().__init__("That was asked for too often. Try again tomorrow.")


class TooManyChanges(Refused):
    def __init__(self) -> None:
        super().__init__("You have changed your lead provider several times today. Change it again tomorrow.")


class NotYours(Refused):
    def __init__(self) -> None:
        super().__init__("Only staff who read this application may write about it.")


class NotManager(Refused):
    def __init__(self) -> None:
        super().__init__("Only the provider's managers change its set-up. Nothing was changed.")


class OfferInUse(Refused):
    """People count on what is offered: `live` of their applications, `runs` that they may have in their diary."""

    def __init__(self, live: int, runs: int) -> None:
        parts = [
            live and ("1 live application is" if live == 1 else f"{live} live applications are"),
            runs and ("1 course run is" if runs == 1 else f"{runs} course runs are"),
        ]
        super().__init__(
            f"This offer stays: {' and '.join(str(part) for part in parts if part)} to it. Decide or move the "
            "applications, and cancel the course runs, before you withdraw it."
        )


class TooManyDrafts(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(
            f"You have {most} drafts. Go on with one of them, or delete one before you start another."
        )


class Decided(Refused):
    def __init__(self) -> None:
        super().__init__("This application has been decided, so its scores stay as they were.")


class ScoresStand(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Others have scored this application too, and you have seen what they gave: your scores stay as they are."
        )


class TooManyFilters(Refused):
    def __init__(self) -> None:
        super().__init__("You have 20 saved filters. Delete one before you save another.")


class NotYourself(Refused):
    def __init__(self) -> None:
        super().__init__("People erase their own data only.")


class StaffAccount(Refused):
    """What somebody did as staff has to stay explainable."""

    def __init__(self) -> None:
        super().__init__(
            "You work here too, so your account is not erased by this page. Ask this portal's staff to close it first."
        )


class StillInTraining(Refused):
    """The provider reports on the person until the training has ended."""

    def __init__(self) -> None:
        super().__init__(
            "You are in training, so nothing was erased. You can erase your data once the training has ended."
        )


class Erased(Refused):
    """The person, or the one whom the application was about, has been erased since the page was opened."""

    def __init__(self) -> None:
        super().__init__("This person has been erased, so nothing was saved.")


class Merged(Refused):
    """Of the person's two accounts this one was closed since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "This account was merged into your other one, so nothing was saved. Sign in with your other e-mail address."
        )
