"""An application and what belongs to it."""

from applications.models.allowed import AllowedAddress
from applications.models.answer import Answer, FormAnswer
from applications.models.application import Application
from applications.models.closed import ClosedApplication
from applications.models.figures import EndedDraft, Figures
from applications.models.funded_places import FundedPlaces
from applications.models.funding_review import FundingReview
from applications.models.interest import Interest
from applications.models.merging import AccountToMerge, TwoPeople
from applications.models.message import Message
from applications.models.note import Note
from applications.models.provider_form import ProviderForm
from applications.models.reminder import Reminder, ReminderOff
from applications.models.saved_filter import SavedFilter
from applications.models.score import Score
from applications.models.set_up import ProviderSetUp
from applications.models.sponsor import Sponsor, SponsorLink
from applications.models.together import BulkDecision, BulkDecisionLine
from applications.models.training import TrainingChange

__all__ = [
    "AccountToMerge",
    "AllowedAddress",
    "Answer",
    "Application",
    "BulkDecision",
    "BulkDecisionLine",
    "ClosedApplication",
    "EndedDraft",
    "Figures",
    "FormAnswer",
    "FundedPlaces",
    "FundingReview",
    "Interest",
    "Message",
    "Note",
    "ProviderForm",
    "ProviderSetUp",
    "Reminder",
    "ReminderOff",
    "SavedFilter",
    "Score",
    "Sponsor",
    "SponsorLink",
    "TrainingChange",
    "TwoPeople",
]
