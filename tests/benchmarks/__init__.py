"""What `manage.py benchmark` measures: a module for each subject, found by its name.

A module has TITLE (a few words), USES_DATABASE (whether it needs the scratch database, which holds all of the
reference data), STEPS (how often it calls `step`, for the progress bar), and
`measure(step) -> list[Figure]`. Figures are ratios of two things measured by turns in the same run, wherever
that is possible: they mean the same on a fast machine and on a slow one. A module may change the scratch
database's rows, as long as it leaves the reference data as it was. No test asserts a time.
"""
