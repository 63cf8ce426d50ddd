"""The shapes of the entries in catalogue/data that say which hub serves what, and where that lies."""

from dataclasses import dataclass
from typing import ClassVar

from catalogue.loading.entries import must


@dataclass(frozen=True)
class HubEntry:
    code: str
    name: str
    lead_school_urn: str
    lead_school_name: str

    names: ClassVar[dict[str, str]] = {"region_code": "code", "hub_name": "name"}

    def __post_init__(self) -> None:
        must(self.lead_school_urn.isdigit(), "lead_school_urn must be digits")


@dataclass(frozen=True)
class AreaEntry:
    hub: str
    district_code: str
    district_name: str
    la_code: str
    la_name: str

    names: ClassVar[dict[str, str]] = {"region_code": "hub"}


@dataclass(frozen=True)
class DistrictEntry:
    """A district as the register of schools has it: its name, the authority of most of its schools, and their middle
    in metres of the British National Grid.
    """

    district_code: str
    name: str
    la_code: str
    easting: str
    northing: str

    def __post_init__(self) -> None:
        must(self.easting.isdigit() and self.northing.isdigit(), "easting and northing must be whole metres")


@dataclass(frozen=True)
class OtherNameEntry:
    """A name that people still call a district by: why is for who reads the file."""

    name: str
    district_code: str


@dataclass(frozen=True)
class PostcodeDistrictEntry:
    """How many schools of an outward code lie in a district."""

    outward_code: str
    district_code: str
    schools: str

    def __post_init__(self) -> None:
        must(self.schools.isdigit(), "schools must be a whole number")
