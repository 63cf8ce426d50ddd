"""What can be studied, with whom, when and where."""

from catalogue.models.alert import CourseAlert
from catalogue.models.course_run import CourseRun
from catalogue.models.framework import FrameworkEdition, FrameworkSection, FrameworkStatement
from catalogue.models.hub import HubArea, TeachingSchoolHub
from catalogue.models.invitation import Invitation
from catalogue.models.membership import HubMembership, MemberRole, ProviderMembership
from catalogue.models.partner import DeliveryPartner, DifferentPartners, PartnerAlias, Partnership
from catalogue.models.postcode_area import PostcodeArea, PostcodeDistrict
from catalogue.models.provider import LeadProvider, Offer
from catalogue.models.qualification import PriceSeen, Qualification, QualificationFact
from catalogue.models.run_change import RunChange
from catalogue.models.run_upload import RunUpload
from catalogue.models.search import SearchEntry
from catalogue.models.session import RunVenue, Session
from catalogue.models.term import Term
from catalogue.models.version import CatalogueVersion

__all__ = [
    "CatalogueVersion",
    "CourseAlert",
    "CourseRun",
    "DeliveryPartner",
    "DifferentPartners",
    "FrameworkEdition",
    "FrameworkSection",
    "FrameworkStatement",
    "HubArea",
    "HubMembership",
    "Invitation",
    "LeadProvider",
    "MemberRole",
    "Offer",
    "PartnerAlias",
    "Partnership",
    "PostcodeArea",
    "PostcodeDistrict",
    "PriceSeen",
    "ProviderMembership",
    "Qualification",
    "QualificationFact",
    "RunChange",
    "RunUpload",
    "RunVenue",
    "SearchEntry",
    "Session",
    "TeachingSchoolHub",
    "Term",
]
