"""Which cells are hidden so that nobody is given away: the small ones, and those from which they could be derived.

The cells of a figure in a period hang together: the parts of a breakdown add up to the whole, the cells of a pair to
both of its margins, and the parts of a segment to the segment. Figures hang together too: where two count the same
tickets, in one cell or in all, whoever sees one of the counts has seen the other. So all figures are decided upon
together. Each set of tickets is one unknown, in whatever figures, cells and periods it appears, hidden or shown in all
of them; a hidden one is safe if all these equations leave it open when everything that is shown is put into them. The
pattern holds for all statistics and weightings of a figure: n, numerators and values alike.

Beside a small cell those are hidden that earlier publications hid, while that is enough: a late ticket could make
another cell the smallest, and each publication would then show what the other keeps back.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditlib.figures import openness
from auditlib.figures.openness import Equation

Cell = tuple[str, str, str, str, str]
"""segment, breakdown, its value, second breakdown, its value; ("all", "all", "", "", "") is the whole."""
WHOLE: Cell = ("all", "all", "", "", "")
Key = tuple[int, int]
"""n, and a number that tells sets of tickets apart."""


@dataclass(frozen=True)
class Held:
    """The cells of one figure in one period.

    before: those that were hidden when the period was published before; kept: those that are hidden in any case.
    """

    cells: Mapping[Cell, Key]
    when: tuple[str, str] = ("", "")
    before: frozenset[Cell] = frozenset()
    kept: frozenset[Cell] = frozenset()


Sum = tuple[tuple[int, Cell], list[tuple[int, Cell]]]
"""A cell of one of the figures held, and cells of others that add up to it: a week, and its days."""


def hidden(cells: Mapping[Cell, Key], min_n: int, before: frozenset[Cell] = frozenset()) -> set[Cell]:
    """The cells of one figure that are not shown, if it were the only one."""
    return together([Held(cells, before=before)], min_n)[0]


def together(held: Sequence[Held], min_n: int, sums: Iterable[Sum] = ()) -> list[set[Cell]]:
    """The cells that are not shown, of each of several figures.

    Which of several that would do is chosen by what the cells are, and never by the numbers that tell sets of tickets
    apart: these are another in each store.
    """
    held = [replace(one, cells=dict(sorted(one.cells.items()))) for one in held]
    wholes = [one.cells.get(WHOLE) for one in held]
    # A part with the same tickets as the whole is shown with it.
    parts = [{c: k for c, k in one.cells.items() if k != whole} for one, whole in zip(held, wholes, strict=True)]
    small = {key for of in parts for key in of.values() if key[0] < min_n}
    small |= {of[cell] for one, of in zip(held, parts, strict=True) for cell in one.kept if cell in of}
    if not small:
        return [set() for _ in held]
    equations = {
        _equation(of.get(parent), map(of.get, children))
        for one, of in zip(held, parts, strict=True)
        for parent, children in _sums(one.cells)
    }
    equations |= {_equation(parts[i].get(cell), (parts[j].get(c) for j, c in of)) for (i, cell), of in sums}
    equations |= _differences(held, parts)
    turns = _turns(held, parts, set(filter(None, wholes)))
    closing = _Closing(_in_order(equations, turns), min_n, turns)
    closing.hide(small)
    closing.close()
    return [{cell for cell, key in of.items() if key in closing.hidden} for of in parts]


@dataclass
class _Closing:
    """Hides more and more until what is hidden is open. `turns`: the lower, the earlier it is hidden beside another."""

    equations: Sequence[Equation]
    min_n: int
    turns: Mapping[Key, tuple]
    hidden: set[Key] = field(default_factory=set)
    of: dict[Key, list[int]] = field(default_factory=dict)
    looked_at: deque[int] = field(default_factory=deque)

    def __post_init__(self) -> None:
        for number, equation in enumerate(self.equations):
            for key, _ in equation:
                self.of.setdefault(key, []).append(number)

    def hide(self, keys: Iterable[Key]) -> None:
        """Takes these out of sight; their equations have to be looked at again."""
        for key in sorted(keys, key=self.turns.__getitem__):
            self.hidden.add(key)
            self.looked_at.extend(self.of.get(key, ()))

    def close(self) -> None:
        """Hides what is needed: where one equation tells a hidden cell, and then where several do together."""
        while True:
            while self.looked_at:
                equation = self.equations[self.looked_at.popleft()]
                if self._tells(equation):
                    self._hide_one(equation)
            if not self._hide_beside(self._fixed()):
                return

    def _fixed(self) -> list[Key]:
        concerned = {number for key in self.hidden for number in self.of.get(key, ())}
        rows = [tuple(term for term in self.equations[n] if term[0] in self.hidden) for n in sorted(concerned)]
        return sorted(openness.fixed(rows), key=self.turns.__getitem__)

    def _hide_beside(self, fixed: Iterable[Key]) -> bool:
        """Hides one more for each of those that could be derived; False if nothing can be done."""
        is_more = False
        for key in fixed:
            near = [self.equations[n] for n in self.of[key]]
            if is_more and any(number in self.of[key] for number in self.looked_at):
                continue  # something beside it has just been hidden
            is_more |= self._hide_one(term for equation in near for term in equation)
        return is_more

    def _hide_one(self, among: Iterable[tuple[Key, int]]) -> bool:
        candidates = {key for key, _ in among} - self.hidden
        if candidates:
            self.hide([min(candidates, key=self.turns.__getitem__)])
        return bool(candidates)

    def _tells(self, equation: Equation) -> bool:
        """Whether it says what is hidden in it: one cell, or some that are small together."""
        gone = [(key, sign) for key, sign in equation if key in self.hidden]
        if len(gone) == 1:
            return True
        return bool(gone) and all(sign > 0 for _, sign in gone) and sum(key[0] for key, _ in gone) < self.min_n


def _differences(held: Sequence[Held], parts: Sequence[Mapping[Cell, Key]]) -> set[Equation]:
    """What one figure counts and another does not are tickets too, and the same ones in several cells: if all who were
    not answered are premium, then as many are missing of premium as of the whole."""
    of_period: dict[tuple[str, str], dict[tuple, tuple]] = {}
    for one, of in zip(held, parts, strict=True):
        of_period.setdefault(one.when, {})[tuple(sorted(one.cells.items()))] = one.cells, of
    pairs = (pair for of in of_period.values() for pair in itertools.permutations(of.values(), 2))
    return {equation for (more, of_more), (fewer, of_fewer) in pairs if _counts_more(more, fewer)
            for equation in _of_pair(more, of_more, fewer, of_fewer)}  # fmt: skip


def _counts_more(more: Mapping[Cell, Key], fewer: Mapping[Cell, Key]) -> bool:
    return all(cell not in more or n <= more[cell][0] for cell, (n, _) in fewer.items())


def _of_pair(
    more: Mapping[Cell, Key], of_more: Mapping[Cell, Key], fewer: Mapping[Cell, Key], of_fewer: Mapping[Cell, Key]
) -> Iterator[Equation]:
    """An equation for each two cells that differ by the same tickets."""
    same: dict[Key, Cell] = {}
    for cell, (n, who) in fewer.items():
        if cell in more and more[cell] != (n, who):
            other = same.setdefault((more[cell][0] - n, more[cell][1] - who), cell)
            if other != cell:
                told = [
                    (of_more.get(cell), 1),
                    (of_fewer.get(cell), -1),
                    (of_more.get(other), -1),
                    (of_fewer.get(other), 1),
                ]
                yield _summed(told)


def _turns(held: Sequence[Held], parts: Sequence[Mapping[Cell, Key]], told: set[Key]) -> dict[Key, tuple]:
    """In which order they are hidden beside others: those that were hidden before, then those of few tickets.

    How many tickets a cell has is asked of the figure that counts most of them, so that figures hide the same cells.
    What is the whole of another figure (`told`) comes last: whoever knows that it is has seen it there. Of equals the
    cell that is named first comes first.
    """
    most: dict[tuple, int] = {}
    for one, of in zip(held, parts, strict=True):
        for cell, (n, _) in of.items():
            most[*one.when, *cell] = max(n, most.get((*one.when, *cell), 0))
    turns: dict[Key, tuple] = {}
    for number, (one, of) in enumerate(zip(held, parts, strict=True)):
        # What is shown by the day has been shown before the week is over.
        is_day = one.when[0] == "day"
        for cell, key in of.items():
            tickets = most[*one.when, *cell], key[0]
            own = (key in told, cell not in one.before, is_day, *tickets, *one.when, *cell, number)
            turns[key] = min(own, turns.get(key, own))
    return turns


def _in_order(equations: Iterable[Equation], turns: Mapping[Key, tuple]) -> list[Equation]:
    """The equations that say something, in the order of what they speak of."""
    place = {key: number for number, key in enumerate(sorted(turns, key=turns.__getitem__))}
    return sorted(filter(None, equations), key=lambda terms: sorted((place[key], sign) for key, sign in terms))


def _equation(parent: Key | None, children: Iterable[Key | None]) -> Equation:
    """That parts add up to a sum; empty if the sum is its only part."""
    return _summed([*((child, 1) for child in children), (parent, -1)])


def _summed(terms: Iterable[tuple[Key | None, int]]) -> Equation:
    """Key → how often it is counted, without what is the whole and has no key."""
    found: dict[Key, int] = {}
    for key, sign in terms:
        if key is not None:
            found[key] = found.get(key, 0) + sign
    return tuple(sorted((key, sign) for key, sign in found.items() if sign))


def _sums(cells: Mapping[Cell, Key]) -> Iterable[tuple[Cell, list[Cell]]]:
    """Each cell that others add up to, with those."""
    parts: dict[tuple[Cell, str, str], list[Cell]] = {}
    for cell in cells:
        segment, one, value, two, value_two = cell
        if one == "all":
            continue
        if not two:
            parts.setdefault(((segment, "all", "", "", ""), one, ""), []).append(cell)
            continue
        for margin in ((segment, one, value, "", ""), (segment, two, value_two, "", "")):
            parts.setdefault((margin, one, two), []).append(cell)
        parts.setdefault(((segment, "all", "", "", ""), one, two), []).append(cell)
    return ((parent, children) for (parent, *_), children in parts.items() if parent in cells)
