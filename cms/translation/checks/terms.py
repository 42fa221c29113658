"""The glossary's terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register
from cms.translation.glossary.models import Status
from cms.translation.glossary.service import Found, forbidden_in, terms_in, used


@register
class Terms(Check):
    """A term of the glossary in the source has its approved term in the translation; an authority may keep its name.

    One word for one thing on every page is how a reader recognises the authority's letter.
    """

    code = "term"
    label = gettext_lazy("Glossary term")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.is_list:
            return
        # One term may be that of two concepts; either's is right.
        places: dict[tuple[int, int], list[Found]] = defaultdict(list)
        for found in terms_in(subject.language, subject.plain_source):
            if found.status == Status.APPROVED and found.approved and _is_noun(subject.plain_source, found):
                places[found.start, found.end].append(found)
        said: set[str] = set()
        for concepts in places.values():
            term = concepts[0].term
            if term in said or any(_is_used(subject, found) for found in concepts):
                continue
            said.add(term)
            approved = ", ".join(dict.fromkeys(name for found in concepts for name in found.approved))
            yield self.finding(
                _("The glossary has “%(approved)s” for “%(term)s”.") % {"approved": approved, "term": term}
            )


def _is_noun(text: str, found: Found) -> bool:
    """Whether the term stands there itself, and not another word of its stem: "folkbokförd" for "folkbokföring"."""
    return text[found.start : found.end].casefold().startswith(found.term.casefold()[:-1])


def _is_used(subject: Subject, found: Found) -> bool:
    """Whether an approved term is there, or the name of an authority as it is in Swedish."""
    is_name = found.term[:1].isupper() and found.term.casefold() in subject.plain.casefold()
    return is_name or used(subject.language, subject.plain, found)


@register
class ForbiddenTerm(Check):
    """A word that the glossary forbids is not used: it is wrong, outdated, or hurts. Search words may be any word."""

    code = "forbidden-term"
    label = gettext_lazy("Forbidden term")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.is_list:
            return
        for term in forbidden_in(subject.language, subject.plain):
            start = subject.plain.casefold().find(term.casefold())
            yield self.finding(
                _("The glossary forbids “%(term)s”.") % {"term": term},
                (start, start + len(term)) if start >= 0 else None,
            )
