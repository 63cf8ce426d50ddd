"""What audit rows of applications say to staff."""

SENTENCES = {
    "applications.started": "Started a draft.",
    "applications.answered": "Answered a question of the registration.",
    "applications.discarded": "Deleted the draft.",
    "applications.registered": "Registered.",
    "applications.form_saved": "Saved the provider's form.",
    "applications.submitted": "Sent the form to the provider.",
    "applications.accepted": "Accepted.",
    "applications.rejected": "Not accepted.",
    "applications.withdrawn": "Withdrawn.",
    "applications.noted": "Added a note.",
}
