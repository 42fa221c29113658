"""The public HTTP API, put together: ``/api/v1/``, described by ``/api/v1/openapi.json``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError

from pages.api.places import router as places_router
from search.api import router as search_router

# No page of documentation: Ninja's loads its scripts from third parties.
api = NinjaAPI(
    title="Vägvisare",
    version="1",
    description="What the public site finds and shows. Needs no key, sets no cookie.",
    openapi_url="/openapi.json",
    docs_url=None,
)
api.add_router("", search_router)
api.add_router("", places_router)


@api.exception_handler(ValidationError)
def _wrong_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Every refusal has one shape: a sentence in ``detail``."""
    said = " ".join(f"{problem['loc'][-1]}: {problem['msg']}." for problem in error.errors)
    return api.create_response(request, {"detail": said}, status=422)


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Ninja adds Retry-After, in seconds."""
    said = "Too many requests from this address. Try again after the seconds that Retry-After says."
    response = api.create_response(request, {"detail": said}, status=429)
    response.headers["Cache-Control"] = "no-store"
    return response
