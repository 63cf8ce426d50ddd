"""What a record is to be for instead: only what somebody offers, and the reason."""

from typing import Any

from django import forms
from django.utils import timezone

from applications.actions.errors import Refused
from applications.actions.record_change import Change
from applications.admin.forms import words
from applications.models import Application
from applications.models.application import PAYER_CHOICES
from applications.vocabulary import LONGEST_REASON
from catalogue.models import LeadProvider, Offer, Qualification, Term
from funding.rules.policies import POLICIES
from npq_portal.text import listed


def _chosen(label: str) -> "forms.ModelChoiceField[Any]":
    missing = f"Choose the {label}"
    return forms.ModelChoiceField(
        label=label if label == "NPQ" else label.capitalize(),
        queryset=Offer.objects.none(),
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), missing),
    )


class RecordForm(forms.Form):
    """Once it is valid, `change` is what would follow, and `cleaned_data["offer"]` what the record is to be for."""

    term = _chosen("term")
    qualification = _chosen("NPQ")
    provider = _chosen("lead provider")
    payer = forms.ChoiceField(
        label="Who pays?",
        help_text="It is not funded then, and the applicant was never asked. Ask them first.",
        choices=[("", "Choose who pays"), *PAYER_CHOICES],
        required=False,
    )
    reason = words(
        "Why is the record changed?",
        help_text="The applicant and the provider that it is with then read this word for word. It is kept as a note.",
        longest=LONGEST_REASON,
        missing="Give a reason: the applicant and the provider read it",
        rows=4,
    )
    change: Change | None = None

    def __init__(self, data: Any = None, *, application: Application) -> None:
        named = {name: getattr(application, f"{name}_id") for name in ("term", "qualification", "provider")}
        super().__init__(data, initial=named)
        self.application = application
        offers = Offer.objects.filter(term__identifier__in=list(POLICIES), qualification__hidden=False)
        for name, rows in (
            ("term", Term.objects.order_by("-position")),
            ("qualification", Qualification.objects.order_by("position")),
            ("provider", LeadProvider.objects.order_by("name")),
        ):
            self.fields[name].queryset = rows.filter(pk__in=offers.values(name))  # type: ignore[attr-defined]

    @property
    def shows_payer(self) -> bool:
        return bool(self.errors.get("payer") or self.data.get("payer"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        named = {name: given.get(name) for name in ("term", "qualification", "provider")}
        if not all(named.values()):
            return given
        offer = Offer.objects.filter(**named).select_related(*named).first()
        if offer is None:
            self.add_error("provider", self._who_does(given))
            return given
        change = Change(self.application, offer, timezone.now())
        try:
            change.check()
        except Refused as refusal:
            self.add_error("term", str(refusal))
            return given
        if change.is_none:
            self.add_error("term", "Choose another term, NPQ or lead provider: this is what it is for now")
        if change.asks_who_pays and not given.get("payer"):
            self.add_error("payer", "Choose who pays: it is not funded any more")
        self.change = change
        return {**given, "offer": offer}

    def _who_does(self, given: dict[str, Any]) -> str:
        offers = Offer.objects.filter(term=given["term"], qualification=given["qualification"])
        names = list(offers.order_by("provider__name").values_list("provider__name", flat=True))
        told = f" These do: {listed(names)}." if names else " Nobody does."
        return f"{given['provider']} does not offer {given['qualification']} in {given['term']}.{told}"
