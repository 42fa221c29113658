"""The pattern library: every part of the public site in four scripts, light and dark.

For developers (``/patterns/``, where ``settings.DEMO``). The values are the real ones' types
(``Frame``, ``Reading``, ``PageRef``, the blocks' own values), so a change of a contract shows here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from cms.languages.registry import LANGUAGES, Language, get
from pages.blocks.body import BodyBlock
from pages.frame import Frame, LanguageLink
from pages.models.publisher import Publisher
from pages.pattern_samples import PICTURE, SAMPLES, Sample
from pages.reading import PageRef
from pages.rendering import Reading
from pages.sources import Source

THEMES = ("light", "dark")
_REFERENCE = re.compile(r'\b(id|for|aria-labelledby)="([^"]+)"|href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Cell:
    """A part in one language and one theme."""

    language: Language
    theme: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Pattern:
    """A part of the site. ``wide`` ones take a row each, the others stand side by side."""

    name: str
    wide: bool
    cells: list[Cell]


def sample_ref(sample: Sample, number: int, *, fallback: bool = False) -> PageRef:
    """A page to link to; ``fallback`` as one that the reader's language lacks."""
    texts = SAMPLES["en"] if fallback else sample
    return PageRef(
        id=number,
        path=f"att-bo/{number}/",
        url=f"/{sample.code}/att-bo/{number}/",
        title=texts.titles[number % len(texts.titles)],
        summary=texts.summary,
        language=get(texts.code),
        is_fallback=fallback,
        type="article",
        published=datetime.date(2026, 1, 15),
        updated=datetime.date(2026, 3, 3),
        tree_path="",
    )


def sample_context(code: str, *, fallback: bool = False) -> dict[str, Any]:
    """A context as the views give it, for a chapter in ``code``; ``fallback``: its text is English."""
    sample, language = SAMPLES[code], get(code)
    refs = [sample_ref(sample, 1), sample_ref(sample, 2), sample_ref(sample, 3, fallback=True)]
    text = SAMPLES["en"] if fallback else sample
    frame = Frame(
        language=language,
        path=refs[0].path,
        title=text.titles[0],
        description=text.summary,
        languages=[LanguageLink(each, f"/{each.code}/", each.code == code, True) for each in LANGUAGES],
        entrances=refs,
        themes=refs,
        standard_pages=refs[:2],
        publisher=Publisher(
            language="sv" if code == "sv" else "en",
            name="Länsstyrelsen",
            organisation_number="202100-2411",
            address="Box 1, 123 45 Staden",
            email="vagvisare@example.org",
            about=SAMPLES["sv" if code == "sv" else "en"].summary,
        ),
        canonical="https://www.example.org/",
    )
    reading = Reading(
        language=get(text.code),
        is_fallback=fallback,
        original_url="/sv/att-bo/1/",
        ancestors=[refs[1]],
        siblings=refs,
        position=2,
        previous=refs[0],
        next=refs[2],
        contents=[("s-1", text.titles[0]), ("s-2", text.long_word)],
        first_published=datetime.date(2025, 9, 1),
        updated=datetime.date(2026, 3, 3),
        machine_translated=code != "sv",
        source_updated=datetime.date(2026, 3, 10) if code != "sv" else None,
        sources=[Source("Skatteverket", "https://www.skatteverket.se/"), Source("", "https://www.1177.se/")],
        preview=False,
        pictures={1: PICTURE, 3: PICTURE},
    )
    page = SimpleNamespace(
        title=text.titles[0],
        summary=text.summary,
        reading_path=refs[0].path,
        content_type_name="article",
        responsible="",
        body=BodyBlock().normalize(blocks(text)),
    )
    links = {ref.id: ref for ref in refs}
    return {"frame": frame, "reading": reading, "page": page, "links": links, "refs": refs}


def blocks(sample: Sample) -> list[tuple[str, Any]]:
    """Every block, with the sample's texts."""
    text, more = f"<p>{sample.paragraph}</p>", f"<p><b>{sample.long_word}</b></p><ul><li>{sample.summary}</li></ul>"
    first, second, third = sample.titles
    return [
        ("heading", {"text": sample.long_word, "level": "2"}),
        ("text", f'<p>{sample.paragraph} <a href="https://www.1177.se/">{second}</a>. <i>{third}</i></p>{more}'),
        ("heading", {"text": second, "level": "3"}),
        ("quote", {"text": text, "attribution": first}),
        ("fact", {"title": first, "text": text + more}),
        *(("callout", {"kind": kind, "title": second, "text": text}) for kind in ("info", "important", "warning")),
        (
            "contact",
            {
                "name": "Integrationsenheten",
                "about": sample.summary,
                "phone": "010-000 00 00",
                "email": "integration@example.org",
                "url": "https://www.example.org/",
                "address": "Storgatan 1, 123 45 Staden",
                "hours": "9–12",
            },
        ),
        (
            "steps",
            {"title": first, "steps": [{"title": first, "text": text}, {"title": second, "text": more}]},
        ),
        (
            "questions",
            {
                "title": second,
                "questions": [{"question": sample.question, "answer": text}, {"question": first, "answer": more}],
            },
        ),
        (
            "table",
            {
                "data": [[first, second, third], [sample.long_word, "114 14", sample.summary]],
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_caption": third,
            },
        ),
        (
            "links",
            {
                "title": third,
                "links": [
                    {"text": "Skatteverket", "url": "https://www.skatteverket.se/", "description": sample.summary}
                ],
            },
        ),
        ("related", {"title": first, "pages": [SimpleNamespace(pk=1), SimpleNamespace(pk=3)]}),
        ("reflection", {"title": second, "questions": [sample.question, sample.question]}),
        ("exercise", {"title": third, "text": text}),
        ("picture", {"image": PICTURE, "alt": first, "caption": sample.summary, "credit": "Vägvisare"}),
        (
            "film",
            {"title": first, "url": "https://example.org/film.mp4", "length": "3:20", "transcript": text},
        ),
    ]


def _include(name: str) -> Callable[[dict[str, Any]], str]:
    def html(context: dict[str, Any]) -> str:
        return str(render_to_string(f"pages/includes/{name}.html", context))

    return html


def _block(number: int) -> Callable[[dict[str, Any]], str]:
    def html(context: dict[str, Any]) -> str:
        page = SimpleNamespace(body=[context["page"].body[number]])
        return str(render_to_string("pages/includes/body.html", context | {"page": page}))

    return html


#: Name, what renders it, whether it takes a row, whether it is a page in fallback.
_FRAME_PARTS = [
    ("header", _include("header"), True, False),
    ("breadcrumbs", _include("breadcrumbs"), False, False),
    ("notices", lambda context: _include("notices")(context) + _include("machine")(context), False, True),
    ("dates", _include("dates"), False, False),
    ("progress", _include("progress"), False, False),
    ("contents", _include("contents"), False, False),
    ("cards", _include("cards"), True, False),
    ("chapters", _include("chapters"), False, False),
    ("news list", lambda context: _include("news_list")(context | {"level": 3}), True, False),
    ("previous and next", _include("next"), False, False),
    ("place search", _include("place_search"), False, False),
    ("alert", lambda context: str(render_to_string("pages/includes/alert.html", context)), False, False),
    ("sources", _include("sources"), False, False),
    ("share", _include("share"), False, False),
    ("signpost", _include("signpost"), False, False),
    ("footer", _include("footer"), True, False),
]


def _unique(html: str, suffix: str) -> SafeString:
    """The part with ids of its own, as it stands on the page eight times."""

    def rewrite(match: re.Match[str]) -> str:
        if match[3]:
            return f'href="#{match[3]}-{suffix}"'
        return f'{match[1]}="{match[2]}-{suffix}"'

    # The parts' own templates have escaped what is in them.
    return mark_safe(_REFERENCE.sub(rewrite, html))


def patterns(codes: tuple[str, ...] = ("sv", "ar", "ti", "uk")) -> list[Pattern]:
    """Every part, rendered in the languages ``codes``, light and dark."""
    contexts = {
        (code, fallback): sample_context(code, fallback=fallback) for code in codes for fallback in (False, True)
    }
    names = [name for name, _value in blocks(SAMPLES[codes[0]])]
    parts = [
        *_FRAME_PARTS,
        *((f"block: {name}", _block(number), name == "table", False) for number, name in enumerate(names)),
        ("block in another language", _block(7), False, True),
    ]
    found = []
    for number, (name, html, wide, fallback) in enumerate(parts):
        cells = []
        for code in codes:
            with translation.override(code):
                rendered = html(contexts[code, fallback])
            cells += [Cell(get(code), theme, _unique(rendered, f"{number}-{code}-{theme}")) for theme in THEMES]
        found.append(Pattern(name, wide, cells))
    return found


def patterns_view(request: HttpRequest) -> HttpResponse:
    """The pattern library, for developers."""
    with translation.override("en"):
        return render(request, "pages/patterns.html", {"patterns": patterns()})
