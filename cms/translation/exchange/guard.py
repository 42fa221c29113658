"""What a file is looked at for before anything reads it: its size, what it is in truth, its encoding, its XML."""

from __future__ import annotations

import codecs
import re
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.translation.exchange.formats import LARGEST_FILE

_NO_TEXT = {
    b"PK\x03\x04": "ZIP",
    b"PK\x05\x06": "ZIP",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Office",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([^"']*)""")


class Upload(Protocol):
    """A file that was sent in."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...


def text_of(file: Upload) -> str:
    """The file's text. Raises ``ValidationError`` with a sentence; too large a file is not read at all."""
    size = file.size or 0
    if size > LARGEST_FILE:
        raise ValidationError(
            _("The file is too large: %(size)s. At most %(most)s are read.")
            % {"size": filesizeformat(size), "most": filesizeformat(LARGEST_FILE)}
        )
    return decoded(file.read())


def decoded(data: bytes) -> str:
    """The bytes as text. Raises ``ValidationError``."""
    if not data.strip():
        raise ValidationError(_("The file is empty."))
    for start, kind in _NO_TEXT.items():
        if data.startswith(start):
            raise ValidationError(
                _("This is a %(kind)s file, whatever its name. Unpack or save it as XLIFF, PO or CSV.") % {"kind": kind}
            )
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: len(mark) + error.start].count(b"\n") + 1
        raise ValidationError(
            _("The file is not in UTF-8: line %(line)d can't be read. Save it in UTF-8.") % {"line": line}
        ) from error
    if "\0" in text:
        raise ValidationError(_("The file holds NUL characters: it is no text file."))
    return text


def is_xml(text: str) -> bool:
    return text.lstrip().startswith("<")


def xml_root(text: str) -> Any:
    """The root of a parsed XML file. Raises ``ValidationError``.

    A file with a document type is refused before it is parsed: entities, which bombs are made of and
    which fetch other files, are declared nowhere else. The parser itself resolves none, opens no
    address, and ends at 256 levels.
    """
    from lxml import etree

    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ValidationError(_("The file has a document type (DOCTYPE) or entities. Neither is taken in."))
    declaration = _DECLARATION.match(text)
    if declaration is not None:
        said = _ENCODING.search(declaration[0])
        if said and said[1].lower() not in ("utf-8", "utf8", "utf-16", "us-ascii", "ascii"):
            raise ValidationError(
                _("The file says that its encoding is %(encoding)s. Save it in UTF-8.") % {"encoding": said[1][:40]}
            )
        # Lines keep their numbers; the encoding is UTF-8 now, whatever it was.
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8", remove_pis=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValidationError(
            _("The file is not whole, or broken: line %(line)s: %(why)s")
            % {"line": error.lineno or "?", "why": str(error.msg).splitlines()[0][:200] if error.msg else "?"}
        ) from error
