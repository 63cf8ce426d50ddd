"""What audit rows of applications say to staff."""

from collections.abc import Iterable

from django.db.models import Q

from applications.models import Application, Sponsor
from applications.states import State
from funding.rules.vocabulary import Outcome, Reason
from funding.rules.words import OUTCOMES, REASONS
from npq_portal.accounts.models import User
from npq_portal.audit.facts import Fact
from npq_portal.audit.records import MOST_PEOPLE, Named, is_key

ACCOUNT = "accounts.user:"


def _names(keys: list[str]) -> dict[str, Named]:
    rows = Application.objects.filter(pk__in=keys).select_related("applicant")
    columns = ("reference", "full_name", "applicant__full_name", "applicant__email")
    return {
        str(row.pk): Named(row.reference or "Draft", row.full_name or str(row.applicant))
        for row in rows.only(*columns)
    }


def _sponsors(keys: list[str]) -> dict[str, Named]:
    rows = Sponsor.objects.filter(pk__in=keys).values_list("pk", "application__reference", "name")
    return {
        str(key): Named(f"The sponsor of {reference or 'a draft'}", name) for key, reference, name in rows
    }


def _found(text: str) -> Iterable[object]:
    """By reference, or by whose they are: a whole e-mail address or TRN, a part of a name, or their account."""
    account = text.removeprefix(ACCOUNT)
    if text.startswith(ACCOUNT):
        held = is_key(User, account)
        return Application.objects.filter(applicant__pk=account).values_list("pk", flat=True) if held else ()
    meant = Q(applicant__email__iexact=text) | Q(full_name__icontains=text) | Q(reference=text.upper())
    if text.isdecimal():
        meant = Q(trn=text) | Q(applicant__trn=text)
    return Application.objects.filter(meant).values_list("pk", flat=True)[:MOST_PEOPLE]


def _state(value: str) -> str:
    return State(value).label if value in set(State) else value


def _outcome(value: str) -> str:
    return OUTCOMES[Outcome(value)].title if value in set(Outcome) else value


def _reason(value: str) -> str:
    return REASONS[Reason(value)].title if value in set(Reason) else value


def _identifier(value: str) -> str:
    """ "npq-early-years-leadership" -> "Early years leadership"."""
    return str(value).removeprefix("npq-").replace("-", " ").capitalize()


def _page(value: str) -> str:
    return str(value).replace("_", " ").replace("-", " ")


NAMES = {"applications.application": _names, "applications.sponsor": _sponsors}
FOUND_BY = {"applications.application": _found}
FACTS = {
    "state": Fact("State", _state),
    "outcome": Fact("Funding", _outcome),
    "reason": Fact("Reason", _reason),
    "npq": Fact("NPQ", _identifier),
    "qualification": Fact("NPQ", _identifier),
    "term": Fact("Start term", _identifier),
    "provider": Fact("Lead provider", _identifier),
    "course_run": Fact("Course run", of="catalogue.courserun"),
    "form": Fact("Form", of="applications.providerform"),
    "place": Fact("Place on the waiting list"),
    "page": Fact("Page", _page),
    "step": Fact("Question", _identifier),
    "steps": Fact("Questions"),
    "entries": Fact("Questions in the form"),
    "of": Fact("Reminder", _page),
    "off": Fact("Reminders turned off"),
}
SENTENCES = {
    "applications.fundedplaces_changed": "The number of funded places changed.",
    "applications.viewed": "Looked at.",
    "applications.exported": "Took a file of applications.",
    "applications.figures_taken": "Took a file of figures.",
    "applications.addresses_allowed": "Let more people register while it is closed.",
    "applications.addresses_removed": "People may no longer register while it is closed.",
    "applications.started": "Started a draft.",
    "applications.answered": "Answered a question of the registration.",
    "applications.discarded": "Deleted the draft.",
    "applications.draft_expired": "The draft was deleted, as nobody went on with it.",
    "applications.anonymised": "Emptied of what says whose it was, as it had been kept long enough.",
    "applications.registered": "Registered.",
    "applications.form_saved": "Saved the provider's form.",
    "applications.submitted": "Sent the form to the provider.",
    "applications.funding_reviewed": "Decided the funding after a review.",
    "applications.accepted": "Accepted.",
    "applications.rejected": "Not accepted.",
    "applications.decision_undone": "Undid the decision, before anybody was told of it.",
    "applications.reverted": "Took the decision back: the provider decides again.",
    "applications.asked_for_more": "Asked for more information.",
    "applications.information_sent": "Sent the information that was asked for.",
    "applications.message_written": "Wrote a message.",
    "applications.put_on_waiting_list": "Put on the waiting list.",
    "applications.moved_to_run": "Moved the applicant to another course run.",
    "applications.moved_in_line": "Gave another place on the waiting list.",
    "applications.place_offered": "Offered a funded place.",
    "applications.took_up": "Took up the offered place, and is accepted.",
    "applications.turned_down": "Turned down the offered place.",
    "applications.offer_lapsed": "The offer ended without an answer.",
    "applications.closed_as_accepted_elsewhere": "Ended: the same person was accepted under another account.",
    "applications.training_started": "Started the training.",
    "applications.training_deferred": "Paused the training.",
    "applications.training_resumed": "Went on with the training.",
    "applications.training_left": "Left the training.",
    "applications.passed": "Passed.",
    "applications.failed": "Did not pass.",
    "applications.course_changed": "Chose another course.",
    "applications.provider_changed": "Chose another lead provider.",
    "applications.record_changed": "Changed the term, NPQ or lead provider.",
    "applications.withdrawn": "Withdrawn.",
    "applications.sponsor_asked": "Asked the sponsor to endorse the application.",
    "applications.sponsor_asked_again": "Sent the sponsor another link.",
    "applications.sponsor_changed": "Asked another sponsor instead.",
    "applications.sponsor_reminded": "Reminded the sponsor.",
    "applications.applicant_reminded": "Reminded the applicant.",
    "applications.reminders_chosen": "Chose which reminders to get.",
    "applications.sponsor_declined": "Did not endorse the application.",
    "applications.sponsor_was_wrong": "Is not the applicant's sponsor.",
    "applications.endorsed": "Endorsed the application, which is with the provider now.",
    "applications.form_drafted": "Began a new version of a form.",
    "applications.form_edited": "Changed the draft of a form.",
    "applications.form_published": "Published a version of a form.",
    "applications.providerform_deleted": "Deleted the draft of a form.",
    "applications.scored": "Scored the form.",
    "applications.noted": "Added a note.",
    "applications.offer_withdrawn": "Withdrew the offer of an NPQ in a term.",
    "applications.filter_saved": "Saved a filter of the queue.",
    "applications.filter_deleted": "Deleted a saved filter of the queue.",
}
