"""Whether recorded segments of customers get what is good to have as often as everybody else.

Outcomes are those of published figures, over the latest thirteen weeks whose tickets are all mature. Each value of
an attribute is compared with all others together; topics and priorities are adjusted for, and all comparisons are
corrected for their number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import periods, suppression
from auditlib.figures.members import Members

ATTRIBUTES = ("language", "channel", "tier", "region")
STRATA = ("topic", "priority")
COMPARED = (*ATTRIBUTES, *STRATA)
SEGMENT = "segment"
WEEKS = 13
TOO_FEW = "too few to compare"
KEY = ("outcome", "attribute", "attribute_value")
TOLD = (
    "metric", "period_start", "period_end", "is_by_contract", "n", "n_others", "rate", "rate_others", "ratio",
    "ratio_low", "ratio_high", "difference", "difference_low", "difference_high", "adjusted_ratio", "adjusted_share",
    "p_value", "corrected_p_value", "method", "verdict",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """Something that is good to have, as a published figure counts it, or counts its opposite."""

    name: str
    figure: str
    is_opposite: bool = False
    where: tuple[str, str] | None = None
    """A column of the figure's units and its word: only these units."""


OUTCOMES = (
    Outcome("strictly resolved", "strict_resolution_rate"),
    Outcome("did not come back", "came_back_rate_7d", is_opposite=True),
    Outcome("not bounced", "bounce_rate", is_opposite=True),
    Outcome("first reply within target", "sla_attainment", where=("promises", "first_reply")),
)


def window(mature_until: np.datetime64, matures_after_days: int) -> tuple[np.datetime64, np.datetime64]:
    """First and last day of the latest thirteen whole weeks in which nothing can change by itself any more."""
    ripe = mature_until - np.timedelta64(matures_after_days, "D")
    monday = periods.starts("week", np.array([ripe], "datetime64[D]"))[0]
    return monday - np.timedelta64(7 * WEEKS, "D"), monday - periods.ONE


def compared(
    outcome: Outcome,
    members: Members,
    between: tuple[np.datetime64, np.datetime64],
    segments: Collection[str],
    by_contract: Collection[str],
    min_n: int,
) -> list[dict[str, Any]]:
    """A row for each value of each attribute; `corrected` and `settled` finish them."""
    rows = members.at(np.flatnonzero(members.is_known & (members.day >= between[0]) & (members.day <= between[1])))
    has = rows.contribution >= rows.at_least
    hit = ~has if outcome.is_opposite else has
    stratum = _strata(rows)
    sides = list(_sides(rows, segments))
    hidden = _hidden(rows, sides, min_n)
    about = {
        "outcome": outcome.name, "metric": outcome.figure,
        "period_start": str(between[0]), "period_end": str(between[1]),
    }  # fmt: skip
    found = []
    for attribute, value, mine in sides:
        told: dict[str, Any] = about | {"attribute": attribute, "attribute_value": value}
        told["is_by_contract"] = attribute in by_contract or (attribute == SEGMENT and value in by_contract)
        is_hidden = (attribute, value) in hidden or (~mine).sum() < min_n
        found.append(told | ({} if is_hidden else _comparison(hit, mine, stratum)))
    return found


def settled(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """All comparisons with their p-values corrected for their number, and a verdict each."""
    held = [row for row in rows if "comparison" in row]
    if held:
        _judge(held)
    found = pd.DataFrame([{"verdict": TOO_FEW, **row} for row in rows])
    return found.reindex(columns=[*KEY, *TOLD])


def _judge(held: list[dict[str, Any]]) -> None:
    from auditlib.figures import fairness  # its libraries take seconds to load

    p_values = fairness.corrected(np.array([row["comparison"].p_value for row in held]))
    for row, p in zip(held, p_values, strict=True):
        c = row.pop("comparison")
        row |= {
            "ratio": c.ratio, "ratio_low": c.low, "ratio_high": c.high, "difference": c.difference,
            "difference_low": c.difference_low, "difference_high": c.difference_high, "method": c.method,
            "p_value": c.p_value, "corrected_p_value": float(p),
            "verdict": fairness.verdict(c, float(p), row["n"], row["n_others"], row["is_by_contract"]),
        }  # fmt: skip


def _comparison(hit: np.ndarray, mine: np.ndarray, stratum: np.ndarray) -> dict[str, Any]:
    from auditlib.figures import fairness

    count = int(stratum.max(initial=-1)) + 1
    cells = [np.bincount(stratum[chosen], minlength=count) for chosen in (hit & mine, mine, hit & ~mine, ~mine)]
    hits, n, hits_others, n_others = (int(cell.sum()) for cell in cells)
    ratio, share = fairness.adjusted(*cells)
    return {
        "n": n, "n_others": n_others, "rate": hits / n, "rate_others": hits_others / n_others,
        "comparison": fairness.compare(hits, n, hits_others, n_others),
        "adjusted_ratio": ratio, "adjusted_share": share,
    }  # fmt: skip


def _sides(rows: Members, segments: Collection[str]) -> Iterator[tuple[str, str, np.ndarray]]:
    """Each value of each attribute that has several, with whose it is."""
    for attribute in ATTRIBUTES:
        codes, values = pd.factorize(rows.belongs[attribute])
        if len(values) > 1:
            yield from ((attribute, str(value), codes == code) for code, value in enumerate(values))
    codes, words = pd.factorize(rows.segments)
    for name in sorted(segments):
        mine = np.array([f",{name}," in str(word) for word in words] + [False])[codes]
        if mine.any() and not mine.all():
            yield SEGMENT, name, mine


def _strata(rows: Members) -> np.ndarray:
    codes = np.zeros(len(rows), np.int64)
    for name in STRATA:
        more, values = pd.factorize(rows.belongs[name])
        codes = codes * max(len(values), 1) + more
    return pd.factorize(codes)[0]


def _hidden(rows: Members, sides: list[tuple[str, str, np.ndarray]], min_n: int) -> set[tuple[str, str]]:
    """Values that are small, or could be derived: from the others, or from the weeks that are published."""
    week = periods.number("week", periods.starts("week", rows.day))
    week = week - week.min(initial=0) if len(week) else week
    cells = {suppression.WHOLE: (len(rows), _who(rows.key))}
    place = {}
    for attribute, value, mine in sides:
        weekly = np.bincount(week[mine])
        # Thirteen weeks less those that the scorecard shows are those that it hides.
        left = int(weekly[weekly < min_n].sum())
        n = left if 0 < left < min_n else int(mine.sum())
        is_segment = attribute == SEGMENT
        cell = (value, "all", "", "", "") if is_segment else ("all", attribute, value, "", "")
        cells[cell], place[cell] = (n, _who(rows.key[mine])), (attribute, value)
    return {place[cell] for cell in suppression.hidden(cells, min_n) if cell in place}


def _who(keys: np.ndarray) -> int:
    """A number that tells sets of tickets apart."""
    return int(np.bitwise_xor.reduce(keys, initial=0))
