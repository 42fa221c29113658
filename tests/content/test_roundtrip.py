"""Whatever a page says, its file says, and says it in one way only."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings

from pages.content.body import merged, read_body, write_body
from pages.content.document import Block, Document
from pages.content.html import from_html, to_html
from pages.content.inline import read_line, write_line
from pages.content.paragraphs import parse, read_rich, write_rich
from pages.content.problems import Notes, Problem
from pages.content.richtext import Paragraph, RichText, Run, line_of
from pages.content.tree import parse_page
from pages.content.write import write_page
from tests.content.strategies import documents, richtexts

slow = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(richtexts)
@example((Paragraph((Run("foo"), Run("(bar)", bold=True), Run("baz"))),))
@example((Paragraph((Run("a", bold=True), Run("b", bold=True, italic=True), Run("c", italic=True))),))
@example((Paragraph((Run("قال"), Run("«نعم»", bold=True), Run("وذهب"))),))
def test_rich_text_is_the_same_in_html_and_in_markdown(text: RichText) -> None:
    html = to_html(text)
    assert from_html(html) == text
    notes = Notes("x.md")
    assert read_rich(write_rich(html), notes) == html
    assert notes.problems == []


@slow
@given(documents)
def test_a_document_is_read_as_it_was_written(document: Document) -> None:
    document = replace(document, blocks=merged(document.blocks))
    problems: list[Problem] = []
    data = write_page(document)
    file = parse_page(data.decode(), "x.md", document.language, document.path, problems)
    assert problems == []
    assert file is not None
    assert file.document == document
    assert write_page(file.document) == data


def test_marks_stand_where_markdown_lets_them() -> None:
    assert write_line((Run("fet", bold=True), Run("text"))) == "**fet**text"
    assert write_line((Run("fet "), Run("text", italic=True))) == "fet *text*"
    assert write_line((Run("foo"), Run("(bar)", bold=True), Run("baz"))) == "fo&#111;**(bar)**&#98;az"
    assert write_line((Run("1. a_b [c] *d* <e> & &amp;"),)) == r"1\. a_b \[c\] \*d\* \<e> & \&amp;"


def test_spaces_belong_to_no_mark() -> None:
    spaced = from_html("<p>a<b> b </b>c <i> d</i></p>")
    assert to_html(spaced) == "<p>a <b>b</b> c <i>d</i></p>"


def test_nesting_is_by_length() -> None:
    html = '<p><b>a <a href="/x/">b</a> c</b></p>'
    assert to_html(from_html('<p><b>a </b><a href="/x/"><b>b</b></a><b> c</b></p>')) == html
    assert write_rich(html) == "**a [b](/x/) c**"


def test_lists_of_a_kind_are_one_and_empty_items_none() -> None:
    html = "<ul><li>a</li></ul><ul><li></li><li>b<ol><li>c</li></ol></li></ul><p></p>"
    assert to_html(from_html(html)) == "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"


def test_the_editors_own_html() -> None:
    html = '<p data-block-key="x1">a <strong>b</strong><br/>c</p><h2>d</h2><ul><li data-block-key="x2">e</li></ul>'
    assert write_rich(to_html(from_html(html))) == "a **b**\\\nc\n\nd\n\n- e"


def test_soft_line_ends_are_spaces() -> None:
    notes = Notes("x.md")
    inline = parse("a\nb\\\nc").children[0].children[0].token
    assert inline is not None
    assert read_line(inline.children or [], notes, 0) == line_of([Run("a b\nc")])


def test_a_quote_whose_last_paragraph_begins_with_a_dash() -> None:
    block = Block("quote", {"text": "<p>a</p><p>— b</p>", "attribution": ""})
    assert write_body([block]) == "> a\n>\n> &#8212; b"
    assert read_body(write_body([block]), Notes("x.md")) == (block,)


def test_a_text_that_begins_as_a_caption_does() -> None:
    table = Block("table", {"rows": [["a"], ["b"]], "header_row": True, "header_column": False, "caption": ""})
    found = (table, Block("text", {"text": "<p>: c</p>"}))
    assert read_body(write_body(found), Notes("x.md")) == found


def test_a_table_with_a_header_column_and_no_header_row() -> None:
    table = {"rows": [["a", "b"], ["", "d|e"]], "header_row": False, "header_column": True, "caption": ""}
    markdown = write_body([Block("table", table)])
    assert markdown == "|  |  |\n| --- | --- |\n| **a** | b |\n|  | d\\|e |"
    assert read_body(markdown, Notes("x.md")) == (Block("table", table),)


def test_a_caption_right_below_the_table() -> None:
    (table,) = read_body("| a |\n| --- |\n| b |\n: c", Notes("x.md"))
    assert table.value == {"rows": [["a"], ["b"]], "header_row": True, "header_column": False, "caption": "c"}


def test_what_yaml_would_take_for_something_else_stays_text() -> None:
    notes = Notes("x.md")
    body = "```film\ntitle: No\nurl: https://example.org/a.mp4\nlength: 3:20\ntranscript: 010\n```"
    (film,) = read_body(body, notes)
    assert notes.problems == []
    assert film.value == {
        "title": "No",
        "url": "https://example.org/a.mp4",
        "length": "3:20",
        "transcript": "<p>010</p>",
    }
    assert write_body([film]) == body


def test_a_fence_around_text_with_a_fence() -> None:
    block = Block("reflection", {"title": "", "questions": ["a\n```\nb"]})
    markdown = write_body([block])
    assert markdown.startswith("````reflection\n")
    assert read_body(markdown, Notes("x.md")) == (block,)
