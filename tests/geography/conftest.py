from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cms.geography.datafiles import DATA_DIR


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data files to break, with the postal codes of Gotland only: reading them all takes its time."""
    for path in DATA_DIR.glob("*.csv"):
        shutil.copy(path, tmp_path / path.name)
    postal = tmp_path / "postal_to_municipality.csv"
    lines = postal.read_text(encoding="utf-8").splitlines(keepends=True)
    postal.write_text("".join(line for line in lines if line.startswith("postal") or ",0980," in line), "utf-8")
    return tmp_path


@pytest.fixture
def rows() -> Callable[[str], list[dict[str, str]]]:
    """The rows of one of the project's own data files."""

    def read(name: str) -> list[dict[str, str]]:
        with (DATA_DIR / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
