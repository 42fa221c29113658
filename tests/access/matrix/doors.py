"""What an entry of the matrix is: an address, what its parts name, and what doing it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.access.matrix.site import LANGUAGES, PATHS, Cell

#: Where a thing can be: nowhere in particular, a place, a place in a language, in one but Swedish, in Swedish,
#: a county alone, or the nation, in any language, in one but Swedish, or in Swedish.
Axis = Literal[
    "site", "places", "pages", "translations", "swedish", "counties", "nation", "languages", "nation in Swedish"
]
Values = dict[str, Any]
#: A body from the words of the target; a word in braces inside a text is filled in too.
Body = dict[str, Any] | Callable[[Values], dict[str, Any]]

_SEEN = (200,)
#: After a form: elsewhere, or what the editor's scripts take as a page's part.
_DONE = (200, 302)


@dataclass(frozen=True)
class Door:
    """One way through an address.

    ``get`` and ``post`` are verbs of ``people.OWN`` and ``people.EVERYWHERE`` (or «anyone», «nobody»,
    «… somewhere»); ``""``: not called so. ``args`` and ``query`` say what the address names.
    ``writes`` is a table that the post writes when it is allowed. ``listing``: who may not is shown
    an empty or shorter list, so that any answer will do that names no secret. ``soft``: who may see
    drafts there may get the form back, with nothing written. ``instead``: the
    verb that a post without the right comes down to (publishing: saving a draft). ``json``: the post's
    body is sent so.
    """

    name: str
    args: dict[str, str] = field(default_factory=dict)
    get: str = ""
    post: str = ""
    axis: Axis = "site"
    query: str = ""
    body: Body = field(default_factory=dict)
    writes: str = ""
    variant: str = ""
    method: str = "post"
    listing: bool = False
    soft: bool = False
    instead: str = ""
    json: bool = False
    seen: tuple[int, ...] = _SEEN
    done: tuple[int, ...] = _DONE

    def __str__(self) -> str:
        return f"{self.name} ({self.variant})" if self.variant else self.name

    def cells(self) -> list[Cell]:
        """Its targets."""
        if self.axis == "site":
            return [Cell()]
        if self.axis == "places":
            return [Cell(place) for place in PATHS]
        languages: tuple[str, ...] = LANGUAGES[1:] if self.axis in ("translations", "languages") else LANGUAGES
        languages = LANGUAGES[:1] if self.axis in ("swedish", "nation in Swedish") else languages
        one = (True,)
        nation = {"counties": (False,), "nation": one, "languages": one, "nation in Swedish": one}.get(
            self.axis, (False, True)
        )
        places = [place for place in PATHS if (place == "national") in nation]
        return [Cell(place, language) for place in places for language in languages]

    def fill(self, values: Values) -> dict[str, Any]:
        """The body for the target with these values."""
        if callable(self.body):
            return self.body(values)
        return {name: text.format_map(values) if isinstance(text, str) else text for name, text in self.body.items()}


def names(text: str) -> dict[str, str]:
    """``"page_id=draft name=approve"`` as a dictionary."""
    return dict(part.split("=", 1) for part in text.split())
