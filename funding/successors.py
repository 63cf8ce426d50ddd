"""Following the register's successor links, in SQL: from a school that has closed to those that came after it."""

# Chains of closed schools are short; the limit is there for a loop in the data.
MOST_LINKS_FOLLOWED = 10

# Needs a relation `started (urn)` before it, in WITH RECURSIVE. Gives `followed (start, urn, steps)`: each of those
# URNs itself, after no step, and every one that its successor links reach without passing a school of a status in
# `open`. The parameter `most` is MOST_LINKS_FOLLOWED.
FOLLOWED = """
    followed (start, urn, steps) AS (
        SELECT urn, urn::varchar, 0 FROM started
        UNION
        SELECT followed.start, link.linked_urn, followed.steps + 1
        FROM followed
        JOIN funding_establishmentlink AS link ON link.urn = followed.urn AND link.kind LIKE 'Successor%%'
        WHERE followed.steps < %(most)s AND NOT EXISTS (
            SELECT FROM funding_establishment AS school
            WHERE school.urn = followed.urn AND school.status_code = ANY(%(open)s)
        )
    )
"""
