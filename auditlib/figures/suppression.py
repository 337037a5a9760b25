"""Which cells are hidden so that nobody is given away: the small ones, and those from which they could be derived.

The cells of one figure in one period hang together: the parts of a breakdown add up to the whole, the
cells of a pair to both of its margins, and the parts of a segment to the segment. A hidden cell is safe if
these equations leave it open when everything that is shown is put into them. The pattern is decided once
for a figure and a period, and holds for all of its statistics and weightings: n, numerators and values alike.
Beside a small cell those are hidden that earlier publications hid, while that is enough: a late ticket could make
another cell the smallest, and each publication would then show what the other keeps back. Of those that nobody hid
before, they are first that were hidden of another figure: figures of the same tickets are the same unknowns, and a
figure that is published for the first time would otherwise show what the others keep back.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import scipy.linalg

Cell = tuple[str, str, str, str, str]
"""segment, breakdown, its value, second breakdown, its value; ("all", "all", "", "", "") is the whole."""
WHOLE: Cell = ("all", "all", "", "", "")


def hidden(
    cells: Mapping[Cell, tuple[int, int]],
    min_n: int,
    before: frozenset[Cell] = frozenset(),
    elsewhere: frozenset[Cell] = frozenset(),
) -> set[Cell]:
    """The cells that are not shown. `cells` gives each one's n, and a number that tells its members apart; `before`
    has those that were hidden when the period was published before, `elsewhere` those that were of any figure."""
    return set(_hidden(tuple(sorted((cell, *held) for cell, held in cells.items())), min_n, before, elsewhere))


@functools.lru_cache(maxsize=512)  # figures of the same tickets share their pattern
def _hidden(
    told: tuple[tuple[Cell, int, int], ...], min_n: int, before: frozenset[Cell], elsewhere: frozenset[Cell]
) -> tuple[Cell, ...]:
    n = {cell: count for cell, count, _ in told}
    # Cells with the same members are one: whoever sees one of them has seen the other.
    same = {cell: (count, who) for cell, count, who in told}
    whole = same.get(WHOLE)
    free = {key for key in same.values() if key != whole}
    small = {same[cell] for cell in n if n[cell] < min_n and cell != WHOLE} & free
    if not small:
        return ()
    sums = [_equation(parent, children, same) for parent, children in _relations(n)]
    turn = {same[cell]: 2 for cell in n}
    turn |= {same[cell]: 1 for cell in n if cell in elsewhere}
    turn |= {same[cell]: 0 for cell in n if cell in before}
    kept_back = _closed(small, [e for e in sums if e], free, min_n, turn)
    return tuple(cell for cell in n if same[cell] in kept_back)


Key = tuple[int, int]


def _closed(
    small: set[Key], sums: Sequence[Mapping[Key, int]], free: set[Key], min_n: int, turn: Mapping[Key, int]
) -> set[Key]:
    """The small ones with as many others as it takes, by their turn: those that were never shown come first."""
    kept_back = set(small)
    while open_ones := _told(kept_back, sums, min_n):
        candidates = {key for e in sums if open_ones & e.keys() for key in e if key in free and key not in kept_back}
        if not candidates:
            return kept_back
        kept_back.add(min(candidates, key=lambda key: (turn[key], key)))
    return kept_back


def _told(kept_back: set[Key], sums: Sequence[Mapping[Key, int]], min_n: int) -> set[Key]:
    """What is hidden and could be derived, or is all that is missing of a sum and is small together."""
    names = sorted(kept_back)
    place = {key: number for number, key in enumerate(names)}
    rows = [[(place[key], sign) for key, sign in e.items() if key in place] for e in sums]
    lonely = {
        names[j] for row in rows if row and all(sign > 0 for _, sign in row)
        and sum(names[j][0] for j, _ in row) < min_n for j, _ in row
    }  # fmt: skip
    lonely = {key for key in lonely if _has_choice(key, kept_back, sums)}
    if lonely:
        return lonely
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for j, sign in row:
            matrix[number, j] = sign
    matrix = np.unique(matrix[matrix.any(axis=1)], axis=0)
    if not len(matrix):
        return set()
    freedom = scipy.linalg.null_space(matrix)
    fixed = np.abs(freedom).max(axis=1, initial=0.0) < 1e-9
    return {names[j] for j in np.flatnonzero(fixed)}


def _has_choice(key: Key, kept_back: set[Key], sums: Sequence[Mapping[Key, int]]) -> bool:
    """Whether a sum that it is part of has a part that is still shown."""
    return any(key in e and any(k not in kept_back and sign > 0 for k, sign in e.items()) for e in sums)


def _equation(parent: Cell, children: Iterable[Cell], same: Mapping[Cell, Key]) -> dict[Key, int]:
    """Key → +1 for a part and -1 for the sum; empty if the sum is its only part."""
    found: dict[Key, int] = {}
    for key, sign in [*((same[child], 1) for child in children), (same[parent], -1)]:
        found[key] = found.get(key, 0) + sign
    return {key: sign for key, sign in found.items() if sign}


def _relations(n: Mapping[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    """Each cell that others add up to, with those."""
    parts: dict[tuple[Cell, str, str], list[Cell]] = {}
    for cell in n:
        segment, one, value, two, value_two = cell
        if one == "all":
            continue
        if not two:
            parts.setdefault(((segment, "all", "", "", ""), one, ""), []).append(cell)
            continue
        for margin in ((segment, one, value, "", ""), (segment, two, value_two, "", "")):
            parts.setdefault((margin, one, two), []).append(cell)
        parts.setdefault(((segment, "all", "", "", ""), one, two), []).append(cell)
    return [(parent, children) for (parent, *_), children in parts.items() if parent in n]
