"""What audit rows of applications say to staff."""

from collections.abc import Iterable

from applications.models import Application


def _names(keys: list[str]) -> dict[str, str]:
    references = Application.objects.registered().filter(pk__in=keys).values_list("pk", "reference")
    return {str(key): reference or "" for key, reference in references}


def _found(text: str) -> Iterable[object]:
    return Application.objects.filter(reference=text.upper()).values_list("pk", flat=True)


NAMES = {"applications.application": _names}
FOUND_BY = {"applications.application": _found}
SENTENCES = {
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
