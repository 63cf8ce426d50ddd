"""What is asked on the funding check's first page."""

from crispy_forms_gds.helper import FormHelper
from django import forms

from funding.picker import LONGEST_SHOWN
from npq_portal.text import clean


class WorkplaceSearchForm(forms.Form):
    """`q` is cleaned, never refused for what it holds: any text is a search, if one that finds nothing."""

    q = forms.CharField(
        strip=False,
        error_messages={"required": "Enter the name, place, postcode or number of where you work"},
    )

    def __init__(self, data: dict[str, str]) -> None:
        self.helper = FormHelper()  # the error summary asks for one
        super().__init__({"q": clean(data.get("q", ""), LONGEST_SHOWN)})
