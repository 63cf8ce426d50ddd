"""The lists of the finder's form that one chooses from, marked up: made once for a version of the catalogue, as they
have 150 options together, and with what is chosen for each search.
"""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from catalogue.finder.choices import Choices

# Filter -> its label, and what stands for no choice.
LABELLED = {
    "npq": ("NPQ", "Any NPQ"),
    "within": ("How far", "Any distance"),
    "start": ("Starts in", "Any month"),
    "mode": ("How it is taught", "Any way"),
    "days": ("Days and times", "Any day and time"),
    "places": ("Places left", "Does not matter"),
    "provider": ("Lead provider", "Any lead provider"),
    "hub": ("Teaching school hub", "Any hub"),
    "order": ("Order by", "Nearest, or soonest start"),
}


def selects(choices: Choices) -> dict[str, SafeString]:
    """Filter -> its list, in which nothing is chosen."""
    return {name: _select(name, getattr(choices, name)) for name in LABELLED}


def chosen_in(select: str, chosen: str) -> SafeString:
    """The list with what is chosen; "" for nothing."""
    value = f'value="{escape(chosen)}"'
    marked = select.replace(value, f"{value} selected", 1) if chosen else select
    return mark_safe(marked)  # noqa: S308  (its parts are escaped)


def _select(name: str, choices: Mapping[str, str]) -> SafeString:
    label, any_of_them = LABELLED[name]
    options = format_html_join("\n", '<option value="{}">{}</option>', choices.items())
    told = {"name": name, "label": label, "any": any_of_them, "options": options}
    return render_to_string("catalogue/courses_select.html", told)
