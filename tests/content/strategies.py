"""Documents as hypothesis makes them: everything that a page can say."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from cms.translation.states import TranslationState
from pages.content.document import Block, Document
from pages.content.html import to_html
from pages.content.richtext import Bullets, Item, Paragraph, Run, line_of, plain, plain_lines, rich
from pages.content.schema import Choice, Group, Listing, PagePath, Picture, Plain, Rich, Shape, groups
from pages.content.tables import canonical_table
from pages.sources import Source

#: What Markdown and YAML give a meaning, among letters of every script.
_SIGNS = "abcÅ 019  *_[]()<>&#;!`\\|~-+=.:/\"'@%{}?,\n\t\u00a0\u2028—»«ياз\u200cት።🙂"
text = st.text(st.one_of(st.sampled_from(_SIGNS), st.characters(exclude_categories=["Cs"])), max_size=12)
words = text.map(plain).filter(bool)
hrefs = st.sampled_from(["/", "/att-bo/", "https://example.org/a_b?c=1&copy;=(2)", "mailto:a_b@example.org", "tel:112"])
runs = st.builds(Run, text, bold=st.booleans(), italic=st.booleans(), href=st.one_of(st.just(""), hrefs))
lines = st.lists(runs, max_size=4).map(line_of)


def _bullets(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Bullets]:
    return st.builds(Bullets, st.booleans(), st.lists(items, max_size=3).map(tuple))


_flat = _bullets(st.builds(Item, lines))
_nested = _bullets(st.builds(Item, lines, st.lists(_flat, max_size=2).map(tuple)))
richtexts = st.lists(st.one_of(st.builds(Paragraph, lines), _nested), max_size=4).map(rich)
html = richtexts.map(to_html)
paths = st.sampled_from(["", "att-bo/", "lan/skane/malmo/"])
pictures = st.sampled_from(["pictures/door.svg", "pictures/a (1).png"])


def _clean(shape: Plain, value: str) -> str:
    return "" if shape.complaint(value) else value


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Values of a block's field."""
    if isinstance(shape, Group):
        return st.fixed_dictionaries({field.name: _field(field.shape, field.required) for field in shape.fields})
    if isinstance(shape, Listing):
        item = shape.item
        return st.lists(values(item).filter(bool) if isinstance(item, Plain) else values(item), max_size=3)
    if isinstance(shape, Rich):
        return html
    if isinstance(shape, Picture):
        return pictures
    if isinstance(shape, PagePath):
        return paths
    if isinstance(shape, Choice):
        return st.sampled_from(shape.values)
    known = st.sampled_from(["https://example.org/?q=a&b=%20", "a@example.org", "010-000 00 00", "3:20", "No", "null"])
    any_text = text.map(plain_lines if shape.lines else plain)
    return st.one_of(any_text, known).map(lambda value: _clean(shape, value))


def _field(shape: Shape, required: bool) -> st.SearchStrategy[Any]:
    return values(shape).filter(bool) if required and not isinstance(shape, PagePath) else values(shape)


tables = st.builds(
    lambda rows, first, second, caption: canonical_table(rows, header_row=first, header_column=second, caption=caption),
    st.lists(st.lists(text, min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
    text,
).filter(lambda table: bool(table["rows"]))


def _block(kind: str) -> st.SearchStrategy[Block]:
    if kind == "text":
        return html.filter(bool).map(lambda value: Block("text", {"text": value}))
    if kind == "table":
        return tables.map(lambda value: Block("table", value))
    found = values(groups()[kind])
    if kind == "quote":
        found = found.filter(lambda value: bool(value["text"]))
    return found.map(lambda value: Block(kind, value))


blocks = st.one_of([_block(kind) for kind in ("text", "table", *groups())])
dates = st.one_of(st.none(), st.dates(datetime.date(2001, 1, 1), datetime.date(2100, 1, 1)))
some_words = st.lists(words, max_size=3).map(tuple)
sources = st.lists(st.builds(Source, text.map(plain), st.just("https://example.org/a?b=1")), max_size=2).map(tuple)


def _document(language: str, **fields: Any) -> st.SearchStrategy[Document]:
    return st.builds(
        Document,
        language=st.just(language),
        path=st.just("att-bo/hyra-bostad/"),
        title=words,
        summary=text.map(plain),
        alternative_titles=some_words,
        search_words=some_words,
        updated=dates,
        blocks=st.lists(blocks, max_size=4).map(tuple),
        **fields,
    )


documents = st.one_of(
    _document(
        "sv",
        type=st.sampled_from(["article", "theme"]),
        order=st.one_of(st.none(), st.integers(1, 999)),
        sources=sources,
        owner=text.map(plain),
        review_by=dates,
    ),
    _document("ar", state=st.sampled_from([str(state) for state in TranslationState.values])),
)
