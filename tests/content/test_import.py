"""What an import makes of a tree that is right."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Revision
from wagtail.signals import page_published

from cms.translation.states import TranslationState
from pages.content.importer import import_tree
from pages.content.problems import ContentError
from pages.content.report import Action
from pages.models import ArticlePage, BasePage, CountyPage, LocalPage
from tests.content.conftest import MakeTree
from tests.content.samples import HOME, OTHER_SVG, RICH, RICH_EN, SVG, page, rich_tree
from tests.factories import make_home, make_page, page_at

pytestmark = pytest.mark.django_db


def _counts() -> tuple[int, int, int]:
    return Page.objects.count(), Revision.objects.count(), get_image_model().objects.count()


def _siblings(path: str, code: str = "sv") -> list[str]:
    return [child.slug for child in page_at(path, code).get_children()]


def _writes(queries: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"] for query in queries.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_pages_are_published_with_what_their_files_say(make_tree: MakeTree) -> None:
    report = import_tree(make_tree(rich_tree()))
    assert len(report.of(Action.CREATED)) == 11
    # The Swedish home and county pages were there, unpublished.
    assert [entry.name for entry in report.of(Action.CHANGED)] == ["sv/index.md", "sv/lan/skane/index.md"]
    rent = page_at("att-bo/hyra-bostad/")
    assert isinstance(rent, ArticlePage)
    assert (rent.live, rent.has_unpublished_changes, rent.latest_revision_id) == (True, False, rent.live_revision_id)
    assert (rent.title, rent.search_description) == ("Hyra bostad", "Så söker du.")
    assert rent.alternative_titles == "Hitta en lägenhet\nSöka bostad"
    assert rent.search_words == "lägenhet\nbostadskö"
    assert rent.sources == "Boverket | https://www.boverket.se/\nhttps://example.org/"
    assert (rent.responsible, rent.review_by) == ("Nationella redaktionen", datetime.date(2027, 3, 1))
    assert rent.translation_state == ""
    assert rent.first_published_at == datetime.datetime(2025, 9, 1, 10, tzinfo=datetime.UTC)
    assert rent.last_published_at == datetime.datetime(2026, 10, 5, 10, tzinfo=datetime.UTC)
    content = rent.latest_revision.content
    assert (content["first_published_at"], content["title"]) == ("2025-09-01T10:00:00Z", "Hyra bostad")
    kinds = [block["type"] for block in rent.body.raw_data]
    assert kinds == [
        *("text", "heading", "heading", "quote", "table", "picture", "fact", "callout", "steps", "questions"),
        *("reflection", "exercise", "picture", "film", "links", "contact", "related"),
    ]


def test_text_is_stored_as_the_editor_stores_it(make_tree: MakeTree) -> None:
    import_tree(make_tree(rich_tree()))
    rent, theme = page_at("att-bo/hyra-bostad/"), page_at("att-bo/")
    text = rent.body.raw_data[0]["value"]
    assert text == (
        f'<p>En <b>fet</b> text med <i>betoning</i>, en <a id="{theme.pk}" linktype="page">sida</a> och en '
        '<a href="https://example.org/?a=1&amp;b=2">plats utanför</a>.<br/>En ny rad.</p>'
        "<ul><li>ett<ol><li>första</li><li>andra</li></ol></li><li>två</li></ul>"
    )
    related = rent.body.raw_data[-1]["value"]["pages"]
    assert [item["value"] for item in related] == [theme.pk, page_at("").pk]
    # A translation leads to the same page; the reader is shown it in her language.
    english = page_at("att-bo/hyra-bostad/", "en")
    assert f'<a id="{theme.pk}" linktype="page">page</a>' in english.body.raw_data[0]["value"]


def test_translations_belong_to_their_source(make_tree: MakeTree) -> None:
    import_tree(make_tree(rich_tree()))
    rent, english = page_at("att-bo/hyra-bostad/"), page_at("att-bo/hyra-bostad/", "en")
    assert english.translation_key == rent.translation_key
    assert english.locale == Locale.objects.get(language_code="en")
    assert (english.sources, english.responsible, english.review_by) == (rent.sources, rent.responsible, rent.review_by)
    assert english.translation_state == TranslationState.REVIEWED
    assert page_at("att-bo/", "en").translation_state == TranslationState.MACHINE
    assert [block["id"] for block in english.body.raw_data] == [block["id"] for block in rent.body.raw_data]


def test_counties_and_municipalities(make_tree: MakeTree) -> None:
    import_tree(make_tree(rich_tree()))
    county, city = page_at("lan/skane/", "en"), page_at("lan/skane/malmo/", "en")
    assert isinstance(county, CountyPage)
    assert isinstance(city, LocalPage)
    assert county.county.code == "12"
    assert city.municipality is not None
    assert city.municipality.code == "1280"
    local = page_at("lan/skane/sfi/")
    assert isinstance(local, LocalPage)
    assert local.municipality is None
    assert page_at("lan/", "en").live is False


def test_pictures_lie_in_their_collection_once(make_tree: MakeTree) -> None:
    import_tree(make_tree(rich_tree() | {"sv/b.md": page("![x](pictures/door.svg)", title="B")}))
    images = get_image_model().objects.order_by("collection__name", "title")
    assert [(image.collection.name, image.title, image.file_hash) for image in images] == [
        ("National", "city", images[0].file_hash),
        ("National", "door", images[2].file_hash),
        ("Skåne", "door", images[2].file_hash),
    ]
    assert images[1].is_svg()
    assert {usage[0].pk for usage in images[2].get_usage()} == {page_at("lan/skane/", code).pk for code in ("sv", "en")}
    assert (images[1].width, images[1].height, images[1].file_size) == (8, 4, len(SVG))
    assert Collection.objects.filter(name="Skåne").count() == 1


def test_the_same_tree_again_writes_nothing(make_tree: MakeTree) -> None:
    root = make_tree(rich_tree())
    import_tree(root)
    before = _counts()
    with CaptureQueriesContext(connection) as queries:
        report = import_tree(root)
    assert _writes(queries) == []
    assert _counts() == before
    assert len(report.of(Action.UNCHANGED)) == 13
    assert not report.changes


def test_a_dry_run_says_what_would_happen_and_writes_nothing(make_tree: MakeTree) -> None:
    before = _counts()
    report = import_tree(make_tree(rich_tree()), dry_run=True)
    assert (len(report.of(Action.CREATED)), len(report.of(Action.CHANGED)), report.dry) == (11, 2, True)
    assert _counts() == before


def test_only_what_changed_is_written(make_tree: MakeTree) -> None:
    files = rich_tree()
    import_tree(make_tree(files))
    before = Revision.objects.count()
    report = import_tree(make_tree(files | {"sv/halsa.md": str(files["sv/halsa.md"]).replace("Om hälsa.", "Vård.")}))
    assert [entry.name for entry in report.of(Action.CHANGED)] == ["sv/halsa.md"]
    assert Revision.objects.count() == before + 1
    assert page_at("halsa/").body.raw_data[0]["value"] == "<p>Vård.</p>"


def test_blocks_keep_their_ids(make_tree: MakeTree) -> None:
    steps = "```steps\nsteps:\n  - title: ett\n  - title: två\n  - title: tre\n```"
    body = f"Först.\n\n## Rubrik\n\n{steps}\n\nSist."
    import_tree(make_tree({"sv/index.md": HOME, "sv/a.md": page(body, title="A")}))
    old = list(page_at("a/").body.raw_data)
    changed = steps.replace("  - title: två", "  - title: nytt\n  - title: TVÅ")
    body = f"Först.\n\n## Ny rubrik\n\nEmellan.\n\n{changed}\n\nSist."
    import_tree(make_tree({"sv/a.md": page(body, title="A")}))
    new = list(page_at("a/").body.raw_data)
    assert [block["id"] for block in (new[0], new[1], new[3], new[4])] == [block["id"] for block in old]
    before, after = old[2]["value"]["steps"], new[3]["value"]["steps"]
    assert [item["id"] for item in (after[0], after[1], after[3])] == [item["id"] for item in before]
    assert len({block["id"] for block in new}) == 5


def test_what_the_editor_stored_stays_as_it_is(make_tree: MakeTree) -> None:
    import_tree(make_tree({"sv/index.md": HOME, "sv/a.md": page("Ett.\n\n## B\n\nTvå.", title="A")}))
    a = page_at("a/")
    raw = list(a.body.raw_data)
    raw[0] = raw[0] | {"value": '<p data-block-key="k1">Ett.</p><p data-block-key="k2"></p>'}
    a.body = a._meta.get_field("body").stream_block.to_python(raw)
    a.save_revision().publish()
    root = make_tree({"sv/a.md": page("Ett.\n\n## B\n\nTre.", title="A")})
    assert [entry.action for entry in import_tree(root).pages] == [Action.CHANGED]
    stored = list(page_at("a/").body.raw_data)
    assert stored[0] == raw[0]
    assert stored[2]["value"] == "<p>Tre.</p>"


def test_dates_that_the_file_does_not_say(make_tree: MakeTree) -> None:
    started = datetime.datetime.now(datetime.UTC)
    root = make_tree({"sv/index.md": HOME, "sv/a.md": page("Ett.", title="A")})
    import_tree(root)
    a = page_at("a/")
    assert started <= a.first_published_at <= datetime.datetime.now(datetime.UTC)
    assert a.last_published_at == a.first_published_at
    assert not import_tree(root).changes
    import_tree(make_tree({"sv/a.md": page("Två.", title="A")}))
    later = page_at("a/")
    assert later.first_published_at == a.first_published_at
    assert later.last_published_at > a.last_published_at


def test_siblings_stand_in_order(make_tree: MakeTree) -> None:
    make_home()
    make_page("gammal/")
    files: dict[str, str | bytes] = {"sv/index.md": HOME, "en/index.md": page(title="Home")}
    for slug, order in (("a", 3), ("b", 1), ("c", 2)):
        files[f"sv/{slug}.md"] = page(title=slug, order=order)
        files[f"en/{slug}.md"] = page(title=slug)
    files["sv/d.md"] = page(title="d")
    report = import_tree(make_tree(files))
    assert _siblings("") == ["gammal", "b", "c", "a", "d"]
    assert _siblings("", "en") == ["b", "c", "a"]
    assert report.moved == 0
    files["sv/c.md"] = page(title="c", order=9)
    report = import_tree(make_tree(files))
    assert _siblings("") == ["gammal", "b", "a", "c", "d"]
    assert _siblings("", "en") == ["b", "a", "c"]
    # A page's place is not its text: nothing was published again.
    assert (report.moved, report.of(Action.CHANGED)) == (2, [])
    assert Page.find_problems() == ([], [], [], [], [])


def test_children_are_counted(make_tree: MakeTree) -> None:
    import_tree(make_tree(rich_tree()))
    assert {page.url_path for page in Page.objects.all() if page.numchild != page.get_children().count()} == set()
    assert Page.find_problems() == ([], [], [], [], [])


def test_below_pages_that_the_site_has(make_tree: MakeTree) -> None:
    make_home()
    make_page("att-bo/")
    import_tree(make_tree({"sv/att-bo/ny.md": page("[upp](/att-bo/)", title="Ny")}))
    assert page_at("att-bo/ny/").get_parent().specific == page_at("att-bo/")


def test_a_draft_is_not_written_over(make_tree: MakeTree) -> None:
    import_tree(make_tree({"sv/index.md": HOME, "sv/a.md": page("Ett.", title="A")}))
    draft = page_at("a/")
    draft.title = "Redaktörens"
    draft.save_revision()
    same = make_tree({"sv/a.md": page("Ett.", title="A")})
    assert not import_tree(same).changes
    changed = make_tree({"sv/a.md": page("Två.", title="A")})
    with pytest.raises(ContentError) as refused:
        import_tree(changed)
    assert str(refused.value) == (
        "sv/a.md:1: The page has unpublished changes. Publish or discard them, or import with --overwrite-drafts."
    )
    import_tree(changed, overwrite_drafts=True)
    a = page_at("a/")
    assert (a.title, a.has_unpublished_changes, a.get_latest_revision_as_object().title) == ("A", False, "A")


def test_a_page_that_nobody_published_yet(make_tree: MakeTree) -> None:
    make_home()
    make_page("a/", live=False)
    root = make_tree({"sv/a.md": page("Ett.", title="A")})
    with pytest.raises(ContentError, match="unpublished changes"):
        import_tree(root)
    import_tree(root, overwrite_drafts=True)
    assert page_at("a/").live


def test_a_locked_page(make_tree: MakeTree) -> None:
    make_home()
    locked = make_page("a/")
    locked.locked = True
    locked.save()
    with pytest.raises(ContentError) as refused:
        import_tree(make_tree({"sv/a.md": page("Ett.", title="A")}), overwrite_drafts=True)
    assert str(refused.value) == "sv/a.md:1: The page is locked by an editor."


def test_a_picture_with_new_content_under_its_old_name(make_tree: MakeTree) -> None:
    files: dict[str, str | bytes] = {
        "sv/index.md": HOME,
        "sv/a.md": page("![x](pictures/door.svg)", title="A"),
        "pictures/door.svg": SVG,
    }
    import_tree(make_tree(files))
    report = import_tree(make_tree(files | {"pictures/door.svg": OTHER_SVG}))
    assert [entry.name for entry in report.of(Action.CHANGED)] == ["sv/a.md"]
    image = page_at("a/").body[0].value["image"]
    with image.file.open() as file:
        assert file.read() == OTHER_SVG


def test_an_error_in_the_middle_leaves_nothing(make_tree: MakeTree) -> None:
    root = make_tree(rich_tree())
    storage = get_image_model()._meta.get_field("file").storage
    before, files = (
        _counts(),
        set(storage.listdir("original_images")[1]) if storage.exists("original_images") else set(),
    )

    def fail(instance: BasePage, **_kwargs: Any) -> None:
        if instance.url_path == "/home-en/att-bo/hyra-bostad/":
            raise RuntimeError("stop")

    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="stop"):
            import_tree(root)
    finally:
        page_published.disconnect(fail)
    assert _counts() == before
    assert set(storage.listdir("original_images")[1]) == files


def test_a_translation_that_is_built_in_another_way_comes_in_whole(make_tree: MakeTree) -> None:
    files = rich_tree()
    files["en/att-bo/hyra-bostad.md"] = page(RICH_EN.replace("## Heading\n\n", ""), title="Rent")
    report = import_tree(make_tree(files))
    assert [(entry.name, entry.why) for entry in report.whole] == [
        ("en/att-bo/hyra-bostad.md", "block 3 (quote) is another kind of block than the source's (heading)")
    ]
    assert page_at("att-bo/hyra-bostad/", "en").live
    lines = list(report.lines())
    assert (
        "en/att-bo/hyra-bostad.md came in whole: block 3 (quote) is another kind of block than the source's (heading)."
        in lines
    )
    assert lines[-3:] == ["created 11, changed 2", "Joined 9 texts of 4 translations.", "3 pictures."]


def test_what_a_translation_leaves_empty_is_reported(make_tree: MakeTree) -> None:
    files = rich_tree()
    files["en/att-bo/hyra-bostad.md"] = page(RICH_EN, title="Rent", search_words="[flat]")
    lines = list(import_tree(make_tree(files)).lines())
    assert "en/att-bo/hyra-bostad.md does not translate: summary, alternative_titles." in lines


def test_a_change_of_the_source_alone_outdates_and_writes_no_translation(make_tree: MakeTree) -> None:
    files = rich_tree()
    import_tree(make_tree(files))
    before = page_at("att-bo/hyra-bostad/", "en").latest_revision_id
    changed = RICH.replace("Ansök i tid.", "Ansök i god tid.")
    files["sv/att-bo/hyra-bostad.md"] = str(files["sv/att-bo/hyra-bostad.md"]).replace(RICH, changed)
    report = import_tree(make_tree(files))
    assert [entry.name for entry in report.of(Action.CHANGED)] == ["sv/att-bo/hyra-bostad.md"]
    assert page_at("att-bo/hyra-bostad/", "en").latest_revision_id == before


def test_the_command(make_tree: MakeTree, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_tree({"sv/index.md": HOME, "sv/a.md": page("Ett.", title="A")})
    call_command("import_content", root, dry_run=True)
    assert capsys.readouterr().out == (
        "changed: sv/index.md\ncreated: sv/a.md\ncreated 1, changed 1\nNothing was written (--dry-run).\n"
    )
    call_command("import_content", root, verbosity=2)
    assert capsys.readouterr().out == (
        "Reading sv/\n1 of 2: sv/index.md\n2 of 2: sv/a.md\nchanged: sv/index.md\ncreated: sv/a.md\n"
        "created 1, changed 1\n"
    )
    call_command("import_content", root)
    assert capsys.readouterr().out == "unchanged 2\n"
