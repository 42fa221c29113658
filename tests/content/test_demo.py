"""The demo content is a tree without a fault, and its translations answer their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import pages.content
from cms.languages.registry import SOURCE
from pages.content.importer import import_tree
from pages.content.report import Action
from pages.content.tree import read_tree

DEMO = Path(pages.content.__file__).parent / "demo"


@pytest.mark.django_db
def test_it_fits_an_empty_site() -> None:
    report = import_tree(DEMO, dry_run=True)
    assert report.of(Action.UNCHANGED) == []


def test_translations_have_the_sources_blocks() -> None:
    tree = read_tree(DEMO)
    assert tree.problems == []
    kinds = {where: [block.kind for block in file.document.blocks] for where, file in tree.files.items()}
    assert [(language, path) for (language, path), found in kinds.items() if found != kinds[SOURCE, path]] == []
