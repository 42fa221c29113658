"""A document as a file: canonical, so that the same page gives the same bytes."""

from __future__ import annotations

from pages.content.body import write_body
from pages.content.document import Document
from pages.content.frontmatter import FENCE, write_fields


def write_page(document: Document) -> bytes:
    """The file of the page, in UTF-8 with Unix line ends."""
    parts = [FENCE, *write_fields(document), FENCE]
    body = write_body(document.blocks)
    if body:
        parts += ["", body]
    return ("\n".join(parts) + "\n").encode("utf-8")
