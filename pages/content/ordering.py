"""The order of siblings: which pages to move so that they stand as wanted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def wanted_order(current: Sequence[T], chosen: Sequence[T]) -> list[T]:
    """``current`` with those of ``chosen`` in that order, in the places that they hold together.

    What is not chosen stays where it is.
    """
    places = set(chosen)
    following = iter(chosen)
    return [next(following) if item in places else item for item in current]


def moves(current: Sequence[T], wanted: Sequence[T]) -> list[tuple[T, T | None]]:
    """The fewest moves from one order to the other: what, and after which (``None``: first), one by one."""
    place = {item: index for index, item in enumerate(current)}
    staying = _longest_rising([place[item] for item in wanted])
    stays = {current[index] for index in staying}
    return [(item, wanted[index - 1] if index else None) for index, item in enumerate(wanted) if item not in stays]


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest subsequence that rises."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length : length + 1] = [number]
        at[length : length + 1] = [index]
        before.append(at[length - 1] if length else None)
    found: list[int] = []
    index_of: int | None = at[-1] if at else None
    while index_of is not None:
        found.append(numbers[index_of])
        index_of = before[index_of]
    return found[::-1]
