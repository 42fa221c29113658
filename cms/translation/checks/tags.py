"""Tags and placeholders: what the text holds besides its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register
from cms.translation.checks.reading import PLACEHOLDER, excerpt, plain_text


def _linked(html: str, name: str) -> str:
    """The words of the link with this name."""
    found = re.search(rf'<a id="{re.escape(name)}">(.*?)</a>', html, re.DOTALL)
    return excerpt(plain_text(found[1])) if found else name


@register
class Links(Check):
    """Every link of the source stands in the translation, once, and there is none besides.

    A reader who does not get the link does not get the form, the map or the next page.
    """

    code = "links"
    label = gettext_lazy("Links")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        wanted = Counter(name for tag, name in subject.source_tags if tag == "a")
        found = Counter(name for tag, name in subject.tags if tag == "a")
        for name in wanted - found:
            yield self.finding(_("The link “%(link)s” is missing.") % {"link": _linked(subject.source, name)})
        for name in found - wanted:
            yield self.finding(
                _("The link “%(link)s” is not in the original, or stands there less often.")
                % {"link": _linked(subject.text, name)}
            )


_NAMES = {
    "b": gettext_lazy("bold"),
    "strong": gettext_lazy("bold"),
    "i": gettext_lazy("italics"),
    "em": gettext_lazy("italics"),
    "br": gettext_lazy("line break"),
}


@register
class Formatting(Check):
    """Bold and italic words and line breaks are as many as in the source.

    What the source stresses is what the reader must not miss.
    """

    code = "formatting"
    label = gettext_lazy("Formatting")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        ignored = {"a", "br"} if subject.is_list else {"a"}
        wanted = Counter(tag for tag, _id in subject.source_tags if tag not in ignored)
        found = Counter(tag for tag, _id in subject.tags if tag not in ignored)
        for name in sorted({*wanted, *found}):
            if wanted[name] != found[name]:
                yield self.finding(
                    _("Formatting “%(name)s”: the original has it %(wanted)d times, the translation %(found)d times.")
                    % {"name": _NAMES.get(name, name), "wanted": wanted[name], "found": found[name]}
                )


@register
class Placeholders(Check):
    """``{name}``, ``%(name)s`` and ``%s`` stand for what is filled in later; each is kept as it is.

    One that is changed shows the reader code, or nothing.
    """

    code = "placeholders"
    label = gettext_lazy("Placeholders")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        wanted = Counter(PLACEHOLDER.findall(subject.plain_source))
        if not wanted and "%" not in subject.plain and "{" not in subject.plain:
            return
        found = Counter(PLACEHOLDER.findall(subject.plain))
        for name in wanted - found:
            yield self.finding(_("The placeholder “%(name)s” is missing.") % {"name": name})
        for name in found - wanted:
            start = subject.plain.index(name)
            yield self.finding(
                _("The placeholder “%(name)s” is not in the original, or stands there less often.") % {"name": name},
                (start, start + len(name)),
            )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@register
class LinkTarget(Check):
    """A link leads where the source's leads, or to another page of the same site.

    A translator may choose the page in her language; another site altogether is for a second pair of eyes.
    """

    code = "link-target"
    label = gettext_lazy("Changed link")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        for name, address in subject.overrides.items():
            original = subject.links.get(name, "")
            if original and address != original and _host(address) != _host(original):
                yield self.finding(
                    _("The link “%(link)s” leads to %(here)s, the original's to %(there)s.")
                    % {"link": _linked(subject.text, name), "here": address, "there": original}
                )
