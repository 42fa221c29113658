"""The places: the map of counties, a county, a municipality; in every language."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from cms.access.scopes import LOCAL_SEGMENT
from cms.geography.map import VIEW_BOX, county_shapes
from cms.geography.models import County, Municipality, SubRegion
from cms.geography.queries import counties, county_by_slug, municipality_by_slug, search_places
from cms.languages.formats import collation_key
from cms.languages.registry import CODES, Language, get
from pages.addresses import address, parent_path
from pages.cache.tags import children_tag, depends, page_tag
from pages.frame import build_frame
from pages.local.places import (
    PlaceLink,
    PlacePage,
    county_link,
    municipality_link,
    place_path,
)
from pages.reading import PageRef, Version, below, best, choose, in_chain, resolve
from pages.rendering import Reading, build_reading, links_of, page_of

#: Longest text that the place search looks at, in characters.
_LONGEST_QUERY = 100


def serve_place(request: HttpRequest, path: str, code: str) -> HttpResponse | None:
    """The place at ``path``, or ``None`` where it is no place (but perhaps a local article)."""
    segments = path.strip("/").split("/")
    if len(segments) == 1:
        return _places(request, code)
    county = county_by_slug(segments[1]) if len(segments) in (2, 3) else None
    if county is None:
        return None
    if len(segments) == 2:
        return _county(request, county, code)
    municipality = municipality_by_slug(county.slug, segments[2])
    return _municipality(request, municipality, code) if municipality is not None else None


def _places(request: HttpRequest, code: str) -> HttpResponse:
    language = get(code)
    query = request.GET.get("q", "")[:_LONGEST_QUERY].strip()
    title = gettext("Your place in Sweden")
    frame, _rows = build_frame(
        request,
        language,
        f"{LOCAL_SEGMENT}/",
        exists=set(CODES),
        title=title,
        description=gettext("Choose your county or municipality to read what applies where you live."),
    )
    shapes = {shape.code: shape for shape in county_shapes()}
    rows: list[dict[str, Any]] = [
        {"county": county, "link": county_link(county, language), "shape": shapes.get(county.code)}
        for county in counties()
    ]
    rows.sort(key=lambda row: collation_key(row["link"].name, code))
    found = [
        PlaceLink(place.code, place.name, place.official_name, address(place.path.lstrip("/"), code), place.kind)
        for place in (search_places(query, code) if query else [])
    ]
    frame.noindex = bool(query)
    context = {"frame": frame, "counties": rows, "viewbox": VIEW_BOX, "query": query, "found": found}
    return TemplateResponse(request, "pages/places.html", context).render()


def _county(request: HttpRequest, county: County, code: str) -> HttpResponse:
    language = get(code)
    place = PlacePage(
        kind="county",
        code=county.code,
        name=county.name_in(code),
        official_name=county.name,
        path=place_path(county),
        url=address(place_path(county), code),
        municipalities=sorted(
            (municipality_link(municipality, language) for municipality in county.municipalities.all()),
            key=lambda link: collation_key(link.name, code),
        ),
        sub_regions=list(
            SubRegion.objects.filter(municipalities__county=county).distinct().values_list("name", flat=True)
        ),
    )
    taken = {link.url.rstrip("/").rpartition("/")[2] for link in place.municipalities}
    return _render_place(request, place, code, taken)


def _municipality(request: HttpRequest, municipality: Municipality, code: str) -> HttpResponse:
    postal: dict[str, list[str]] = {}
    for postal_code, locality in municipality.postal_codes.order_by("locality", "code").values_list("code", "locality"):
        postal.setdefault(locality, []).append(f"{postal_code[:3]} {postal_code[3:]}")
    place = PlacePage(
        kind="municipality",
        code=municipality.code,
        name=municipality.name_in(code),
        official_name=municipality.name,
        path=place_path(municipality),
        url=address(place_path(municipality), code),
        county=county_link(municipality.county, get(code)),
        sub_regions=list(municipality.sub_regions.values_list("name", flat=True)),
        postal_codes=sorted(postal.items(), key=lambda item: collation_key(item[0], "sv")),
    )
    taken = set(Municipality.objects.filter(county=municipality.county).values_list("slug", flat=True))
    return _render_place(request, place, code, taken)


def _render_place(request: HttpRequest, place: PlacePage, code: str, taken: set[str]) -> HttpResponse:
    """A place's page: its data, its editors' text in the best language, its local pages.

    ``taken`` are the slugs of the county's municipalities: pages there are the municipalities' own.
    """
    language = get(code)
    own = resolve(place.path)
    of_county = own if place.county is None else resolve(parent_path(place.path))
    version = best(language, own)
    chain = [by_code[c] for by_code in (own, of_county) for c in language.chain if c in by_code]
    frame, rows = build_frame(
        request,
        language,
        place.path,
        exists=set(CODES),
        title=place.name,
        description=version.summary if version else "",
        more=(below(chain) if chain else Q(pk__in=[])) & in_chain(language),
    )
    depends(request, page_tag(place.path), children_tag(place.path))
    if place.county is not None:
        above = parent_path(place.path)
        depends(request, page_tag(above), children_tag(above))
    page, reading, links = None, None, {}
    if version is not None:
        page = page_of(version)
        reading = build_reading(request, page, language)
        links = links_of(request, page, language)
    context: dict[str, Any] = {
        "frame": frame,
        "place": place,
        "page": page,
        "reading": reading or Reading(language=language, is_fallback=False, original_url=""),
        "links": links,
        "local_pages": _local_pages(rows, place, language, taken),
        "national_links": frame.themes,
    }
    return TemplateResponse(request, "pages/place.html", context).render()


def _local_pages(rows: list[Version], place: PlacePage, language: Language, taken: set[str]) -> list[PageRef]:
    """The place's local articles and its county's, without the municipalities' own pages."""
    refs = choose((row for row in rows if row.type == "local"), language)
    return [
        ref
        for ref in refs
        if ref.path != place.path
        and (ref.path.strip("/").split("/")[2] not in taken or (place.county and ref.path.startswith(place.path)))
    ]
