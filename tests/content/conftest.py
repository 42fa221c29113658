"""Trees for the tests of import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests.content.samples import write_tree

MakeTree = Callable[..., Path]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Problems are asserted as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def make_tree(tmp_path: Path) -> MakeTree:
    """Write files, by name, into a new folder below the test's own."""
    made = iter(range(100))

    def make(files: dict[str, str | bytes]) -> Path:
        root = tmp_path / f"tree{next(made)}"
        write_tree(root, files)
        return root

    return make
