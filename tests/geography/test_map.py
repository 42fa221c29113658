from __future__ import annotations

import re

from cms.geography.datafiles import DATA_DIR, read
from cms.geography.map import VIEW_BOX, county_shapes

NUMBER = r"-?(?:\d+(?:\.\d)?|\.\d)"
PAIR = rf"{NUMBER} ?{NUMBER}"
SUBPATH = rf"M{PAIR}l{PAIR}(?: ?{PAIR})+z"


def points(d: str) -> list[list[tuple[float, float]]]:
    """The absolute points of each sub-path."""
    assert re.fullmatch(rf"(?:{SUBPATH})+", d), d
    rings = []
    for sub in re.findall(r"M([^z]+)z", d):
        numbers = [float(number) for number in re.findall(NUMBER, sub)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        x, y = steps[0]
        ring = [(x, y)]
        for dx, dy in steps[1:]:
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


def inside(x: float, y: float, rings: list[list[tuple[float, float]]]) -> bool:
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def test_there_is_a_shape_for_every_county_and_no_other() -> None:
    assert [shape.code for shape in county_shapes()] == sorted(read().counties)
    assert county_shapes() is county_shapes()


def test_every_path_is_valid_and_lies_in_the_view_box() -> None:
    assert VIEW_BOX == "0 0 400 900"
    for shape in county_shapes():
        rings = points(shape.d)
        assert all(len(set(ring)) >= 3 for ring in rings)
        assert all(0 <= x <= 400 and 0 <= y <= 900 for ring in rings for x, y in ring)
        assert inside(*shape.label, rings), shape.code


def test_the_map_is_small() -> None:
    assert sum(len(shape.d) for shape in county_shapes()) <= 12_000
    assert (DATA_DIR / "map.json").stat().st_size <= 12_500


def test_neighbours_share_their_border() -> None:
    at = {shape.code: {point for ring in points(shape.d) for point in ring} for shape in county_shapes()}
    for one, other, least in [("12", "10", 4), ("14", "13", 5), ("24", "25", 10), ("01", "03", 5), ("06", "14", 10)]:
        assert len(at[one] & at[other]) >= least, (one, other)
    assert not at["09"] & set().union(*(at[code] for code in at if code != "09"))


def test_the_counties_lie_where_they_lie_in_sweden() -> None:
    label = {shape.code: shape.label for shape in county_shapes()}
    north_to_south = ["25", "24", "23", "20", "18", "05", "07", "12"]
    assert [label[code][1] for code in north_to_south] == sorted(label[code][1] for code in north_to_south)
    west_to_east = ["14", "06", "08", "09"]
    assert [label[code][0] for code in west_to_east] == sorted(label[code][0] for code in west_to_east)
