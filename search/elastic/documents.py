"""What Elasticsearch keeps of a record, and how it reads each language."""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Keyword, Mapping, Text

from search import analysis
from search.contracts import Record
from search.normalise import words

#: Elasticsearch's own analyzers. The languages that it has none for are found by ``stems``.
ANALYZERS = {
    "sv": "swedish",
    "en": "english",
    "ar": "arabic",
    "prs": "persian",
    "fa": "persian",
    "ru": "russian",
    "es": "spanish",
    "fr": "french",
}


def mapping(language: str) -> Mapping:
    """The fields of a language's index; another field is refused."""
    analyzer = ANALYZERS.get(language, "standard")
    fields = Mapping()
    fields.meta("dynamic", "strict")
    for name in ("title", "alternative", "headings", "summary", "body"):
        fields.field(name, Text(analyzer=analyzer))
    # Python's tokens, the same as in the database, so whole as they come.
    for name in ("title_stems", "stems"):
        fields.field(name, Text(analyzer="whitespace"))
    for name in ("type", "county", "municipality"):
        fields.field(name, Keyword())
    return fields


def _words(text: str, language: str) -> str:
    found = (analysis.forms(word.text, language) for word in words(text, language))
    return " ".join(form.exact for form in found if form)


def document(record: Record) -> dict[str, Any]:
    """The record as Elasticsearch keeps it, normalised in Python like every query."""
    texts = {
        "title": record.title,
        "alternative": "\n".join(record.alternative),
        "headings": "\n".join(record.headings),
        "summary": record.summary,
        "body": record.body,
    }
    fields: dict[str, Any] = {name: _words(text, record.language) for name, text in texts.items()}
    fields["title_stems"] = " ".join(analysis.tokens(record.title, record.language))
    fields["stems"] = " ".join(analysis.tokens("\n".join(texts.values()), record.language))
    return fields | {"type": record.type, "county": record.county, "municipality": record.municipality}
