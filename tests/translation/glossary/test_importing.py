"""A file is shown before it is written, and written whole or not at all; the project's own glossary too."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from cms.translation.glossary import csvfile
from cms.translation.glossary.entries import Entry, Terms, entries, problems
from cms.translation.glossary.importing import apply, compare
from cms.translation.glossary.loading import Loaded, load
from cms.translation.glossary.models import Concept, Term
from cms.translation.glossary.rows import FileRefusedError
from tests.translation.glossary.conftest import ALL, FOLKBOKFORING, HYRA

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("glossary", *arguments, stdout=out)
    return out.getvalue()


def test_an_import_writes_what_was_shown(glossary: dict[str, Entry], django_assert_num_queries: Any) -> None:
    content = (
        "concept,definition,source,status,sv,en,forbidden\n"
        "hyra,Pengar för bostaden.,Boverket,approved,hyra|hyresavgift,rent,en:lease\n"
        "barnbidrag,Pengar för barn.,Försäkringskassan,proposed,barnbidrag,child allowance,\n"
    ).encode()
    with django_assert_num_queries(2):
        found = compare("x.csv", content)
    assert [(change.after.key, change.before is None) for change in found.changes] == [
        ("hyra", False),
        ("barnbidrag", True),
    ]
    assert entries() == glossary
    apply(found, about="x.csv")
    assert entries()["hyra"] == Entry(
        "hyra",
        "Pengar för bostaden.",
        "Boverket",
        HYRA.source_url,
        "approved",
        {"sv": Terms(("hyra", "hyresavgift")), "en": Terms(("rent",), ("lease",))},
    )
    assert entries()["barnbidrag"].of("en").approved == ("child allowance",)
    assert compare("x.csv", content).changes == ()
    audit = AuditEntry.objects.get(event=Event.IMPORTED)
    assert (audit.about, audit.detail) == ("x.csv", {"concepts": 2, "languages": "sv en"})


def test_one_wrong_line_refuses_all(glossary: dict[str, Entry]) -> None:
    content = (
        "concept,definition,source,sv,en\nhyra,Ny.,Boverket,hyra,rent\nnew,,Boverket,ny,\nÖ,X.,Y,ö,=a\n"
    ).encode()
    with pytest.raises(FileRefusedError) as refused:
        compare("x.csv", content)
    assert [str(fault) for fault in refused.value.faults] == [
        "Line 3: The definition is missing.",
        "Line 4: “Ö” is not a key: only a–z, 0–9 and single hyphens.",
        "Line 4: English: “=a” may not begin with =, +, - or @.",
    ]
    assert entries() == glossary


def test_what_changed_meanwhile_is_not_written_over(glossary: dict[str, Entry]) -> None:
    found = compare("x.csv", b"concept,en\nfolkbokforing,civil registry\nhyra,rental fee\n")
    Term.objects.filter(text="rent").update(text="the rent")
    with pytest.raises(FileRefusedError, match="The glossary was changed meanwhile"):
        apply(found, about="x.csv")
    assert entries()["folkbokforing"] == FOLKBOKFORING
    assert not AuditEntry.objects.filter(event=Event.IMPORTED).exists()


def test_only_two_kinds_of_file() -> None:
    with pytest.raises(FileRefusedError, match=r"csv or \.tbx"):
        compare("x.xlsx", b"PK")


@pytest.fixture
def data_file(tmp_path: Path) -> Path:
    file = tmp_path / "concepts.csv"
    file.write_bytes(csvfile.write(ALL))
    return file


def test_loading_twice_writes_once(data_file: Path, django_assert_num_queries: Any) -> None:
    assert load(data_file) == Loaded(made=len(ALL))
    assert entries() == {one.key: one for one in ALL}
    before = list(Term.objects.values_list("pk", flat=True))
    assert load(data_file) == Loaded(same=len(ALL))
    assert list(Term.objects.values_list("pk", flat=True)) == before


def test_a_newer_file_renews_what_nobody_edited(data_file: Path) -> None:
    load(data_file)
    Term.objects.filter(text="rent").update(text="rental fee")
    newer = [one.with_terms("so", Terms(("x",))) for one in ALL]
    data_file.write_bytes(csvfile.write(newer))
    assert load(data_file) == Loaded(renewed=len(ALL) - 1, edited=1)
    assert entries()["hyra"].of("en").approved == ("rental fee",)
    assert entries()["hyra"].of("so") == Terms()
    assert entries()["folkbokforing"].of("so").approved == ("x",)


def test_a_wrong_data_file_writes_nothing(data_file: Path) -> None:
    data_file.write_bytes(csvfile.write([HYRA, FOLKBOKFORING.with_terms("sv", Terms())]))
    with pytest.raises(FileRefusedError, match="Line 3: The Swedish term is missing"):
        load(data_file)
    assert not Concept.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "tbx"])
def test_the_command_exports_shows_and_imports(glossary: dict[str, Entry], tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"g.{ending}"
    assert run("export", str(file)) == "5 concepts written.\n"
    Term.objects.filter(text="rent").update(text="rental fee")
    shown = run("import", str(file))
    assert shown.splitlines() == [
        "hyra:",
        "  en approved: rental fee → rent",
        "1 concepts differ, 4 are the same.",
        "Nothing was written. Add --confirm to take it.",
    ]
    assert entries()["hyra"].of("en").approved == ("rental fee",)
    assert run("import", str(file), "--confirm").endswith("Done.\n")
    assert entries() == glossary


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "g.csv"
    file.write_text("concept,xx\n")
    with pytest.raises(CommandError, match="Nothing was written:\nLine 1: There is no column “xx”"):
        run("import", str(file))
    with pytest.raises(CommandError, match="must end in"):
        run("export", str(tmp_path / "g.doc"))


def test_the_project_s_glossary_loads_and_is_whole() -> None:
    assert load().made >= 60
    assert load() == Loaded(same=Concept.objects.count())
    for entry in entries().values():
        assert problems(entry) == []
        assert len(entry.terms) == 11, entry.key
