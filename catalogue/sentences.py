"""What audit rows of the catalogue say to staff."""

from catalogue.history import run_changes

SENTENCES = {
    "catalogue.framework_loaded": "Statements of the framework loaded.",
    "catalogue.run_added": "Course run added.",
    "catalogue.run_cancelled": "Course run cancelled.",
    "catalogue.run_changed": "Course run changed.",
    "catalogue.session_cancelled": "Session cancelled.",
}
CHANGES = {
    "catalogue.run_added": run_changes,
    "catalogue.run_cancelled": run_changes,
    "catalogue.run_changed": run_changes,
    "catalogue.session_cancelled": run_changes,
}
