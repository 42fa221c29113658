"""What pages, search and the API ask about places. Each function says how many queries it costs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cms.geography.models import County, Municipality, PlaceName, PostalCode
from cms.geography.text import fold
from cms.languages.collation import collation_key
from cms.languages.registry import SOURCE

# No name of a place is longer; what is was not meant as one.
_LONGEST_QUERY = 80
# «211 20», «21120», «SE-211 20» and, as on an envelope, «211 20 Malmö».
_POSTAL_CODE = re.compile(r"(?:se?\s*)?(?P<digits>\d{3}(?:\s?\d{1,2})?)(?P<locality>\s+\D+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a search found.

    ``name`` is in the reader's language where a source has it; ``official_name`` the Swedish one,
    always to be shown beside it. ``path`` lacks the language: ``/lan/skane/malmo/``. ``matched`` is
    the postal code or the locality that led here («211 20 Malmö», «Kista»), empty if the name did.
    """

    kind: Literal["county", "municipality"]
    code: str
    name: str
    official_name: str
    county_slug: str
    slug: str
    path: str
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Locality:
    """A locality of a municipality, and its postal codes, five digits each, in order."""

    name: str
    postal_codes: tuple[str, ...]


def counties() -> list[County]:
    """All counties by the Swedish alphabet. One query."""
    return list(County.objects.all())


def county_by_slug(slug: str) -> County | None:
    """The county with this address, or ``None``. One query."""
    return County.objects.filter(slug=slug).first()


def municipalities(county: County) -> list[Municipality]:
    """The municipalities of a county by the Swedish alphabet, each with its county. One query."""
    return list(Municipality.objects.filter(county=county).select_related("county"))


def municipality_by_slug(county_slug: str, slug: str) -> Municipality | None:
    """The municipality with this address, with its county, or ``None``. One query."""
    return Municipality.objects.filter(county__slug=county_slug, slug=slug).select_related("county").first()


def localities(municipality: Municipality) -> list[Locality]:
    """The localities with a postal code in the municipality, by the Swedish alphabet. One query."""
    codes: dict[str, list[str]] = {}
    for code, locality in PostalCode.objects.filter(municipality=municipality).values_list("code", "locality"):
        codes.setdefault(locality, []).append(code)
    return [Locality(name, tuple(codes[name])) for name in sorted(codes, key=lambda name: collation_key(name, SOURCE))]


def search_places(text: str, language: str, limit: int = 10) -> list[Place]:
    """The places that ``text`` may mean to a reader of ``language``, likeliest first.

    ``text`` is a postal code (or its first three digits or more) or the beginning of a name: of a
    county, a municipality or a locality, in Swedish or in ``language``; case, accents and the space
    in a postal code don't matter. A postal code that the data lacks is normal, as is nonsense: both
    give an empty list. At most one query.
    """
    if limit < 1 or len(text) > _LONGEST_QUERY:
        return []
    if any(unicodedata.category(char) in ("Cc", "Cs") and not char.isspace() for char in text):
        return []
    folded = fold(text)
    if not folded:
        return []
    if any(char.isdecimal() for char in folded):
        match = _POSTAL_CODE.fullmatch(folded)
        # Readers with an Arabic or Persian keyboard type ٢١١ ٢٠.
        digits = "".join(str(unicodedata.decimal(char)) for char in match["digits"] if char != " ") if match else ""
        return _by_postal_code(digits, language)[:limit] if digits else []
    return _by_name(folded, language)[:limit]


def _by_postal_code(digits: str, language: str) -> list[Place]:
    """Municipalities by how many of the codes that begin with ``digits`` lie in them."""
    rows = list(PostalCode.objects.filter(code__startswith=digits).select_related("municipality__county"))
    number = Counter(row.municipality_id for row in rows)
    found = {row.municipality_id: row for row in rows}
    order = sorted(found.values(), key=lambda row: (-number[row.municipality_id], row.municipality.position))
    return [_municipality(row.municipality, language, str(row) if len(digits) == 5 else "") for row in order]


class _Rank(NamedTuple):
    """How well a row answers; smaller is better. The whole name, then its beginning, then a later word."""

    quality: int
    fewer_codes: int
    is_county: bool
    position: int


def _by_name(folded: str, language: str) -> list[Place]:
    rows = PlaceName.objects.filter(folded__startswith=folded, language__in=("", language)).select_related(
        "county", "municipality__county"
    )
    best: dict[tuple[str | None, str | None], tuple[_Rank, PlaceName]] = {}
    for row in rows:
        place = (row.county_id, row.municipality_id)
        rank = _rank(row, folded)
        if place not in best or rank < best[place][0]:
            best[place] = (rank, row)
    found: list[Place] = []
    for _rank_of_row, row in sorted(best.values(), key=lambda pair: pair[0]):
        if row.county is not None:
            found.append(_county(row.county, language))
        elif row.municipality is not None:
            matched = row.text if row.kind == PlaceName.Kind.LOCALITY else ""
            found.append(_municipality(row.municipality, language, matched))
    return found


def _rank(row: PlaceName, folded: str) -> _Rank:
    is_locality = row.kind == PlaceName.Kind.LOCALITY
    quality = (0 if row.folded == folded else 2) if row.at_start else 4
    area = row.county or row.municipality
    return _Rank(quality + is_locality, -row.weight, row.county_id is not None, area.position if area else 0)


def _county(county: County, language: str) -> Place:
    return Place(
        kind="county",
        code=county.code,
        name=county.name_in(language),
        official_name=county.name,
        county_slug=county.slug,
        slug=county.slug,
        path=county.path,
    )


def _municipality(municipality: Municipality, language: str, matched: str) -> Place:
    return Place(
        kind="municipality",
        code=municipality.code,
        name=municipality.name_in(language),
        official_name=municipality.name,
        county_slug=municipality.county.slug,
        slug=municipality.slug,
        path=municipality.path,
        matched=matched,
    )
