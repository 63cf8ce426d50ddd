"""What audit rows of funding say to staff."""

SENTENCES = {
    "funding.edition_put_in_use": "Put an edition of a list in use for a term.",
    "funding.extract_taken": "Took an extract of the register of establishments.",
    "funding.schools_ranked": "Ranked the schools by pupil premium figures.",
}
