"""A county's or municipality's page, made of reference data and of what editors published."""

from __future__ import annotations

from dataclasses import dataclass, field

from cms.geography.models import County, Municipality
from cms.languages.registry import Language
from pages.addresses import address


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place to go to. ``name`` is in the reader's language, ``official_name`` Swedish."""

    code: str
    name: str
    official_name: str
    url: str
    kind: str


@dataclass(slots=True)
class PlacePage:
    """What is known of a place without any editor."""

    kind: str
    code: str
    name: str
    official_name: str
    path: str
    url: str
    county: PlaceLink | None = None
    municipalities: list[PlaceLink] = field(default_factory=list)
    sub_regions: list[str] = field(default_factory=list)
    postal_codes: list[tuple[str, list[str]]] = field(default_factory=list)


def place_path(place: County | Municipality) -> str:
    """The place's path as the pages' addresses have it: ``lan/skane/malmo/``."""
    return place.path.removeprefix("/")


def county_link(county: County, language: Language) -> PlaceLink:
    return PlaceLink(
        county.code,
        county.name_in(language.code),
        county.name,
        address(place_path(county), language.code),
        "county",
    )


def municipality_link(municipality: Municipality, language: Language) -> PlaceLink:
    return PlaceLink(
        municipality.code,
        municipality.name_in(language.code),
        municipality.name,
        address(place_path(municipality), language.code),
        "municipality",
    )
