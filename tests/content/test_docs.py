"""docs/content-format.md says what the code does."""

from __future__ import annotations

import re

from cms.settings.env import ROOT
from pages.content.body import read_body
from pages.content.frontmatter import _KEYS, TYPES
from pages.content.problems import Notes
from pages.content.schema import fences

DOCS = (ROOT / "docs/content-format.md").read_text(encoding="utf-8")


def test_the_example_of_every_fence_is_right() -> None:
    example = DOCS.split("~~~markdown\n")[1].split("~~~")[0]
    notes = Notes("docs")
    blocks = read_body(example, notes)
    assert notes.problems == []
    assert {block.kind for block in blocks} == set(fences())


def test_every_key_and_type_is_named() -> None:
    front_matter = DOCS.split("## Front matter")[1].split("## Body")[0]
    keys = [
        name for row in re.findall(r"^\| (`.*?) \|", front_matter, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    ]
    assert keys == list(_KEYS)
    types = next(line for line in front_matter.splitlines() if line.startswith("| `type`")).split("unless said;")[1]
    assert {"article", *re.findall(r"`(\w+)`", types.split(".")[0])} == set(TYPES)
