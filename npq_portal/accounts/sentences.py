"""What audit rows of accounts say to staff."""

SENTENCES = {
    "accounts.signed_in": "Signed in.",
    "accounts.user_added": "Account made by staff.",
    "accounts.user_changed": "Account changed by staff.",
    "accounts.erased": "Erased, by the person: what stays says nothing about anybody.",
    "accounts.second_step_removed": "Second step at sign-in removed by staff.",
}
