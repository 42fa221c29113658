"""What changed between two texts, word by word, for people."""

from __future__ import annotations

import difflib
import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.translation.markup import plain

_WORDS = re.compile(r"\S+\s*|^\s+")


def word_diff(before: str | None, after: str | None) -> SafeString:
    """``after`` with what it adds in ``<ins>`` and what ``before`` had in ``<del>``; both are inline HTML."""
    old, new = (_WORDS.findall(plain(text or "")) for text in (before, after))
    if not old:
        return format_html("{}", "".join(new))
    parts = []
    ours, theirs = ([word.rstrip() for word in words] for words in (old, new))
    for what, i, j, k, m in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        gone, added = "".join(old[i:j]), "".join(new[k:m])
        if what == "equal":
            parts.append(format_html("{}", added))
            continue
        if gone:
            parts.append(format_html("<del>{}</del>", gone))
        if added:
            parts.append(format_html("<ins>{}</ins>", added))
    return format_html_join("", "{}", ((part,) for part in parts))
