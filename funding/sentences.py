"""What audit rows of funding say to staff."""

from npq_portal.audit.facts import Fact

FACTS = {
    "edition": Fact("Edition", of="funding.listedition"),
    "sha256": Fact("Fingerprint of the file (SHA-256)"),
}
SENTENCES = {
    "funding.edition_put_in_use": "Put an edition of a list in use for a term.",
    "funding.extract_refused": "An extract of the register that was asked for was not taken.",
    "funding.extract_taken": "Took an extract of the register of establishments.",
    "funding.extract_thrown_away": "Threw away an extract that somebody else had uploaded and nobody asked to take.",
    "funding.schools_ranked": "Ranked the schools by pupil premium figures.",
}
