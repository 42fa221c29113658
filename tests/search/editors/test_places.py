"""A county or municipality that gets another name: the pages about it are found by it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from cms.geography.datafiles import DATA_DIR
from cms.geography.loader import load
from cms.geography.models import LoadedData
from cms.geography.signals import places_renamed
from tests.search.editors.conftest import found

pytestmark = pytest.mark.django_db


def _renamed(directory: Path, name: str, **names: str) -> Path:
    target = directory / "data"
    shutil.copytree(DATA_DIR, target)
    file = target / name
    text = file.read_text("utf-8")
    for before, after in names.items():
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, "utf-8")
    return target


def test_the_pages_about_it_are_found_by_the_new_name(site: None, tmp_path: Path) -> None:
    assert found("Skåne SFI")[0] == "lan/skane/sfi/"
    assert found("snapphaniens") == []
    LoadedData.objects.all().delete()
    told: list[Any] = []

    def hear(counties: set[str], municipalities: set[str], **_kwargs: Any) -> None:
        told.append((counties, municipalities))

    places_renamed.connect(hear)
    try:
        load(_renamed(tmp_path, "counties.csv", **{"Skåne län": "Snapphaniens län"}))
        load(tmp_path / "data")
    finally:
        places_renamed.disconnect(hear)
    assert told == [({"12"}, set())]
    assert set(found("snapphaniens")) == {"lan/skane/", "lan/skane/sfi/"}
