"""Whether some customers are treated worse than all others: what the comparisons of segments say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
WORSE = ("flagged", "watched")
BY_CONTRACT = "different by contract"
TOO_FEW = "too few to compare"


def fairness(rows: Sequence[Row]) -> dict[str, Any] | None:
    """The segments that fare worse than all others, and how many were compared; None before anything was."""
    compared = [row for row in rows if row["verdict"] != TOO_FEW]
    if not compared:
        return None
    return {
        "rows": [_told(row) for row in sorted(compared, key=_order) if row["verdict"] in WORSE],
        "compared": len(compared),
        "by_contract": [_told(row) for row in compared if row["verdict"] == BY_CONTRACT],
        "too_few": len(rows) - len(compared),
        "attributes": sorted({row["attribute"] for row in compared}),
    }


def _order(row: Row) -> tuple:
    return (*(row["verdict"] != verdict for verdict in WORSE), row["ratio"] or 1.0)


def _told(row: Row) -> dict[str, Any]:
    adjusted = row["adjusted_ratio"]
    return {
        "outcome": row["outcome"],
        "attribute": row["attribute"],
        "value": row["attribute_value"],
        "verdict": row["verdict"],
        "rate": f"{100 * row['rate']:.1f} %",
        "others": f"{100 * row['rate_others']:.1f} %",
        "n": row["n"],
        "ratio": f"{row['ratio']:.2f}",
        "interval": f"{row['ratio_low']:.2f} to {row['ratio_high']:.2f}",
        "adjusted": "" if adjusted is None else f"{adjusted:.2f}",
    }
