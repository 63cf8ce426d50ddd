"""The registration's questions: `steps` (data), `walker` (which comes next, pure), `forms` (a Django form from data).

Nothing here writes. Actions use the walker and the forms again when a person registers, so that what is
checked on the way is checked once more at the end.
"""
