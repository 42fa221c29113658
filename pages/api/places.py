"""``/api/v1/places``: counties and municipalities by name or postal code."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page
from ninja import Field, Query, Router, Schema
from ninja.decorators import decorate_view

from cms.geography.queries import search_places
from pages.addresses import address
from pages.api.common import InLanguage, Problem, language_of

router = Router(tags=["places"])


class PlacesIn(InLanguage):
    """What is asked."""

    q: str = Field("", description="a postal code, or the beginning of a name")


class PlaceOut(Schema):
    """A place. ``code`` is SCB's: two digits for a county, four for a municipality; ``name`` in the asked language."""

    kind: Literal["county", "municipality"]
    code: str
    name: str
    url: str


@router.get("/places", response={200: list[PlaceOut], 422: Problem}, summary="Find a county or municipality")
@decorate_view(conditional_page)
def places(request: HttpRequest, response: HttpResponse, asked: Query[PlacesIn]) -> list[PlaceOut]:
    """At most ten places, likeliest first; none for a postal code that nobody knows."""
    code = language_of(asked.lang).code
    # Reference data, which changes with a release.
    response.headers["Cache-Control"] = "public, max-age=3600"
    return [
        PlaceOut(kind=place.kind, code=place.code, name=place.name, url=address(place.path.lstrip("/"), code))
        for place in search_places(asked.q, code)
    ]
