"""What has been saved of a provider's form, as a form again."""

from applications.models import Application, Sponsor
from applications.provider_forms.build import SPONSOR_EMAIL, SPONSOR_NAME, ProviderFormForm, form_from
from applications.queries import form_answers_of


def saved_values(application: Application) -> dict[str, str]:
    """Question key, and the two of the sponsor, to what was written."""
    sponsor = Sponsor.objects.filter(application=application).first()
    return form_answers_of(application) | {
        SPONSOR_NAME: sponsor.name if sponsor else "",
        SPONSOR_EMAIL: sponsor.email if sponsor else "",
    }


def saved_form(application: Application, *, strict: bool) -> ProviderFormForm:
    """Bound to what was saved, under the version that it was saved to."""
    if application.form is None:
        raise ValueError("Nothing has been saved yet.")
    return form_from(
        application.form.definition,
        strict=strict,
        applicant_email=application.applicant.email,
        data=saved_values(application),
    )
