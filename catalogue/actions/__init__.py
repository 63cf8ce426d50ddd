"""The only writers of what staff change in the catalogue: one transaction and one audit row each."""
