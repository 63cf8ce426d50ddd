"""Who pays, and why: workplaces, eligibility lists, and the figures behind them."""

from funding.models.childcare_setting import ChildcareSetting
from funding.models.edition_upload import EditionUpload
from funding.models.eligibility_list import ListEdition, ListEntry, ListKind, Namespace, TermList
from funding.models.establishment import Establishment, EstablishmentChange, EstablishmentLink
from funding.models.extract_upload import ExtractUpload
from funding.models.import_run import ImportRun
from funding.models.itt_provider import IttProvider
from funding.models.places import LocalAuthority
from funding.models.pupil_premium import PupilPremium
from funding.models.ranking import RankedSchool, Ranking
from funding.models.search import SearchName, SearchSetting, SearchWord, SettingWord

__all__ = [
    "ChildcareSetting",
    "EditionUpload",
    "Establishment",
    "EstablishmentChange",
    "EstablishmentLink",
    "ExtractUpload",
    "ImportRun",
    "IttProvider",
    "ListEdition",
    "ListEntry",
    "ListKind",
    "LocalAuthority",
    "Namespace",
    "PupilPremium",
    "RankedSchool",
    "Ranking",
    "SearchName",
    "SearchSetting",
    "SearchWord",
    "SettingWord",
    "TermList",
]
