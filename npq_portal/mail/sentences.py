"""What audit rows of mail say to staff."""

SENTENCES = {
    "mail.tried_again": "Put back in the queue after it was given up.",
    "mail.viewed": "Looked at.",
}
