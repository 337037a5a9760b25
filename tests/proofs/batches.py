"""Properties of any case: tried on a few at a time, or in a proof on ten thousand different ones.

`@cases(LIVES)` asks a test about lists of lives. While one develops, lists are short and a counterexample is
made as small as it can be. A proof draws as many different lives as its profile says, once for all tests that
ask for the same, and a hundred of them are asked about together, as in the audit itself: each one is a case,
since each has its own expectation, and what a ticket comes to never rests on strangers (that is a property too).
Where a hundred fail together, the first one that fails alone is told.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import PROFILE

TOGETHER = 100
Judge = Callable[[list[Any]], None]


def cases(strategy: st.SearchStrategy, most: int = 4, few: int | None = None) -> Callable[[Judge], Callable]:
    """Asks a test about one to `most` cases at once, `few` times rather than as usual; in a proof about many."""

    def asked(judge: Judge) -> Callable:
        if PROFILE != "proof":
            often = settings(max_examples=few or settings().max_examples)
            test = often(given(st.lists(strategy, min_size=1, max_size=most))(judge))
        else:

            def test() -> None:
                for some in batches(strategy, settings().max_examples):
                    ask(judge, some)

            test.__name__, test.__doc__ = judge.__name__, judge.__doc__
        test.judge, test.of = judge, strategy
        return test

    return asked


def batches(strategy: st.SearchStrategy, count: int) -> Iterator[list[Any]]:
    """So many different cases, some at a time."""
    found = drawn(strategy, count)
    for first in range(0, len(found), TOGETHER):
        yield found[first : first + TOGETHER]


@functools.cache
def drawn(strategy: st.SearchStrategy, count: int) -> list[Any]:
    """So many different cases; in a proof others each time."""
    found: list[Any] = []

    @settings(max_examples=count, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(strategy)
    def draw(one: Any) -> None:
        found.append(one)

    draw()
    return found


def ask(judge: Judge, some: list[Any]) -> None:
    """Fails if some cases fail, with the first one that fails alone."""
    try:
        judge(some)
    except Exception:
        for one in some:
            try:
                judge([one])
            except Exception as wrong:
                wrong.add_note(f"of {one!r}")
                raise
        raise
