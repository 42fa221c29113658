"""Growth as a picture: milliseconds by pages, both by powers of ten, as SVG and without a library."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 190, 40, 60
#: Name, colour, dashes, and where its figure stands.
_LINES = (
    ("Search, p99", "#8a1c1c", "", ("elasticsearch", "search", "p99")),
    ("Search, p50", "#c8553d", "6 4", ("elasticsearch", "search", "p50")),
    ("Suggestions, p99", "#1d4e89", "", ("elasticsearch", "suggest", "p99")),
    ("Elasticsearch's took, p50", "#2e7d32", "2 3", ("elasticsearch", "took", "p50")),
    ("Wagtail's backend, p50", "#6b6b6b", "6 4", ("wagtail", "asked", "p50")),
)
_MARKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def _figure(row: dict[str, Any], way: tuple[str, ...]) -> float | None:
    value: Any = row
    for name in way:
        value = value.get(name) if isinstance(value, dict) else None
    return None if value is None else max(float(value), 1.0)


def write(figures: dict[str, Any], file: Path) -> None:
    """Draw what ``search_speed`` measured."""
    sizes = sorted(int(name) for name in figures if name.isdigit())
    rows = {size: figures[str(size)] for size in sizes}
    values = [value for row in rows.values() for *_, way in _LINES if (value := _figure(row, way))]
    if not values:
        return
    most = next((mark for mark in _MARKS if mark >= max(values)), _MARKS[-1])

    def x(size: float) -> float:
        first, last = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 10))
        return _LEFT + (math.log10(size) - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - math.log10(value) / math.log10(most) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-size="13">',
        "<style>text { font-family: sans-serif }</style>",
        "<title>Milliseconds of a search by the number of pages</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-weight="bold">Milliseconds at 20 requests a second, by pages</text>',
    ]
    for mark in (mark for mark in _MARKS if mark <= most):
        parts += [
            f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(mark):.1f}" y2="{y(mark):.1f}" stroke="#ddd"/>',
            f'<text x="{_LEFT - 8}" y="{y(mark) + 4:.1f}" text-anchor="end">{mark}</text>',
        ]
    parts += [
        f'<text x="{x(size):.1f}" y="{_HEIGHT - _BOTTOM + 24}" text-anchor="middle">{size:,}</text>' for size in sizes
    ]
    ends: list[float] = []
    for name, colour, dashes, way in _LINES:
        points = [(x(size), y(value)) for size, row in rows.items() if (value := _figure(row, way))]
        if not points:
            continue
        told = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        parts.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        )
        parts += [f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3" fill="{colour}"/>' for left, top in points]
        end = points[-1][1] + 4
        while any(abs(end - other) < 15 for other in ends):
            end += 3
        ends.append(end)
        parts.append(f'<text x="{_WIDTH - _RIGHT + 10}" y="{end:.1f}" fill="{colour}">{name}</text>')
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*parts, "</svg>"]) + "\n")
