"""What a provider's form may ask, as plain data. Pure: the standard library alone.

A form is a JSON list, in the order in which it is read. An entry is a section's heading (`kind` "section", a `label`,
and a `hint` that is shown below it), which holds until the next one, or a question: the parts of `Question`, with its
`kind` by the values of `Kind`. `parse` refuses whatever could not be asked, and names the question.
"""

from applications.form_definition.parsing import (
    LARGEST_NUMBER,
    MOST_ENTRIES,
    RESERVED,
    SECTION,
    UnusableForm,
    parse,
)
from applications.form_definition.shape import (
    CHOICES,
    FLAGS,
    MORE,
    Definition,
    Kind,
    Prefill,
    Question,
    Section,
    count_words,
)

__all__ = [
    "CHOICES",
    "FLAGS",
    "LARGEST_NUMBER",
    "MORE",
    "MOST_ENTRIES",
    "RESERVED",
    "SECTION",
    "Definition",
    "Kind",
    "Prefill",
    "Question",
    "Section",
    "UnusableForm",
    "count_words",
    "parse",
]
