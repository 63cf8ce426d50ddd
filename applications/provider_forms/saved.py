"""What has been saved of a provider's form, as a form again; or a form that nobody has written in yet."""

from applications.form_definition import Prefill
from applications.models import Application, ProviderForm
from applications.provider_forms.build import ProviderFormForm, from_answers
from applications.queries import form_answers_of


def asked_of(application: Application) -> ProviderForm:
    """The version that was begun, else the one that is in use now.

    Raises ProviderForm.DoesNotExist where none has been published.
    """
    return application.form or ProviderForm.objects.current_for(
        application.provider, application.qualification
    )


def known_from_registration(application: Application) -> dict[str, str]:
    """What a question may be filled in with before anybody answers it."""
    return {
        Prefill.NAME: application.full_name,
        Prefill.EMAIL: application.applicant.email,
        Prefill.TRN: application.trn,
        Prefill.WORKPLACE: application.workplace_name,
    }


def begun_form(application: Application) -> ProviderFormForm:
    """To be written in: with what was saved, and with what the registration knows where nothing was."""
    definition = asked_of(application).definition
    known = known_from_registration(application)
    filled = {question.key: known[question.prefill] for question in definition.questions if question.prefill}
    return from_answers(definition, filled | form_answers_of(application), strict=False)


def saved_form(application: Application, *, strict: bool) -> ProviderFormForm:
    """Bound to what was saved, under the version that it was saved to."""
    if application.form is None:
        raise ValueError("Nothing has been saved yet.")
    return from_answers(application.form.definition, form_answers_of(application), strict=strict)


def asks_for_scores(application: Application) -> bool:
    """Whether people have something to score once the form is sent."""
    return any(question.scored for question in asked_of(application).definition.questions)
