"""Messages out of Django templates.

Django's own way, ``templatize``, makes text for ``xgettext``, which is not there. This reads the
same tags with Django's lexer and gives the message that the tag looks up when it is rendered
(``TranslateNode``, ``BlockTranslateNode``, ``Variable`` in Django 5.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.template.base import Lexer, Token, TokenType
from django.utils.text import unescape_string_literal
from django.utils.translation import trim_whitespace

from cms.languages.catalogs.messages import Found

_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_LEADING = re.compile(_STRING)
_CONSTANT = re.compile(rf"(?<!\w)_\(({_STRING})\)")
_MARK = "Translators:"
_TAGS = frozenset({"translate", "trans", "blocktranslate", "blocktrans"})


class TemplateTagError(ValueError):
    """A translation tag that Django would refuse. ``line`` says where."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def _literal(text: str) -> str | None:
    """The value of a string literal at the start of ``text``, None where a variable stands there."""
    match = _LEADING.match(text)
    return unescape_string_literal(match[0]) if match else None


def _escaped(text: str) -> str:
    # The tags double a percent sign before they look the message up.
    return text.replace("%", "%%")


def _context(bits: list[str]) -> str | None:
    if "context" not in bits:
        return None
    at = bits.index("context") + 1
    return _literal(bits[at]) if at < len(bits) else None


@dataclass(slots=True)
class _Block:
    """A ``blocktranslate`` that is open."""

    line: int
    context: str | None
    counted: bool
    trimmed: bool
    comment: str
    singular: list[str] = field(default_factory=list)
    plural: list[str] | None = None

    def add(self, text: str) -> None:
        (self.singular if self.plural is None else self.plural).append(text)

    def _text(self, parts: list[str]) -> str:
        text = "".join(parts)
        return trim_whitespace(text) if self.trimmed else text

    def found(self) -> Found:
        if self.counted != (self.plural is not None):
            missing = "a {% plural %}" if self.counted else "a count"
            raise TemplateTagError(self.line, f"blocktranslate lacks {missing}")
        plural = None if self.plural is None else self._text(self.plural)
        return Found(self.line, self._text(self.singular), plural, self.context, self.comment)


class _Reader:
    """Walks the tokens of one template."""

    def __init__(self) -> None:
        self._block: _Block | None = None
        self._comment = ""
        self._comment_line = 0
        self._muted: list[str] | None = None

    def read(self, text: str) -> Iterator[Found]:
        line = 1
        for token in Lexer(text).tokenize():
            line = token.lineno or line
            if self._muted is not None:
                self._in_comment(self._muted, token, line)
            elif self._block is not None:
                yield from self._in_block(self._block, token, line)
            else:
                yield from self._outside(token, line)
        if self._block is not None:
            raise TemplateTagError(self._block.line, "blocktranslate is not closed")

    def _take_comment(self, line: int) -> str:
        comment, self._comment = self._comment, ""
        return comment if line - self._comment_line <= 1 else ""

    def _in_comment(self, muted: list[str], token: Token, line: int) -> None:
        if token.token_type == TokenType.BLOCK and token.contents == "endcomment":
            text = trim_whitespace("".join(muted))
            if text.startswith(_MARK):
                self._comment, self._comment_line = text.removeprefix(_MARK).strip(), line
            self._muted = None
        else:
            muted.append(token.contents)

    def _in_block(self, block: _Block, token: Token, line: int) -> Iterator[Found]:
        if token.token_type == TokenType.TEXT:
            block.add(_escaped(token.contents))
        elif token.token_type == TokenType.VAR:
            block.add(f"%({token.contents})s")
        elif token.token_type == TokenType.BLOCK:
            if token.contents in {"endblocktranslate", "endblocktrans"}:
                self._block = None
                yield block.found()
            elif token.contents == "plural" and block.plural is None:
                block.plural = []
            else:
                raise TemplateTagError(line, f"blocktranslate holds another tag: {token.contents}")

    def _outside(self, token: Token, line: int) -> Iterator[Found]:
        if token.token_type == TokenType.COMMENT:
            if token.contents.startswith(_MARK):
                self._comment, self._comment_line = token.contents.removeprefix(_MARK).strip(), line
            return
        if token.token_type == TokenType.TEXT:
            return
        tag = token.contents.split(None, 1)[0] if token.token_type == TokenType.BLOCK else ""
        if tag == "comment":
            self._muted = []
            return
        bits = token.split_contents() if tag in _TAGS else []
        if tag in {"translate", "trans"}:
            message = _literal(bits[1]) if len(bits) > 1 else None
            if message is not None:
                yield Found(line, _escaped(message), None, _context(bits), self._take_comment(line))
        if tag in {"blocktranslate", "blocktrans"}:
            self._block = _Block(line, _context(bits), "count" in bits, "trimmed" in bits, self._take_comment(line))
        for constant in _CONSTANT.findall(token.contents):
            yield Found(line, _escaped(unescape_string_literal(constant)), comment=self._take_comment(line))


def extract_template(text: str) -> list[Found]:
    """The messages of one template, in order. Raises ``TemplateTagError``."""
    return list(_Reader().read(text))
