"""The map of the counties as SVG paths. Where they come from: ``data/README.md``."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass

from cms.geography.datafiles import DATA_DIR

VIEW_BOX = "0 0 400 900"


@dataclass(frozen=True, slots=True)
class Shape:
    """One county on the map, in the units of ``VIEW_BOX``.

    ``d`` is the path's data (islands are sub-paths, lakes are holes); ``label`` a point well inside
    the county's largest part, where a label or a mark fits best.
    """

    code: str
    d: str
    label: tuple[int, int]


@functools.cache
def county_shapes() -> tuple[Shape, ...]:
    """The 21 counties by code. Read once in a process: the file changes only with a release."""
    shapes = json.loads((DATA_DIR / "map.json").read_text(encoding="utf-8"))
    return tuple(
        Shape(code, shape["d"], (shape["label"][0], shape["label"][1])) for code, shape in sorted(shapes.items())
    )
