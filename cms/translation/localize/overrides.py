"""What a translation may put in place of a source's address."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([^/?#:]*):")
#: What browsers leave out when they read an address.
_IGNORED = re.compile(r"[\x00-\x20\x7f]")
_HARMLESS = {"http", "https", "mailto", "tel"}


def is_harmless(address: str) -> bool:
    """Whether following the address runs nothing: relative, an e-mail address, or with a known beginning."""
    scheme = _SCHEME.match(_IGNORED.sub("", address))
    return scheme is None or scheme[1].lower() in _HARMLESS
