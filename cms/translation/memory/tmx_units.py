"""A TMX file's units as the parser tells of them, one at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.languages.registry import BY_CODE, CODES, SOURCE
from cms.translation.markup import Tag, to_html
from cms.translation.memory.models import NATIONAL
from cms.translation.memory.store import Approved

#: Characters of one text. A longer one is no segment, and takes long to compare.
LONGEST = 5000
#: Elements within each other: TMX itself needs nine.
_DEEPEST = 30


@dataclass(slots=True)
class _Variant:
    """A segment in one language: texts, and tags as kind, the file's own key and the number that it gives."""

    language: str
    parts: list[str | tuple[str, str, str]] = field(default_factory=list)


class Target:
    """What the parser tells of the file; ``texts`` fills while it is read. Knows no more than one unit."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.is_tmx = False
        self.found = 0
        self.texts: list[Approved] = []
        self.refused: dict[str, int] = {}
        self._stack: list[str] = []
        self._file_language = ""
        self._unit_language = ""
        self._variants: list[_Variant] = []
        self._properties: dict[str, str] = {}
        self._property = ""
        self._in_segment = False
        #: How deep within tags whose own text is another house's code.
        self._code = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        tag = tag.rpartition("}")[2]
        self._stack.append(tag)
        if len(self._stack) > _DEEPEST:
            raise ValueError(tag)
        if len(self._stack) == 1:
            self.is_tmx = tag == "tmx"
            if not self.is_tmx:
                raise ValidationError(_("This is not a TMX file. Nothing was changed."))
        elif self._in_segment:
            self._start_tag(tag, attrs)
        elif tag == "header":
            self._file_language = attrs.get("srclang", "")
        elif tag == "tu":
            self._variants, self._properties = [], {}
            self._unit_language = attrs.get("srclang", self._file_language)
        elif tag == "prop":
            self._property = attrs.get("type", "")
        elif tag == "tuv":
            named = attrs.get("{http://www.w3.org/XML/1998/namespace}lang") or attrs.get("lang", "")
            self._variants.append(_Variant(code_of(named)))
        elif tag == "seg" and self._variants:
            self._in_segment = True

    def _start_tag(self, tag: str, attrs: dict[str, str]) -> None:
        if tag in ("bpt", "ept", "ph", "it", "ut", "sub"):
            if not self._code and tag != "sub":
                self._note_tag(tag, attrs)
            self._code += 1

    def _note_tag(self, tag: str, attrs: dict[str, str]) -> None:
        parts = self._variants[-1].parts
        number = attrs.get("x", "")
        if tag == "it":
            # Its other half stands in another segment: what has no end here can't be placed.
            return
        key = attrs.get("i", "") if tag in ("bpt", "ept") else number
        parts.append((tag, key, number))

    def data(self, text: str) -> None:
        if self._in_segment and not self._code:
            self._variants[-1].parts.append(text)
        elif self._property and self._stack[-1] == "prop":
            self._properties[self._property] = (self._properties.get(self._property, "") + text)[:LONGEST]

    def end(self, tag: str) -> None:
        tag = self._stack.pop()
        if self._in_segment:
            if tag == "seg":
                self._in_segment, self._code = False, 0
            elif self._code:
                self._code -= 1
        elif tag == "prop":
            self._property = ""
        elif tag == "tu":
            self._end_unit()

    def close(self) -> None:
        """The parser asks for it."""

    def _end_unit(self) -> None:
        source = next((one for one in self._variants if one.language == SOURCE), None)
        others = [one for one in self._variants if one.language == self.language]
        if source is None or not others:
            return
        if code_of(self._unit_language) not in (SOURCE, ""):
            # A Swedish text that was translated from another language may say it in another way.
            self._refuse(_("translated from another language than Swedish"))
            return
        self.found += 1
        for other in others:
            self._keep(source, other)

    def _keep(self, source: _Variant, other: _Variant) -> None:
        numbers, tags = _numbered(source)
        coded, text = _coded(source, numbers), _coded(other, numbers)
        if not coded.strip() or not text.strip():
            self._refuse(_("empty"))
        elif max(len(coded), len(text)) > LONGEST:
            self._refuse(_("longer than %(count)d characters") % {"count": LONGEST})
        else:
            try:
                to_html(coded, tags)
                to_html(text, tags)
            except ValidationError:
                self._refuse(_("formatting that does not fit the original's"))
                return
            self.texts.append(Approved(coded, text, *self._place()))

    def _place(self) -> tuple[uuid.UUID | None, str, str]:
        """The page, the path in it and the domain, as this site's own file says them."""
        domain = self._properties.get("x-domain", "")[:100] or NATIONAL
        try:
            return uuid.UUID(self._properties["x-page"]), self._properties.get("x-path", ""), domain
        except (KeyError, ValueError):
            return None, "", domain

    def _refuse(self, reason: str) -> None:
        self.refused[reason] = self.refused.get(reason, 0) + 1


def _numbered(source: _Variant) -> tuple[dict[tuple[str, str, int], int], tuple[Tag, ...]]:
    """The source's tags by the file's own names of them, numbered in their order."""
    numbers: dict[tuple[str, str, int], int] = {}
    tags: list[Tag] = []
    for kind, key in _openings(source):
        name = (kind, *key)
        if name not in numbers:
            numbers[name] = len(tags) + 1
            tags.append(Tag(len(tags) + 1, "b" if kind == "bpt" else "br"))
    return numbers, tuple(tags)


def _openings(variant: _Variant) -> Iterator[tuple[str, tuple[str, int]]]:
    """The tags that open or stand alone, each with its name; of those without one, which of them it is."""
    nameless = 0
    for part in variant.parts:
        if isinstance(part, tuple) and part[0] != "ept":
            kind, key, number = part
            nameless += not (number or key)
            yield ("bpt" if kind == "bpt" else "ph"), (number or key, 0 if number or key else nameless)


def _coded(variant: _Variant, numbers: dict[tuple[str, str, int], int]) -> str:
    """The segment in the numbered form; a tag that the source lacks is left out."""
    result: list[str] = []
    openings = _openings(variant)
    open_: dict[str, int | None] = {}
    for part in variant.parts:
        if isinstance(part, str):
            result.append(part.replace("⟦", "").replace("⟧", ""))
        elif part[0] == "ept":
            number = open_.pop(part[1], None)
            if number:
                result.append(f"⟦/{number}⟧")
        else:
            kind, key = next(openings)
            number = numbers.get((kind, *key))
            if kind == "bpt":
                open_[part[1]] = number
            if number:
                result.append(f"⟦{number}⟧" if kind == "bpt" else f"⟦{number}/⟧")
    return "".join(result)


def code_of(named: str) -> str:
    """The site's code of a language that a file names by its tag: ``fa-AF`` is ``prs``, ``ar-SY`` is ``ar``.

    Empty for a language that the site doesn't have, and for ``*all*``.
    """
    tag = named.strip().replace("_", "-").lower()
    by_tag = {BY_CODE[code].tag.lower(): code for code in CODES}
    return by_tag.get(tag) or next((code for code in CODES if code in (tag, tag.partition("-")[0])), "")
