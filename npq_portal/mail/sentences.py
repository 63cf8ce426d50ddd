"""What audit rows of mail say to staff."""

SENTENCES = {
    "mail.tried_again": "Put back in the queue after it was given up.",
    "mail.given_up": "Given up before it was sent.",
    "mail.viewed": "Looked at.",
}
