"""The pages and pictures that a body names by their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pages.richtext import page_ids, unlink


@dataclass(frozen=True, slots=True)
class Chosen:
    """Numbers of pages, in links and lists of related pages, and of pictures."""

    pages: frozenset[int] = frozenset()
    pictures: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.pages or self.pictures)

    def __sub__(self, other: Chosen) -> Chosen:
        return Chosen(self.pages - other.pages, self.pictures - other.pictures)

    def __or__(self, other: Chosen) -> Chosen:
        return Chosen(self.pages | other.pages, self.pictures | other.pictures)


def chosen_in(raw: Any) -> Chosen:
    """All that the raw value of a body, or of a part of it, names."""
    if isinstance(raw, str):
        return Chosen(frozenset(page_ids(raw)))
    if isinstance(raw, list | tuple):
        found = Chosen()
        for item in raw:
            found |= chosen_in(item)
        return found
    if not isinstance(raw, dict):
        return Chosen()
    own = Chosen()
    value = raw.get("value")
    if raw.get("type") == "picture" and isinstance(value, dict) and value.get("image"):
        own = Chosen(pictures=frozenset({value["image"]}))
    if raw.get("type") == "related" and isinstance(value, dict):
        own = Chosen(frozenset(pk for item in value.get("pages") or [] if (pk := _number(item))))
    return own | chosen_in(list(raw.values()))


def without(raw: Any, refused: Chosen) -> Any:
    """The raw value with nothing chosen in place of ``refused``; a link to such a page leaves its words."""
    if isinstance(raw, str):
        return unlink(raw, refused.pages)
    if isinstance(raw, list | tuple):
        return [without(item, refused) for item in raw]
    if not isinstance(raw, dict):
        return raw
    clean = {name: without(value, refused) for name, value in raw.items()}
    value = clean.get("value")
    if raw.get("type") == "picture" and isinstance(value, dict) and value.get("image") in refused.pictures:
        value["image"] = None
    if raw.get("type") == "related" and isinstance(value, dict):
        for item in value.get("pages") or []:
            if isinstance(item, dict) and item.get("value") in refused.pages:
                item["value"] = None
    return clean


def _number(item: Any) -> int | None:
    """A list's item: as it is stored now, or as the list had it before its items had names."""
    number = item.get("value") if isinstance(item, dict) else item
    return number if isinstance(number, int) else None
