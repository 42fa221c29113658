"""What can be wrong with a translation of one message.

A check is a function that yields a sentence for each fault it finds; ``CHECKS`` names them all. A
check sees the whole message (``Candidate``), so that a plural is judged as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cms.languages.catalogs.messages import Message
from cms.languages.catalogs.names import NAMES
from cms.languages.plurals import form_count, numbers_of
from cms.languages.registry import BY_CODE, Language, Script
from cms.languages.scripts import script_of

_PLACEHOLDER = re.compile(r"%(?:\((?P<name>[^()]*)\))?[-+#0]*\d*(?:\.\d+)?[sdifrgxX]|%%|\{[\w.!:]*\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# What is code, whatever the language: placeholders, tags, entities, addresses, file names, `code`.
_CODE = re.compile(
    rf"{_PLACEHOLDER.pattern}|{_TAG.pattern}|&\w+;|https?://\S+|\S+@\S+\.\w+|(?<!\w)/[\w./<>-]+"
    r"|`[^`]*`|\b[\w/.-]+\.(?:md|py|po|mo|csv|json|html|se|org)\b"
)
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_NAME = re.compile(
    rf"(?<![{_LATIN}])(?:{'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})(?![{_LATIN}])"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message, its translation (one text, or one a plural form) and the language of it."""

    message: Message
    texts: list[str]
    language: Language

    def forms(self) -> Iterator[tuple[str, int, str]]:
        """What to call a text in a report, its plural form, and the text. Empty texts are left out."""
        for form, text in enumerate(self.texts):
            if text:
                yield ("" if self.message.plural is None else f"plural form {form}: "), form, text

    @property
    def sources(self) -> list[str]:
        """The texts that were translated."""
        plural = self.message.plural
        return [self.message.singular] if plural is None else [self.message.singular, plural]


def _placeholders(text: str) -> Counter[str]:
    return Counter(match[0] for match in _PLACEHOLDER.finditer(text))


def _listed(items: Counter[str]) -> str:
    return ", ".join(sorted(items.elements()))


def check_forms(candidate: Candidate) -> Iterator[str]:
    """The language's number of plural forms, and none of them empty."""
    wanted = 1 if candidate.message.plural is None else form_count(candidate.language.code)
    if len(candidate.texts) != wanted:
        yield f"has {len(candidate.texts)} plural forms, {candidate.language.name} has {wanted}"
    empty = [str(form) for form, text in enumerate(candidate.texts) if not text]
    if len(empty) == len(candidate.texts):
        yield "is empty"
    elif empty:
        yield f"plural form {', '.join(empty)} is empty"


def check_placeholders(candidate: Candidate) -> Iterator[str]:
    """Every placeholder of the source, as often, and none besides.

    A form that stands for one number alone (Arabic 0, 1 and 2, Swedish 1) may say the number in
    words and leave its placeholder out.
    """
    wanted = _placeholders(candidate.sources[-1])
    for name, form, text in candidate.forms():
        found = _placeholders(text)
        missing, extra = wanted - found, found - wanted
        one_number = candidate.message.plural is not None and len(numbers_of(candidate.language.code, form)) == 1
        if missing and not (one_number and missing.total() == 1):
            yield f"{name}lacks {_listed(missing)}"
        if extra:
            yield f"{name}has {_listed(extra)}, which the source has not"


def check_tags(candidate: Candidate) -> Iterator[str]:
    """The same HTML tags as in the source."""
    wanted = Counter(_TAG.findall(candidate.sources[-1]))
    for name, _, text in candidate.forms():
        found = Counter(_TAG.findall(text))
        if found != wanted:
            yield f"{name}has the tags {_listed(found) or 'none'}, the source {_listed(wanted) or 'none'}"


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def check_space(candidate: Candidate) -> Iterator[str]:
    """The same white space at both ends, and as many lines."""
    source = candidate.sources[-1]
    for name, _, text in candidate.forms():
        for end, wanted, found in zip(("begins", "ends"), _edges(source), _edges(text), strict=True):
            if wanted != found:
                yield f"{name}{end} with {found!r}, the source with {wanted!r}"
        if source.strip().count("\n") != text.strip().count("\n"):
            yield f"{name}has {text.strip().count(chr(10)) + 1} lines, the source {source.strip().count(chr(10)) + 1}"


def _without_latin(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if script_of(char) is not Script.LATIN)


def _words(text: str, language: Language) -> list[str]:
    """The words of a text that are not code, names or, in brackets, the Swedish term."""
    text = _NAME.sub(" ", _CODE.sub(" ", text))
    if language.script is not Script.LATIN:
        text = _BRACKETS.sub(_without_latin, text)
    return text.split()


def check_script(candidate: Candidate) -> Iterator[str]:
    """Letters of the language's own script only, and none that its alphabet lacks."""
    language = candidate.language
    for name, _, text in candidate.forms():
        words = _words(text, language)
        other = [word for word in words if any(script_of(char) not in {None, language.script} for char in word)]
        if other:
            yield f"{name}is in another script than {language.script.value}: {' '.join(other[:5])}"
        foreign = sorted({char for word in words for char in word.lower() if char in language.foreign})
        if foreign:
            yield f"{name}has letters that {language.name} has not: {' '.join(foreign)}"


CHECKS: tuple[Callable[[Candidate], Iterator[str]], ...] = (
    check_forms,
    check_placeholders,
    check_tags,
    check_space,
    check_script,
)


def faults_of(message: Message, texts: list[str], code: str) -> list[str]:
    """Everything that is wrong with a translation, a sentence each."""
    candidate = Candidate(message, texts, BY_CODE[code])
    return [fault for check in CHECKS for fault in check(candidate)]
