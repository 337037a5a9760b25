"""Takes out of all figures of a run what would give somebody away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from auditlib.figures import periods, suppression
from auditlib.figures.basis import Basis
from auditlib.figures.suppression import Cell, Held, Sum
from auditlib.metric import Figure

PRIVACY = "privacy"
CELL = ("segment", "breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2")
Rules = tuple[Figure, Basis]
Of = tuple[int, str, str]
"""Which figure's, of which length of period, and its first day."""


def hidden_because(min_n: int) -> str:
    """What is said of a cell that is hidden."""
    return f"{PRIVACY}: fewer than {min_n}, or derivable from one that has fewer"


def hide(columns: dict[str, np.ndarray], rules: Sequence[Rules], values: Sequence[str]) -> None:
    """Takes away `values` of small cells of a breakdown, and of those from which they could be derived."""
    if not len(columns["n"]):
        return
    when = list(zip(*(columns[name].tolist() for name in ("of", "period", "period_start")), strict=True))
    keys = list(zip(*(columns[name].tolist() for name in CELL), strict=True))
    cells: dict[Of, dict[Cell, tuple[int, int]]] = {}
    for of, key, n, who in zip(when, keys, columns["n"].tolist(), columns["who"].tolist(), strict=True):
        cells.setdefault(of, {})[key] = (n, who)
    held = {of: _held(of, told, rules[of[0]]) for of, told in cells.items()}
    min_n = max(basis.min_n for _, basis in rules)
    found = dict(zip(held, suppression.together(list(held.values()), min_n, _days(cells, rules)), strict=True))
    gone = np.flatnonzero([key in found[of] for of, key in zip(when, keys, strict=True)])
    for name in values:
        columns[name][gone] = np.nan
    columns["suppressed_reason"][gone] = hidden_because(min_n)
    columns["n"][gone] = 0


def _held(of: Of, cells: Mapping[Cell, tuple[int, int]], rule: Rules) -> Held:
    """A figure's cells in a period, with what is known of those that were hidden before."""
    (_, period, start), (figure, basis) = of, rule

    def among(known: frozenset[tuple[str, ...]]) -> frozenset[Cell]:
        return frozenset(cell for cell in cells if (period, start, *cell) in known)

    own = basis.hidden.get(figure.name, frozenset())
    kept = basis.kept.get(figure.name, frozenset()) if basis.is_kept(period, start) else frozenset()
    return Held(cells, (period, start), among(own), among(kept))


def _days(cells: Mapping[Of, Mapping[Cell, tuple[int, int]]], rules: Sequence[Rules]) -> Iterator[Sum]:
    """Days that add up to their week: of everything but what stands at its end, which is Sunday's."""
    place = {of: number for number, of in enumerate(cells)}
    for (number, period, start), told in cells.items():
        if period != "week" or rules[number][0].stands or "day" not in rules[number][0].periods:
            continue
        first = np.datetime64(start, "D")
        days = [(number, "day", str(day)) for day in np.arange(first, periods.after("week", np.array([first]))[0])]
        for cell in told:
            of = [(place[day], cell) for day in days if cell in cells.get(day, {})]
            if of:
                yield (place[number, period, start], cell), of
