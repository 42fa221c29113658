"""A record analysed: what every engine keeps of a page, made once, in Python."""

from __future__ import annotations

import hashlib
import json

from search.analysis import tokens
from search.contracts import Document, Record

#: The fields of a document, best first: the title; other titles and search words; the summary, the
#: headings and the places; the rest.
FIELDS = ("title", "alternative", "summary", "body")
#: Part of every stamp. Another one asks for a rebuild: change it with the analysis or with the fields.
VERSION = 2


def analyse(record: Record) -> Document:
    """The document of a record."""
    texts = (
        record.title,
        "\n".join(record.alternative),
        "\n".join((record.summary, *record.headings, *record.places)),
        record.body,
    )
    analysed = (tokens(text, record.language) for text in texts)
    fields = tuple((" ".join(spelled), " ".join(marked)) for spelled, marked in analysed)
    return Document(
        page_id=record.page_id,
        language=record.language,
        type=record.type,
        theme=record.theme,
        county=record.county,
        municipality=record.municipality,
        updated=record.updated,
        fields=fields,
        stamp=_stamp(record, fields),
    )


def _stamp(record: Record, fields: tuple[tuple[str, str], ...]) -> str:
    updated = record.updated.isoformat() if record.updated else ""
    filtered = (record.language, record.type, record.theme, record.county, record.municipality, updated)
    told = json.dumps([VERSION, filtered, fields], ensure_ascii=False).encode()
    return hashlib.blake2b(told, digest_size=12).hexdigest()


def packed(document: Document) -> str:
    """The fields as one text, for a column."""
    return json.dumps(document.fields, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[tuple[str, str], ...]:
    """The fields of ``packed``."""
    return tuple((words, marked) for words, marked in json.loads(text))
