"""The numbered form ⇄ the inline elements of XLIFF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

_TAG = re.compile(r"⟦(/?)(\d+)(/?)⟧")
_XML = "{http://www.w3.org/XML/1998/namespace}"

#: Makes the element for a tag: its number, and whether it stands alone.
Make = Callable[[Any, int, bool], Any]


class Unreadable(Exception):  # noqa: N818  (one row is refused, for which this says why)
    """The formatting of one text can't be read; the message says why, for people."""


def fill(element: Any, coded: str, make: Make) -> None:
    """Put the coded text into ``element``, each tag as the child that ``make(parent, number, is_void)`` adds.

    What is closed out of turn, or not at all, ends where its parent ends: a file is never broken.
    """
    stack: list[tuple[int, Any]] = [(0, element)]
    end = 0
    for match in _TAG.finditer(coded):
        _append(stack[-1][1], coded[end : match.start()])
        end = match.end()
        number = int(match[2])
        if match[1]:
            if any(number == one for one, _element in stack[1:]):
                while stack.pop()[0] != number:
                    pass
        elif match[3]:
            make(stack[-1][1], number, True)
        else:
            stack.append((number, make(stack[-1][1], number, False)))
    _append(stack[-1][1], coded[end:])


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def coded_of(element: Any, namespace: str) -> str:
    """The coded text of a source or target of XLIFF 1.2 or 2.1. Raises :class:`Unreadable`.

    Marks of the translator's tool are passed over; an element that holds code of its own is none of ours.
    """
    return "".join(_pieces(element, f"{{{namespace}}}"))


def _pieces(element: Any, prefix: str) -> Iterator[str]:
    yield _bare(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from _child(child, prefix)
        # Of a comment or a processing instruction only what follows counts.
        yield _bare(child.tail)


def _child(child: Any, prefix: str) -> Iterator[str]:
    name = child.tag.removeprefix(prefix)
    if name in ("g", "pc"):
        number = _number(child.get("id"))
        yield f"⟦{number}⟧"
        yield from _pieces(child, prefix)
        yield f"⟦/{number}⟧"
    elif name in ("x", "ph"):
        if len(child) or child.text:
            # In 1.2 a ph holds code of the tool's own.
            raise Unreadable(_unknown(name))
        yield f"⟦{_number(child.get('id'))}/⟧"
    elif name in ("bx", "sc"):
        yield f"⟦{_number(child.get('id'))}⟧"
    elif name in ("ex", "ec"):
        yield f"⟦/{_number(child.get('startRef') or child.get('rid') or child.get('id'))}⟧"
    elif name == "mrk":
        yield from _pieces(child, prefix)
    elif name not in ("sm", "em"):
        raise Unreadable(_unknown(name))


def _bare(text: str | None) -> str:
    if text and ("⟦" in text or "⟧" in text):
        raise Unreadable(_("⟦ and ⟧ stand for formatting only."))
    return text or ""


def _number(id_: str | None) -> int:
    if id_ is None or not re.fullmatch(r"[0-9]{1,6}", id_):
        raise Unreadable(_("The formatting has an id that was not in the file that was sent out."))
    return int(id_)


def _unknown(name: str) -> str:
    return _("<%(name)s> is no formatting of the file that was sent out.") % {"name": name[:40]}


def add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    """A new child on a line of its own; ``xml_space`` is the attribute ``xml:space``."""
    from lxml import etree

    named = {name.replace("xml_", _XML): value for name, value in attributes.items()}
    child = etree.SubElement(parent, tag, named)
    if text:
        child.text = text
    child.tail = "\n"
    return child
