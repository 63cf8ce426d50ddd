"""Search over everything in the catalogue: words to a query, the query to entries, entries to what the page shows."""
