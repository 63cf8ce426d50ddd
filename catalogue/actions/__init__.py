"""The verbs of the catalogue, each one transaction: course runs, with an audit row for each run that changes, files of
them, and alerts, which nobody signs. What the staff area changes of anything else its forms save, with a row of theirs.
"""
