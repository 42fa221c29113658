"""``/api/v1/places``: counties and municipalities by name or postal code."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page
from ninja import Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from cms.geography.queries import search_places
from cms.languages.registry import BY_CODE, CODES
from pages.addresses import address

router = Router(tags=["places"])


class PlaceOut(Schema):
    """A place. ``code`` is SCB's: two digits for a county, four for a municipality; ``name`` in the asked language."""

    kind: Literal["county", "municipality"]
    code: str
    name: str
    url: str


class Problem(Schema):
    """What is wrong with the request, in a sentence."""

    detail: str


@router.get("/places", response={200: list[PlaceOut], 422: Problem}, summary="Find a county or municipality")
@decorate_view(conditional_page)
def places(
    request: HttpRequest,
    response: HttpResponse,
    lang: str = Query(description=f"one of {', '.join(CODES)}"),
    q: str = Query("", description="a postal code, or the beginning of a name"),
) -> list[PlaceOut]:
    """At most ten places, likeliest first; none for a postal code that nobody knows."""
    if lang not in BY_CODE:
        raise HttpError(422, f"lang: there is no language {lang[:20]!r}. The languages are {', '.join(CODES)}.")
    # Reference data, which changes with a release.
    response.headers["Cache-Control"] = "public, max-age=3600"
    return [
        PlaceOut(kind=place.kind, code=place.code, name=place.name, url=address(place.path.lstrip("/"), lang))
        for place in search_places(q, lang)
    ]
