"""Broken trees: each is refused with its sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from pages.content.importer import import_tree
from pages.content.problems import ContentError
from pages.models import StandardPage
from tests.content.conftest import MakeTree
from tests.content.samples import HOME, SVG, page
from tests.factories import make_home, make_page

pytestmark = pytest.mark.django_db

BLOCKS = "fact, callout, contact, steps, questions, links, related, reflection, exercise, picture, film"
KEYS = (
    "title, type, order, summary, alternative_titles, search_words, sources, owner, review_by, first_published, "
    "updated, state"
)
CODES = "sv, en, ar, prs, fa, so, ti, ru, es, fr, uk"
TYPES = "home, entrance, theme, article, news_index, news, standard, professional, county, local"
NO_LINK = "is no link: a page of this site is /its/path/, others begin with https://, mailto: or tel:."
KINDS = "avif, gif, jpg, jpeg, png, svg, webp"


def _drawing(inside: str, attributes: str = 'viewBox="0 0 1 1"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def _fence(kind: str, *lines: str) -> str:
    return "\n".join([f"```{kind}", *lines, "```"])


def _text(body: str, **keys: object) -> dict[str, str | bytes]:
    """A tree whose only fault is in ``sv/a.md``, whose body begins at line 6."""
    return {"sv/index.md": HOME, "sv/a.md": page(body, **({"title": "A", "type": "article"} | keys))}


def _picture(data: bytes, name: str = "x.svg") -> dict[str, str | bytes]:
    return _text(f"![x](pictures/{name})") | {f"pictures/{name}": data}


CASES: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    # --- the folder
    "unknown language": (
        {"sv/index.md": HOME, "xx/index.md": HOME},
        [f"xx:1: No language has the code “xx”; there are {CODES}."],
    ),
    "a file beside the languages": (
        {"sv/index.md": HOME, "index.md": HOME},
        ["index.md:1: A page's file lies in the folder of its language."],
    ),
    "not Markdown": (
        {"sv/index.md": HOME, "sv/a.txt": "text"},
        ["sv/a.txt:1: A page's file ends with .md."],
    ),
    "two pages for one address": (
        {"sv/index.md": HOME, "sv/a.md": page(title="A"), "sv/a/index.md": page(title="A")},
        ["sv/a.md:1: Two pages for one address: sv/a/index.md is the same page."],
    ),
    "illegal slug": (
        {"sv/index.md": HOME, "sv/Å_b.md": page(title="A")},
        ["sv/Å_b.md:1: “Å_b” can't be part of an address: use a–z, 0–9 and hyphens."],
    ),
    "reserved slug": (
        {"sv/index.md": HOME, "sv/search.md": page(title="A")},
        ["sv/search.md:1: Something else answers at the address /search/."],
    ),
    "a page for the root of the counties": (
        {"sv/index.md": HOME, "sv/lan/index.md": page(title="A")},
        ["sv/lan/index.md:1: Something else answers at the address /lan/."],
    ),
    "no page": ({"pictures/a.svg": SVG}, ["{root}:1: There is no page in this folder."]),
    # --- the file
    "empty file": ({"sv/index.md": HOME, "sv/a.md": " \n"}, ["sv/a.md:1: The file is empty."]),
    "wrong encoding": (
        {"sv/index.md": HOME, "sv/a.md": page(title="A").encode() + "Å".encode("latin-1")},
        ["sv/a.md:6: The file is not UTF-8."],
    ),
    "byte-order mark": (
        {"sv/index.md": HOME, "sv/a.md": b"\xef\xbb\xbf" + page(title="A").encode()},
        ["sv/a.md:1: The file begins with a byte-order mark; save it as UTF-8 without one."],
    ),
    "Windows line ends": (
        {"sv/index.md": HOME, "sv/a.md": page(title="A").replace("\n", "\r\n")},
        ["sv/a.md:1: The line does not end as on Unix."],
    ),
    "control character": (_text("a\x07b"), ["sv/a.md:6: A control character (U+0007)."]),
    "no front matter": (
        {"sv/index.md": HOME, "sv/a.md": "Text."},
        ["sv/a.md:1: The file begins with the front matter, between two lines “---”."],
    ),
    "open front matter": (
        {"sv/index.md": HOME, "sv/a.md": "---\ntitle: A\n"},
        ["sv/a.md:1: The front matter is not closed by a line “---”."],
    ),
    # --- the front matter
    "broken YAML": (
        {"sv/index.md": HOME, "sv/a.md": "---\ntitle: A\nsummary: b: c\n---\n"},
        ["sv/a.md:3: Broken YAML: mapping values are not allowed in this context."],
    ),
    "a list for front matter": (
        {"sv/index.md": HOME, "sv/a.md": "---\n- A\n---\n"},
        ["sv/a.md:2: Here stand keys with values, each as “key: value”."],
    ),
    "unknown key": (_text("", colour="red"), [f"sv/a.md:4: Unknown key “colour”; there are {KEYS}."]),
    "a key twice": (
        {"sv/index.md": HOME, "sv/a.md": "---\ntitle: A\ntitle: B\n---\n"},
        ["sv/a.md:3: The key “title” stands here twice."],
    ),
    "no title": ({"sv/index.md": HOME, "sv/a.md": "---\ntype: article\n---\n"}, ["sv/a.md:2: The title is missing."]),
    "long title": (
        _text("", title="x" * 256),
        ["sv/a.md:2: “title” has 256 characters; it may have 255."],
    ),
    "bad date": (
        _text("", review_by="2027-02-30"),
        ["sv/a.md:4: “review_by” is a date such as 2027-03-01, not “2027-02-30”."],
    ),
    "dates in the wrong order": (
        _text("", first_published="2026-01-02", updated="2026-01-01"),
        ["sv/a.md:5: “updated” is before “first_published”."],
    ),
    "wrong type of value": (
        _text("", summary="[a]", search_words="a"),
        [
            "sv/a.md:4: “summary” is a text.",
            "sv/a.md:5: “search_words” is a list, each entry on a line that begins with “- ”.",
        ],
    ),
    "bad order": (_text("", order="0"), ["sv/a.md:4: “order” is a whole number from 1."]),
    "one order twice": (
        {"sv/index.md": HOME, "sv/a.md": page(title="A", order=1), "sv/b.md": page(title="B", order=1)},
        ["sv/b.md:3: sv/a.md has the same order."],
    ),
    "bad source": (
        _text("", sources="\n  - title: A\n  - nowhere"),
        [
            "sv/a.md:5: A source is an address, or has the keys title and url.",
            "sv/a.md:6: “nowhere” is not a web address.",
        ],
    ),
    "unknown type": (_text("", type="essay"), [f"sv/a.md:3: “type” is one of {TYPES}."]),
    "a state in Swedish": (
        _text("", state="reviewed"),
        ["sv/a.md:4: A Swedish page is the source and has no “state”."],
    ),
    "unknown state": (
        {"sv/index.md": HOME, "en/index.md": page(title="A", state="good")},
        ["en/index.md:3: “state” is one of machine-translated, reviewed, unreviewed."],
    ),
    "Swedish keys in a translation": (
        {"sv/index.md": HOME, "en/index.md": page(title="A", order=1, sources="[]", owner="x", review_by="2027-01-01")},
        [
            "en/index.md:3: “order” belongs to the Swedish page alone.",
            "en/index.md:4: “sources” belongs to the Swedish page alone.",
            "en/index.md:5: “owner” belongs to the Swedish page alone.",
            "en/index.md:6: “review_by” belongs to the Swedish page alone.",
        ],
    ),
    # --- the body
    "heading of level 1": (
        _text("# A\n\n#### B"),
        [
            "sv/a.md:6: Headings have level 2 or 3 (## or ###); the title is the page's only level 1.",
            "sv/a.md:8: Headings have level 2 or 3 (## or ###); the title is the page's only level 1.",
        ],
    ),
    "dashes below a text": (
        _text("A\n---"),
        ["sv/a.md:6: A line of dashes makes a heading of the text above it; write ## before a heading."],
    ),
    "a heading that is not plain": (
        _text("## A **b**"),
        ["sv/a.md:6: A heading is plain text, without bold, emphasis or links."],
    ),
    "raw HTML": (
        _text("<div>a</div>\n\na <b>b</b>"),
        [
            "sv/a.md:6: Raw HTML is not allowed.",
            "sv/a.md:8: Raw HTML is not allowed: </b>",
            "sv/a.md:8: Raw HTML is not allowed: <b>",
        ],
    ),
    "code": (
        _text("a `b`\n\n    c"),
        [
            "sv/a.md:6: Code (`b`) is not part of the format.",
            "sv/a.md:8: A line that begins with four spaces is code, which is not part of the format.",
        ],
    ),
    "a list that is too deep": (
        _text("- a\n  - b\n    - c\n      - d\n        - e\n          - f"),
        ["sv/a.md:11: Lists go no deeper than 5 levels."],
    ),
    "a list that begins elsewhere": (_text("3. a"), ["sv/a.md:6: A numbered list begins with 1."]),
    "paragraphs in an item": (
        _text("- a\n\n  b"),
        ["sv/a.md:8: An item of a list is one paragraph, and lists within it."],
    ),
    "a quote without text": (_text("> — A"), ["sv/a.md:6: A quote without text."]),
    "a row that is too long": (
        _text("| a |\n| --- |\n| b | c |"),
        ["sv/a.md:8: The row has 2 cells, the header 1."],
    ),
    "dashes that do not fit": (
        _text("| a | b |\n| --- |\n| c | d |"),
        ["sv/a.md:7: The line of dashes has another number of columns than the header."],
    ),
    "a forbidden link": (
        _text("[a](javascript:alert(1)) [b](/sv/a b/)\n[c](att-bo)"),
        [f"sv/a.md:6: “javascript:alert(1)” {NO_LINK}", f"sv/a.md:7: “att-bo” {NO_LINK}"],
    ),
    "a link to nowhere": (
        _text("[a](/b/) [c](/a/)\n\n- [d](/sv/)"),
        ["sv/a.md:6: There is no page /b/ to link to.", "sv/a.md:8: There is no page /sv/ to link to."],
    ),
    # --- fences
    "unknown fence": (_text(_fence("box", "a: b")), [f"sv/a.md:6: Unknown block “box”; there are {BLOCKS}."]),
    "open fence": (_text("```fact\ntitle: A\ntext: b"), ["sv/a.md:6: The fence is not closed."]),
    "empty fence": (_text(_fence("fact")), ["sv/a.md:6: The fence is empty."]),
    "broken YAML in a fence": (
        _text(_fence("fact", "title: A", "text: a: b")),
        ["sv/a.md:8: Broken YAML: mapping values are not allowed in this context."],
    ),
    "keys of a fence": (
        _text(_fence("fact", "titel: A", "text: |", "  a", "", "  ## b")),
        [
            "sv/a.md:7: Unknown key “titel”; there are title, text.",
            "sv/a.md:7: “title” is missing.",
            "sv/a.md:11: No heading may stand here.",
        ],
    ),
    "values of a fence": (
        _text(_fence("callout", "kind: loud", "title: [a]", "text: b")),
        ["sv/a.md:7: “kind” is one of info, important, warning.", "sv/a.md:8: “title” is a text."],
    ),
    "entries of a fence": (
        _text(_fence("steps", "steps:", "  - title: a", "  - text: b", "  - c")),
        ["sv/a.md:9: “title” is missing.", "sv/a.md:10: An entry of “steps” has the keys title, text."],
    ),
    "a long text in a fence": (
        _text(_fence("exercise", f"title: {'x' * 201}", "text: a")),
        ["sv/a.md:7: “title”: Ensure this value has at most 200 characters (it has 201)."],
    ),
    "addresses in a fence": (
        _text(_fence("contact", "name: A", "phone: ring", "email: nobody", "url: www.example.org")),
        [
            "sv/a.md:8: “phone”: Enter a valid value.",
            "sv/a.md:9: “email”: Enter a valid email address.",
            "sv/a.md:10: “url”: A web address begins with https://.",
        ],
    ),
    "a related page that is none": (
        _text(_fence("related", "pages:", "  - https://example.org/", "  - /b/")),
        [
            "sv/a.md:8: A page of this site is named by its path: /att-bo/hyra-bostad/.",
            "sv/a.md:9: There is no page /b/ to link to.",
        ],
    ),
    # --- pictures
    "missing picture": (_text("![a](pictures/a.svg)"), ["sv/a.md:6: There is no picture pictures/a.svg."]),
    "a picture outside": (
        _text("![a](pictures/../../a.svg)\n\n![b](/etc/b.svg)\n\n![c](c.svg)"),
        [
            "sv/a.md:6: The path “pictures/../../a.svg” leaves the folder.",
            "sv/a.md:8: The path “/etc/b.svg” leaves the folder.",
            "sv/a.md:10: A picture lies in pictures/: pictures/door.svg.",
        ],
    ),
    "a picture in a text": (
        _text("See ![a](pictures/a.svg)"),
        ["sv/a.md:6: A picture stands alone in its paragraph: a"],
    ),
    "a fence without alternative text": (
        _text(_fence("picture", "file: pictures/a.svg")) | {"pictures/a.svg": SVG},
        ["sv/a.md:7: “alt” is missing."],
    ),
    "a picture that is none": (
        _picture(b"GIF", "x.png"),
        ["sv/a.md:6: pictures/x.png: This is not a picture of the kind that its name says."],
    ),
    "a picture of no kind": (
        _picture(b"%PDF", "x.pdf"),
        [f"sv/a.md:6: pictures/x.pdf: This is not a picture of a kind that the site shows ({KINDS})."],
    ),
    "a drawing that is none": (
        _picture(b"<svg"),
        ["sv/a.md:6: pictures/x.svg: This is not a picture of the kind that its name says."],
    ),
    "a drawing with a script": (
        _picture(_drawing("<script>1</script>")),
        ["sv/a.md:6: pictures/x.svg: A drawing may not have a <script>."],
    ),
    "a drawing with HTML": (
        _picture(_drawing("<foreignObject><p/></foreignObject>")),
        ["sv/a.md:6: pictures/x.svg: A drawing may not have a <foreignObject>."],
    ),
    "a drawing that acts": (
        _picture(_drawing("", 'viewBox="0 0 1 1" onload="1"')),
        ["sv/a.md:6: pictures/x.svg: A drawing may not have an onload."],
    ),
    "a drawing that loads": (
        _picture(_drawing('<image href="https://example.org/a.png"/>')),
        ["sv/a.md:6: pictures/x.svg: A drawing may not load anything from elsewhere."],
    ),
    "a drawing with entities": (
        _picture(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + _drawing("<title>&a;</title>")),
        ["sv/a.md:6: pictures/x.svg: A drawing may not have a DOCTYPE."],
    ),
    # --- the site
    "missing parent": (
        {"sv/index.md": HOME, "sv/a/b.md": page(title="B")},
        ["sv/a/b.md:1: There is no page /sv/a/ for this page to lie below."],
    ),
    "missing parent in the language": (
        {"sv/index.md": HOME, "sv/a.md": page(title="A"), "en/a.md": page(title="A")},
        ["en/a.md:1: There is no page /en/ for this page to lie below."],
    ),
    "missing source": (
        {"sv/index.md": HOME, "en/index.md": page(title="A"), "en/a.md": page(title="A")},
        ["en/a.md:1: There is no Swedish page /sv/a/ that this could translate."],
    ),
    "a child that its parent does not take": (
        {"sv/index.md": HOME, "sv/a/index.md": page(title="A"), "sv/a/b.md": page(title="B", type="theme")},
        ["sv/a/b.md:3: A page of the type “theme” can't lie below one of the type “article”."],
    ),
    "an article below a county": (
        {"sv/lan/skane/a.md": page(title="A")},
        ["sv/lan/skane/a.md:1: A page of the type “article” can't lie below one of the type “county”."],
    ),
    "a second home page": (
        _text("", type="home"),
        ["sv/a.md:3: The home page has the type “home”, and no other page has."],
    ),
    "unknown county": (
        {"sv/lan/skona/index.md": page(title="A", type="county")},
        ["sv/lan/skona/index.md:1: No county has the address “skona”."],
    ),
    "a municipality of another county": (
        {"sv/lan/skane/goteborg.md": page(title="A", type="local")},
        ["sv/lan/skane/goteborg.md:1: The municipality “goteborg” is not in this county but in Västra Götalands län."],
    ),
    "another type than the source's": (
        {"sv/index.md": HOME, "en/index.md": page(title="A", type="theme")},
        ["en/index.md:3: The Swedish page has the type “home”; a translation has its source's."],
    ),
}


def _state() -> tuple[int, int, int, list[tuple[str, bool]]]:
    pages = list(Page.objects.order_by("path").values_list("url_path", "live"))
    return len(pages), Revision.objects.count(), get_image_model().objects.count(), pages


@pytest.mark.parametrize("name", CASES)
def test_refused(name: str, make_tree: MakeTree) -> None:
    files, expected = CASES[name]
    root = make_tree(files)
    before = _state()
    with pytest.raises(ContentError) as refused:
        import_tree(root)
    assert [str(problem) for problem in refused.value.problems] == [line.format(root=root) for line in expected]
    assert _state() == before


def test_every_problem_of_every_file_at_once(make_tree: MakeTree) -> None:
    root = make_tree(
        {
            "sv/index.md": HOME,
            "sv/a.md": page("# A", title="A", colour="red"),
            "en/a.md": page("[a](/b/)", title="A"),
            "xx/index.md": HOME,
        }
    )
    with pytest.raises(ContentError) as refused:
        import_tree(root)
    assert [str(problem) for problem in refused.value.problems] == [
        "en/a.md:1: There is no page /en/ for this page to lie below.",
        "en/a.md:5: There is no page /b/ to link to.",
        f"sv/a.md:3: Unknown key “colour”; there are {KEYS}.",
        "sv/a.md:6: Headings have level 2 or 3 (## or ###); the title is the page's only level 1.",
        f"xx:1: No language has the code “xx”; there are {CODES}.",
    ]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as refused:
        import_tree(tmp_path / "none")
    assert str(refused.value) == f"{tmp_path}/none:1: There is no such folder."


def test_links_out_of_the_folder(make_tree: MakeTree, tmp_path: Path) -> None:
    root = make_tree({"sv/index.md": HOME, "sv/a.md": page("![x](pictures/x.svg)", title="A")})
    (tmp_path / "b.md").write_text(page(title="B"))
    (tmp_path / "x.svg").write_bytes(SVG)
    (root / "sv/b.md").symlink_to(tmp_path / "b.md")
    (root / "sv/c.md").symlink_to("a.md")
    (root / "pictures").mkdir()
    (root / "pictures/x.svg").symlink_to(tmp_path / "x.svg")
    with pytest.raises(ContentError) as refused:
        import_tree(root)
    assert [str(problem) for problem in refused.value.problems] == [
        "sv/a.md:5: The path “pictures/x.svg” leaves the folder.",
        "sv/b.md:1: A symbolic link that leaves the folder.",
        "sv/c.md:1: A symbolic link; put the file itself here.",
    ]


def test_another_type_than_the_page_on_the_site(make_tree: MakeTree) -> None:
    make_home()
    make_page("om/", model=StandardPage)
    with pytest.raises(ContentError) as refused:
        import_tree(make_tree({"sv/om.md": page(title="Om", type="theme")}))
    assert (
        str(refused.value) == "sv/om.md:3: The page on the site has the type “standard”; a page's type does not change."
    )


def test_the_command_says_it_and_fails(make_tree: MakeTree, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_tree({"sv/index.md": HOME, "sv/a.md": page("# A", title="A")})
    with pytest.raises(SystemExit) as stopped:
        call_command("import_content", root)
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        "sv/a.md:5: Headings have level 2 or 3 (## or ###); the title is the page's only level 1.\n"
        "1 problem; nothing was imported.\n"
    )
