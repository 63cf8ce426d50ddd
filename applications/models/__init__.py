"""An application and what belongs to it."""

from applications.models.answer import Answer, FormAnswer
from applications.models.application import Application
from applications.models.funded_places import FundedPlaces
from applications.models.note import Note
from applications.models.provider_form import ProviderForm
from applications.models.sponsor import Sponsor

__all__ = ["Answer", "Application", "FormAnswer", "FundedPlaces", "Note", "ProviderForm", "Sponsor"]
