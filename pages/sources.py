"""A page's sources: a line each, ``title | address`` or the address alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_is_url = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. ``title`` may be empty."""

    title: str
    url: str

    def __str__(self) -> str:
        return f"{self.title} | {self.url}" if self.title else self.url


def parse_sources(text: str) -> list[Source]:
    """The sources in ``text``. Raises ``ValidationError`` that names the line that is wrong."""
    sources = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        title, _bar, url = line.rpartition("|")
        source = Source(title.strip(), url.strip())
        try:
            _is_url(source.url)
        except ValidationError as error:
            raise ValidationError(
                _("Line %(number)d does not end with a web address: %(line)s") % {"number": number, "line": line}
            ) from error
        sources.append(source)
    return sources


def validate_sources(text: str) -> None:
    """Field validator."""
    parse_sources(text)
