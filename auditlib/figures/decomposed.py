"""What of a weekly change of a rate is another mix of cases: out of published figures alone.

Because nothing else goes in, nothing comes out that could not be computed from what is shown. Groups without
a value in one of the weeks are taken together as the rest of the whole; a rest that is small says so instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import intervals, mix

REST = "(not shown)"


def shifts(figures: pd.DataFrame, dimension: str, min_n: int) -> Iterator[dict[str, Any]]:
    """A row for each group of each week whose whole rate changed beyond noise since the week before.

    `figures`: the latest weekly figures of one rate, whole and by the dimension. Where there can be no parts,
    there is one row with the reason.
    """
    whole = figures[(figures.breakdown == "all") & figures.value.notna() & (figures.maturity == "final")]
    by_week = {row.period_start: row for row in whole.itertuples()}
    groups = dict(iter(figures[figures.breakdown == dimension].groupby("period_start")))
    for start, now in sorted(by_week.items()):
        previous = str(np.datetime64(start, "D") - np.timedelta64(7, "D"))
        before = by_week.get(previous)
        if before is None or before.version != now.version or not _is_beyond_noise(before, now):
            continue
        about = {
            "metric": now.metric, "period_start": start, "previous_start": previous, "dimension": dimension,
            "rate_before": before.value, "rate_now": now.value, "change": now.value - before.value,
            "figure_id": now.figure_id, "previous_figure_id": before.figure_id,
        }  # fmt: skip
        yield from _parts(about, before, now, groups.get(previous), groups.get(start), min_n)


def _is_beyond_noise(before: Any, now: Any) -> bool:
    one, two = [
        [np.array([getattr(row, name)], float) for name in ("value", "ci_low", "ci_high")] for row in (now, before)
    ]
    low, high = intervals.of_change(*one, *two)
    return bool(low[0] > 0 or high[0] < 0)


def _parts(
    about: dict[str, Any],
    before: Any,
    now: Any,
    groups_before: pd.DataFrame | None,
    groups_now: pd.DataFrame | None,
    min_n: int,
) -> Iterator[dict[str, Any]]:
    if groups_before is None or groups_now is None:
        yield about | _nothing(f"the figures are not broken down by {about['dimension']} in both weeks")
        return
    shown = [_shown(groups) for groups in (groups_before, groups_now)]
    names = sorted(set(shown[0]) & set(shown[1]))
    counted = [_counted(row, told, names) for row, told in zip((before, now), shown, strict=True)]
    for hits, n in counted:
        if hits[-1] < 0 or n[-1] < hits[-1]:
            yield about | _nothing("the parts were published on another night than the whole")
            return
        if 0 < n[-1] < min_n:
            yield about | _nothing(f"what is not shown has fewer than {min_n} cases")
            return
    (hits_before, n_before), (hits_now, n_now) = counted
    there = n_before + n_now > 0
    names = [name for name, is_there in zip([*names, REST], there, strict=True) if is_there]
    hits_before, n_before, hits_now, n_now = (one[there] for one in (hits_before, n_before, hits_now, n_now))
    with np.errstate(invalid="ignore"):
        rate_before, rate_now = hits_before / n_before, hits_now / n_now
    found = mix.shift(n_before, rate_before, n_now, rate_now)
    for place, name in enumerate(names):
        yield about | {
            "dimension_value": name, "n_before": int(n_before[place]), "n_now": int(n_now[place]),
            "group_rate_before": rate_before[place], "group_rate_now": rate_now[place],
            "mix_part": found.mix[place], "rate_part": found.rate[place], "reason": None,
        }  # fmt: skip


def _shown(groups: pd.DataFrame) -> dict[str, tuple[float, float]]:
    there = groups[groups.value.notna() & groups.denominator.notna()]
    return {
        str(name): (hits, n)
        for name, hits, n in zip(there.breakdown_value, there.numerator, there.denominator, strict=True)
    }


def _counted(whole: Any, shown: dict[str, tuple[float, float]], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Hits and cases of the groups that are shown in both weeks, and of the rest of the whole."""
    hits, n = (np.array([shown[name][which] for name in names], float) for which in (0, 1))
    return np.append(hits, whole.numerator - hits.sum()), np.append(n, whole.denominator - n.sum())


def _nothing(reason: str) -> dict[str, Any]:
    numbers = ("n_before", "n_now", "group_rate_before", "group_rate_now", "mix_part", "rate_part")
    return {"dimension_value": "", "reason": reason, **dict.fromkeys(numbers)}
