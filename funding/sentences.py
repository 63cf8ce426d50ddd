"""What audit rows of funding say to staff."""

SENTENCES = {"funding.edition_put_in_use": "Put an edition of a list in use for a term."}
