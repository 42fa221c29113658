"""The public site's style sheet and script: direction, letters, colours, weight."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent.parent / "pages" / "static" / "pages"
CSS = (STATIC / "site.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)


def test_style_sheet_is_the_same_in_both_directions() -> None:
    """No left, right, top or bottom: logical properties mirror themselves."""
    declared = set(re.findall(r"[{;]\s*([a-z-]+)\s*:", RULES))
    physical = {
        name
        for name in declared
        if re.fullmatch(
            r"(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right|top|bottom)", name
        )
        or re.match(r"border-(?:left|right|top|bottom)", name)
        or name in {"width", "height", "min-width", "max-width", "min-height", "max-height", "float"}
    }
    assert physical == set()
    assert not re.search(r"text-align:\s*(left|right|justify)", RULES)


def test_style_sheet_leaves_letters_alone() -> None:
    """What Arabic and Ethiopic script cannot bear is used nowhere."""
    assert not re.search(r"letter-spacing|text-transform|font-style:\s*italic|font-variant", RULES)


def test_style_sheet_fetches_nothing() -> None:
    assert not re.search(r"@import|@font-face|url\((?!\"data:)", RULES)


def test_files_are_small() -> None:
    css, script = (STATIC / "site.css").read_bytes(), (STATIC / "site.js").read_bytes()
    assert len(css) <= 30_000
    assert len(gzip.compress(css)) <= 8_000
    assert len(script) <= 5_000


# --- Contrast -----------------------------------------------------------------------------------------


def _palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block))


_ROOTS = re.findall(r":root \{(.*?)\}", CSS, flags=re.DOTALL)
LIGHT = _palette(_ROOTS[0])
DARK = LIGHT | _palette(_ROOTS[1])


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "grounds", "least"),
    [
        ("ink", ["paper", "card", "tint", "tint-sun", "tint-moss", "tint-berry"], 7),
        ("signal", ["paper", "card"], 7),
        ("signal", ["tint", "tint-sun", "tint-berry"], 4.5),
        ("visited", ["paper", "card"], 7),
        ("visited", ["tint", "tint-sun", "tint-moss", "tint-berry"], 4.5),
        ("muted", ["paper", "card", "tint"], 4.5),
        ("berry", ["paper", "card", "tint-berry"], 4.5),
        ("moss", ["paper", "card", "tint-moss"], 4.5),
        ("line", ["paper", "card"], 3),
        ("on-sun", ["sun"], 7),
        ("on-band", ["band"], 7),
        ("sun", ["band"], 7),
        ("on-signal", ["signal"], 7),
    ],
)
def test_colours_can_be_told_apart(palette: dict[str, str], colour: str, grounds: list[str], least: float) -> None:
    ratios = {ground: round(contrast(palette[colour], palette[ground]), 2) for ground in grounds}
    assert all(ratio >= least for ratio in ratios.values()), ratios


def test_the_pattern_librarys_palettes_are_the_sites() -> None:
    library = (STATIC / "patterns.css").read_text(encoding="utf-8")
    light, dark = (
        _palette(re.findall(rf'\[data-theme="{theme}"\] \{{(.*?)\}}', library, flags=re.DOTALL)[0])
        for theme in ("light", "dark")
    )
    assert light == LIGHT
    assert dark == _palette(_ROOTS[1])
