"""What the site says, as a tree: the round trip, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from pages.content.exporter import export_tree
from pages.content.importer import import_tree
from pages.content.problems import ContentError
from pages.content.report import Action
from tests.content.conftest import MakeTree
from tests.content.samples import HOME, SVG, page, rich_tree
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class _EmptySite:
    """Within, the site may be filled; afterwards it is as empty as before."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def test_export_import_export_gives_the_same_bytes(make_tree: MakeTree, tmp_path: Path) -> None:
    with _EmptySite():
        import_tree(make_tree(rich_tree()))
        report = export_tree(tmp_path / "first")
    assert (len(report.of(Action.WRITTEN)), report.pictures) == (13, 2)
    assert Page.objects.filter(live=True, depth__gt=1).count() == 0
    with _EmptySite():
        report = import_tree(tmp_path / "first")
        assert [entry.why for entry in report.whole] == []
        export_tree(tmp_path / "second")
        # And on the site that it came from it changes nothing.
        assert not import_tree(tmp_path / "second").changes
    first = _files(tmp_path / "first")
    assert first == _files(tmp_path / "second")
    assert sorted(first) == sorted(rich_tree())


def test_a_canonical_file_comes_back_as_it_was(make_tree: MakeTree, tmp_path: Path) -> None:
    files = rich_tree()
    import_tree(make_tree(files))
    export_tree(tmp_path / "out")
    found = _files(tmp_path / "out")
    assert found["pictures/door.svg"] == SVG
    assert found["sv/index.md"] == HOME.encode()
    rent = found["sv/att-bo/hyra-bostad.md"].decode()
    body = str(files["sv/att-bo/hyra-bostad.md"]).partition("\n---\n")[2]
    assert rent.partition("\n---\n")[2] == body
    assert rent.partition("\n---\n")[0] == (
        "---\ntitle: Hyra bostad\ntype: article\norder: 1\nsummary: Så söker du.\n"
        "alternative_titles:\n  - Hitta en lägenhet\n  - Söka bostad\n"
        "search_words:\n  - lägenhet\n  - bostadskö\n"
        "sources:\n  - title: Boverket\n    url: https://www.boverket.se/\n  - https://example.org/\n"
        "owner: Nationella redaktionen\nreview_by: 2027-03-01\nfirst_published: 2025-09-01\nupdated: 2026-10-05"
    )
    assert found["en/lan/skane/malmo.md"].decode() == (
        "---\ntitle: Malmö\nfirst_published: 2025-09-01\nupdated: 2026-10-05\nstate: machine-translated\n---\n\n"
        "About the city.\n"
    )


def test_what_an_editor_wrote_in_between(make_tree: MakeTree, tmp_path: Path) -> None:
    root = make_tree(rich_tree())
    import_tree(root)
    rent = page_at("att-bo/hyra-bostad/")
    raw = list(rent.body.raw_data)
    raw[0] = raw[0] | {"value": f'<p data-block-key="a">Ny <a id="{rent.pk}" linktype="page">hit</a> </p>'}
    raw.insert(1, {"type": "text", "value": "<p>Nästa.</p>", "id": "11111111-1111-1111-1111-111111111111"})
    publish(rent, body=rent._meta.get_field("body").stream_block.to_python(raw))
    export_tree(tmp_path / "out")
    text = (tmp_path / "out/sv/att-bo/hyra-bostad.md").read_text()
    assert "---\n\nNy [hit](/att-bo/hyra-bostad/)\n\nNästa.\n\n## Rubrik" in text
    assert not import_tree(tmp_path / "out").changes
    assert [entry.name for entry in import_tree(root).of(Action.CHANGED)] == ["sv/att-bo/hyra-bostad.md"]


def test_only_what_the_public_sees(tmp_path: Path) -> None:
    make_home()
    make_home("en")
    make_page("a/", body=[])
    make_page("a/", "en", body=[])
    make_page("hemlig/")
    PageViewRestriction.objects.create(page=page_at("hemlig/"), restriction_type="login")
    make_page("utkast/", live=False)
    make_page("utkast/b/")
    make_page("utkast/", "en")
    make_page("stor-b/")
    # The editor refuses such an address; an older row may have one.
    Page.objects.filter(slug="stor-b").update(slug="Stor_B", url_path="/home-sv/Stor_B/")
    links = "".join(f'<a id="{page_at(path).pk}" linktype="page">{path}</a> ' for path in ("hemlig/", "utkast/", "a/"))
    make_page("c/", body=[{"type": "text", "value": f"<p>{links}</p>", "id": "1" * 8}])
    report = export_tree(tmp_path / "out")
    assert sorted(_files(tmp_path / "out")) == ["en/a.md", "en/index.md", "sv/a.md", "sv/c.md", "sv/index.md"]
    assert {(entry.name, entry.why) for entry in report.of(Action.LEFT_OUT)} == {
        ("sv/utkast/b/", "the page above it is not published"),
        ("sv/Stor_B/", "the address has other signs than a–z, 0–9 and hyphens"),
        ("en/utkast/", "there is no published Swedish page that it translates"),
    }
    assert (tmp_path / "out/sv/c.md").read_text().endswith("---\n\nhemlig/ utkast/ [a/](/a/)\n")
    # The text on the site, whose links lead nowhere, says the same to the reader.
    assert not import_tree(tmp_path / "out").changes


def test_some_languages(make_tree: MakeTree, tmp_path: Path) -> None:
    import_tree(make_tree(rich_tree()))
    call_command("export_content", tmp_path / "out", languages=["en"], verbosity=0)
    assert {name.partition("/")[0] for name in _files(tmp_path / "out")} == {"en", "pictures"}


def test_an_unknown_language(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^xx:1: No language has the code “xx”"):
        export_tree(tmp_path / "out", languages=["sv", "xx"])


def test_a_folder_that_is_not_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(SystemExit) as stopped:
        call_command("export_content", tmp_path)
    assert stopped.value.code == 1
    assert capsys.readouterr().err == f"{tmp_path}:1: This is not an empty folder.\n"
    assert _files(tmp_path) == {"a": b"mine"}


def test_pictures_that_are_the_same_or_gone(make_tree: MakeTree, tmp_path: Path) -> None:
    body = "![a](pictures/door.svg)\n\n![b](pictures/gone.svg)"
    gone = SVG.replace(b"#fff", b"#eee")
    import_tree(
        make_tree(
            {
                "sv/index.md": HOME,
                "sv/a.md": page(body, title="A"),
                "sv/lan/skane/index.md": page("![a](pictures/door.svg)", title="Skåne", type="county"),
                "pictures/door.svg": SVG,
                "pictures/gone.svg": gone,
            }
        )
    )
    missing = get_image_model().objects.get(title="gone")
    missing.file.storage.delete(missing.file.name)
    report = export_tree(tmp_path / "out")
    # Two collections have the picture; the tree has it once.
    assert sorted(name for name in _files(tmp_path / "out") if name.startswith("pictures")) == ["pictures/door.svg"]
    assert (tmp_path / "out/sv/a.md").read_text().endswith("---\n\n![a](pictures/door.svg)\n")
    assert report.notes == [f"{missing.file.name}: The file is gone."]


def test_a_page_named_index(make_tree: MakeTree, tmp_path: Path) -> None:
    import_tree(make_tree({"sv/index.md": HOME, "sv/index/index.md": page(title="Index")}))
    export_tree(tmp_path / "out")
    assert sorted(_files(tmp_path / "out")) == ["sv/index.md", "sv/index/index.md"]
