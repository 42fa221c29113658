"""Synonyms from files: loaded once, and left to editors."""

from __future__ import annotations

from pathlib import Path

import pytest

from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from cms.languages.registry import CODES
from search.editors.demo import DIRECTORY, load_synonyms
from search.models import Synonyms, SynonymTerm
from tests.search.editors.conftest import found

pytestmark = pytest.mark.django_db


def test_the_demos_files_are_taken_whole(db: None) -> None:
    loaded = load_synonyms()
    assert loaded.faults == []
    lines = {code: (DIRECTORY / f"{code}.txt").read_text("utf-8").splitlines() for code in CODES}
    assert loaded.added == sum(map(len, lines.values())) == Synonyms.objects.count()
    assert all(len(of_language) >= 25 for of_language in lines.values())
    first = Synonyms.objects.filter(language="sv").order_by("pk").first()
    assert str(first) == lines["sv"][0]


def test_they_find_at_once(site: None, tmp_path: Path) -> None:
    (tmp_path / "sv.txt").write_text("BVC = barnavårdscentral\n\nlya  =  lägenhet = kvart\n", "utf-8")
    assert load_synonyms(tmp_path).added == 2
    assert (found("BVC"), found("lya")) == (["vard/"], ["bostad/"])
    (entry,) = AuditEntry.objects.filter(event=Event.IMPORTED)
    assert (entry.about, entry.language, entry.detail) == ("search/synonyms/sv.txt", "sv", {"synonyms": 2})


def test_a_second_run_changes_nothing_and_keeps_what_editors_did(site: None, tmp_path: Path) -> None:
    file = tmp_path / "sv.txt"
    file.write_text("BVC = barnavårdscentral\nlya = lägenhet\ndoktor = läkare\n", "utf-8")
    load_synonyms(tmp_path)
    changed, deleted, _kept = Synonyms.objects.order_by("pk")
    changed.words = "BVC\nBarnhälsovård"
    changed.save()
    deleted.delete()
    before = list(SynonymTerm.objects.order_by("pk").values())
    file.write_text(file.read_text("utf-8") + "andrahand = andra hand\nläkare = medikus\n", "utf-8")
    again = load_synonyms(tmp_path)
    assert again.added == 1
    assert [fault.replace("\u2068", "").replace("\u2069", "").partition(":")[0] for fault in again.faults] == ["sv"]
    assert sorted(map(str, Synonyms.objects.all())) == [
        "BVC = Barnhälsovård",
        "andrahand = andra hand",
        "doktor = läkare",
    ]
    assert list(SynonymTerm.objects.order_by("pk").values())[: len(before)] == before
    third = load_synonyms(tmp_path)
    assert (third.added, third.faults) == (0, [])
