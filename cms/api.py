"""The public HTTP API, put together: ``/api/v1/``, described by ``/api/v1/openapi.json``."""

from __future__ import annotations

from ninja import NinjaAPI

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
