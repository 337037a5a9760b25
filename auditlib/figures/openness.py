"""Which unknowns a set of equations determines, whatever the numbers are: exactly, by arithmetic modulo a prime.

A vector that all equations send to nothing is drawn at random among all of them. Where it is nothing itself, every
solution says the same; elsewhere there are many. Numbers that a float would round away cannot mislead it, and the
chance of a false alarm is one in two thousand million.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import scipy.sparse
from scipy.sparse import csgraph

PRIME = 2**31 - 1
K = TypeVar("K", bound=Hashable)
Equation = tuple[tuple[tuple[int, int], int], ...]
"""Unknowns, each with its factor; what is known beside them is left out."""


def fixed(equations: Sequence[Sequence[tuple[K, int]]]) -> set[K]:
    """The unknowns that have one value only."""
    rows = [dict(equation) for equation in equations if equation]
    alone, core = _peeled(rows)
    draw = random.Random(0)
    of_core = {key for number in core for key in rows[number]}
    pivots = {key for key, _ in alone}
    value = {key: draw.randrange(1, PRIME) for row in rows for key in row if key not in of_core and key not in pivots}
    for numbers in _components([rows[number] for number in core]):
        value |= _drawn([rows[core[number]] for number in numbers], draw)
    for key, number in reversed(alone):
        rest = sum(sign * value[other] for other, sign in rows[number].items() if other != key)
        value[key] = -rest * pow(rows[number][key], -1, PRIME) % PRIME
    return {key for key, told in value.items() if not told}


def _peeled(rows: Sequence[Mapping[K, int]]) -> tuple[list[tuple[K, int]], list[int]]:
    """Unknowns with the only equation that they are left in, one after another; and the equations that remain."""
    of: dict[K, set[int]] = {}
    for number, row in enumerate(rows):
        for key in row:
            of.setdefault(key, set()).add(number)
    left, alone = dict.fromkeys(range(len(rows))), []
    waiting = [key for key, numbers in of.items() if len(numbers) == 1]
    while waiting:
        key = waiting.pop()
        if len(of[key]) != 1:
            continue
        (number,) = of[key]
        alone.append((key, number))
        del left[number]
        for other in rows[number]:
            of[other].discard(number)
            if len(of[other]) == 1:
                waiting.append(other)
    return alone, list(left)


def _components(rows: Sequence[Mapping[K, int]]) -> list[list[int]]:
    """Equations that share unknowns, directly or by way of others."""
    if not rows:
        return []
    place: dict[K, int] = {}
    pairs = [(number, place.setdefault(key, len(place))) for number, row in enumerate(rows) for key in row]
    one, other = np.array(pairs).T
    size = len(rows) + len(place)
    graph = scipy.sparse.coo_array((np.ones(len(one)), (one, other + len(rows))), shape=(size, size))
    label = csgraph.connected_components(graph, directed=False)[1][: len(rows)]
    order = np.argsort(label, kind="stable")
    return [list(group) for _, group in itertools.groupby(order.tolist(), key=label.__getitem__)]


def _drawn(rows: Sequence[Mapping[K, int]], draw: random.Random) -> dict[K, int]:
    """A vector that these equations send to nothing."""
    place = {key: number for number, key in enumerate(dict.fromkeys(key for row in rows for key in row))}
    matrix = np.zeros((len(rows), len(place)), np.int64)
    for number, row in enumerate(rows):
        for key, sign in row.items():
            matrix[number, place[key]] = sign % PRIME
    pivots = _reduced(matrix)
    free = np.setdiff1d(np.arange(len(place)), pivots)
    vector = np.zeros(len(place), np.int64)
    vector[free] = [draw.randrange(1, PRIME) for _ in free]
    for number, column in enumerate(pivots):
        vector[column] = -int((matrix[number, free] * vector[free] % PRIME).sum()) % PRIME
    return dict(zip(place, vector.tolist(), strict=True))


def _reduced(matrix: np.ndarray) -> list[int]:
    """Brings a matrix into its reduced form, in place; gives the column of each row's leading one."""
    pivots: list[int] = []
    for column in range(matrix.shape[1]):
        top = len(pivots)
        below = np.flatnonzero(matrix[top:, column])
        if not len(below):
            continue
        matrix[[top, top + below[0]]] = matrix[[top + below[0], top]]
        matrix[top] = matrix[top] * pow(int(matrix[top, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != top]
        matrix[others] = (matrix[others] - matrix[others, column][:, None] * matrix[top]) % PRIME
        pivots.append(column)
        if len(pivots) == len(matrix):
            break
    return pivots
