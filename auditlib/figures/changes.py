"""From one period to the next: how sure a change is, beside each figure that has a neighbour."""

from __future__ import annotations

import pandas as pd

from auditlib.figures import intervals

COLUMNS = ["figure_id", "previous_figure_id", "change_ci_low", "change_ci_high"]
NONE = pd.DataFrame(columns=COLUMNS)
SAME = (
    "metric", "statistic", "weighting", "segment", "period", "breakdown", "breakdown_value", "breakdown_2",
    "breakdown_value_2",
)  # fmt: skip
TOLD = ["figure_id", "value", "ci_low", "ci_high"]


def changes(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The interval of the change between each new figure and its neighbours in time.

    `before`: what leaders see otherwise. A new figure is compared with the period before it, and the period after
    it with the new figure. Only what has an interval is compared: full counts have none.
    """
    if rows.empty:
        return NONE
    others = before[~before.cell_id.isin(rows.cell_id)] if len(before) else before
    known = pd.concat([rows, others], ignore_index=True) if len(others) else rows
    known = known.dropna(subset=["value", "ci_low"])
    if known.empty:
        return NONE
    ended = pd.to_datetime(known.period_end) + pd.Timedelta(days=1)
    earlier = known.assign(period_start=ended.dt.strftime("%Y-%m-%d"))[[*SAME, "period_start", *TOLD]]
    pairs = known[[*SAME, "period_start", *TOLD]].merge(earlier, on=[*SAME, "period_start"], suffixes=("", "_before"))
    new = set(rows.figure_id)
    pairs = pairs[pairs.figure_id.isin(new) | pairs.figure_id_before.isin(new)]
    one = [pairs[name].to_numpy(float) for name in TOLD[1:]]
    two = [pairs[f"{name}_before"].to_numpy(float) for name in TOLD[1:]]
    low, high = intervals.of_change(*one, *two)
    found = pd.DataFrame(
        {
            "figure_id": pairs.figure_id,
            "previous_figure_id": pairs.figure_id_before,
            "change_ci_low": low,
            "change_ci_high": high,
        }
    )
    return found.reset_index(drop=True)
