"""The front matter: a page's fields as YAML, both ways."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.languages.registry import SOURCE
from cms.translation.states import TranslationState
from pages.content.document import Document
from pages.content.problems import Notes
from pages.content.richtext import plain
from pages.content.yamltext import Keys, Many, Node, Text, write_keys
from pages.models import BasePage
from pages.sources import Source, parse_sources

FENCE = "---"
#: The page types of the format; all that hang in the trees but the local roots, which have no text.
TYPES = (
    "home",
    "entrance",
    "theme",
    "article",
    "news_index",
    "news",
    "standard",
    "professional",
    "county",
    "local",
)
DEFAULT_TYPE = "article"
#: Another word for a state.
_STATES = {"unreviewed": TranslationState.MACHINE}
_SWEDISH_ONLY = ("order", "sources", "owner", "review_by")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Fields:
    """Reads the keys one by one, each of its own kind."""

    def __init__(self, keys: Keys, notes: Notes) -> None:
        self.keys = keys
        self.notes = notes

    def _complain(self, key: str, what: str) -> None:
        self.notes.add(self.keys.lines[key], what)

    def text(self, key: str, longest: int | None = None) -> str:
        node = self.keys.values.get(key)
        if node is None:
            return ""
        if not isinstance(node, Text):
            self._complain(key, _("“%(key)s” is a text.") % {"key": key})
            return ""
        text = plain(node.text)
        if longest is not None and len(text) > longest:
            what = _("“%(key)s” has %(length)d characters; it may have %(longest)d.")
            self._complain(key, what % {"key": key, "length": len(text), "longest": longest})
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        found = []
        for node in self._entries(key):
            if isinstance(node, Text) and plain(node.text):
                found.append(plain(node.text))
            else:
                self.notes.add(node.line, _("An entry of “%(key)s” is a text.") % {"key": key})
        return tuple(found)

    def _entries(self, key: str) -> tuple[Node, ...]:
        node = self.keys.values.get(key)
        if node is None or isinstance(node, Many):
            return node.items if node else ()
        self._complain(key, _("“%(key)s” is a list, each entry on a line that begins with “- ”.") % {"key": key})
        return ()

    def one_of(self, key: str, allowed: dict[str, str], default: str) -> str:
        if key not in self.keys.values:
            return default
        text = self.text(key)
        if text not in allowed:
            values = ", ".join(allowed)
            self._complain(key, _("“%(key)s” is one of %(values)s.") % {"key": key, "values": values})
            return default
        return allowed[text]

    def date(self, key: str) -> datetime.date | None:
        if key not in self.keys.values:
            return None
        text = self.text(key)
        try:
            if _DATE.fullmatch(text):
                return datetime.date.fromisoformat(text)
        except ValueError:
            pass
        self._complain(key, _("“%(key)s” is a date such as 2027-03-01, not “%(text)s”.") % {"key": key, "text": text})
        return None

    def order(self) -> int | None:
        if "order" not in self.keys.values:
            return None
        text = self.text("order")
        if re.fullmatch(r"[1-9]\d{0,5}", text):
            return int(text)
        self._complain("order", _("“order” is a whole number from 1."))
        return None

    def sources(self) -> tuple[Source, ...]:
        found = []
        for node in self._entries("sources"):
            source = self._source(node)
            if source is None:
                continue
            try:
                found += parse_sources(str(source))
            except ValidationError:
                self.notes.add(node.line, _("“%(url)s” is not a web address.") % {"url": source.url})
        return tuple(found)

    def _source(self, node: Node) -> Source | None:
        if isinstance(node, Text):
            return Source("", plain(node.text))
        if isinstance(node, Keys) and "url" in node.values and set(node.values) <= {"title", "url"}:
            title, url = node.values.get("title", Text(node.line, "", node.line)), node.values["url"]
            if isinstance(title, Text) and isinstance(url, Text):
                return Source(plain(title.text), plain(url.text))
        self.notes.add(node.line, _("A source is an address, or has the keys title and url."))
        return None


def read_fields(keys: Keys, notes: Notes, language: str, path: str) -> Document:
    """The page's fields, without a body; notes what is wrong with them."""
    fields = _Fields(keys, notes)
    is_source = language == SOURCE
    known = set(_KEYS)
    for key, line in keys.lines.items():
        if key not in known:
            notes.add(line, _("Unknown key “%(key)s”; there are %(keys)s.") % {"key": key, "keys": ", ".join(_KEYS)})
        elif key in _SWEDISH_ONLY and not is_source:
            notes.add(line, _("“%(key)s” belongs to the Swedish page alone.") % {"key": key})
        elif key == "state" and is_source:
            notes.add(line, _("A Swedish page is the source and has no “state”."))
    title = fields.text("title", BasePage._meta.get_field("title").max_length)
    if not title and not isinstance(keys.values.get("title"), Many | Keys):
        notes.add(keys.lines.get("title", 0), _("The title is missing."))
    states = {str(value): str(value) for value in TranslationState.values} | {k: str(v) for k, v in _STATES.items()}
    document = Document(
        language=language,
        path=path,
        title=title,
        type=fields.one_of("type", {name: name for name in TYPES}, DEFAULT_TYPE if is_source else ""),
        order=fields.order() if is_source else None,
        summary=fields.text("summary"),
        alternative_titles=fields.texts("alternative_titles"),
        search_words=fields.texts("search_words"),
        sources=fields.sources() if is_source else (),
        owner=fields.text("owner", BasePage._meta.get_field("responsible").max_length) if is_source else "",
        review_by=fields.date("review_by") if is_source else None,
        first_published=fields.date("first_published"),
        updated=fields.date("updated"),
        state="" if is_source else fields.one_of("state", states, str(TranslationState.MACHINE)),
    )
    if document.first_published and document.updated and document.updated < document.first_published:
        notes.add(keys.lines["updated"], _("“updated” is before “first_published”."))
    return document


def _sources(document: Document) -> list[Any]:
    return [{"title": source.title, "url": source.url} if source.title else source.url for source in document.sources]


_KEYS: dict[str, Callable[[Document], Any]] = {
    "title": lambda document: document.title,
    "type": lambda document: document.type,
    "order": lambda document: str(document.order or ""),
    "summary": lambda document: document.summary,
    "alternative_titles": lambda document: list(document.alternative_titles),
    "search_words": lambda document: list(document.search_words),
    "sources": _sources,
    "owner": lambda document: document.owner,
    "review_by": lambda document: str(document.review_by or ""),
    "first_published": lambda document: str(document.first_published or ""),
    "updated": lambda document: str(document.updated or ""),
    "state": lambda document: document.state,
}


def write_fields(document: Document) -> list[str]:
    """The fields as lines of YAML, in the order of docs/content-format.md; without what is empty."""
    values = {key: value(document) for key, value in _KEYS.items()}
    return write_keys({key: value for key, value in values.items() if value})
