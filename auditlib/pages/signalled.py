"""Which changes are worth a question: figures that moved by more than their own noise."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib.pages import charts, numbers
from auditlib.pages.controls import SERIES, Controls
from auditlib.pages.evidence import Footnotes

Row = Mapping[str, Any]
RECENT = datetime.timedelta(weeks=5)
"""How long before the end of the week a signal is still news: what matures late is judged late."""
SHOWN, DRAWN, WEEKS = 6, 2, 26
WEEK = datetime.timedelta(weeks=1)
ORDER = {"worse": 0, None: 1, "better": 2}


def signalled(
    controls: Controls, lacking: int, scorecard: Sequence[Row], headlines: Iterable[str], until: str, notes: Footnotes
) -> dict[str, Any]:
    """The newest signals by that day, one a series: what got worse first, headlines before the rest.

    A team stands there only where the whole is no signal. `lacking` is how many series have no chart yet.
    """
    shown = {row["figure_id"]: row for row in scorecard}
    series = {}
    for row in sorted(controls.signals.values(), key=lambda row: row["period_start"]):
        if _is_recent(row, until) and row["figure_id"] in shown and "__" not in row["metric"]:
            series[tuple(row[name] for name in SERIES)] = row
    whole = {key[:2] for key in series if key[2] == "all"}
    told = [row for key, row in series.items() if key[2] == "all" or key[:2] not in whole]
    first = set(headlines)
    told.sort(key=lambda row: (ORDER[row["direction"]], row["metric"] not in first, row["metric"], row["statistic"]))
    rows = [_told(row, shown[row["figure_id"]], controls, until, notes) for row in told[:SHOWN]]
    for row, signal in zip(rows[:DRAWN], told[:DRAWN], strict=True):
        row["chart"] = _drawn(signal, row, scorecard, controls, until)
    return {
        "rows": rows,
        "more": max(0, len(told) - SHOWN),
        "charts": sum(map(len, controls.charts.values())),
        "lacking": lacking,
    }


def _is_recent(row: Row, until: str) -> bool:
    end, last = (datetime.date.fromisoformat(day) for day in (row["period_end"], until))
    return last - RECENT < end <= last


def _told(signal: Row, figure: Row, controls: Controls, until: str, notes: Footnotes) -> dict[str, Any]:
    low, high = ({**figure, "value": signal[name]} for name in ("lower_limit", "upper_limit"))
    divisor, unit, digits = numbers.scale(figure)
    return {
        "title": signal["title"],
        "metric": signal["metric"],
        "lead": numbers.STATISTICS.get(signal["statistic"], ""),
        "part": signal["breakdown_value"],
        "number": notes.number(figure),
        "period": numbers.period(figure),
        "rule": signal["rule"],
        "limits": f"{low['value'] / divisor:,.{digits}f} to {high['value'] / divisor:,.{digits}f}{unit}",
        "direction": signal["direction"],
        "weeks": _weeks(signal, controls),
        "is_provisional": signal["baseline"] != "frozen",
        "chart": "",
    }


def _weeks(signal: Row, controls: Controls) -> int:
    """For how many weeks in a row it has been a signal."""
    key, day, count = tuple(signal[name] for name in SERIES), datetime.date.fromisoformat(signal["period_start"]), 0
    while (*key, day.isoformat()) in controls.signals:
        count, day = count + 1, day - WEEK
    return count


def _drawn(signal: Row, told: Mapping[str, Any], scorecard: Sequence[Row], controls: Controls, until: str) -> Any:
    mine = [
        row
        for row in scorecard
        if row["period"] == "week" and row["period_end"] <= until and all(row[n] == signal[n] for n in SERIES)
    ][-WEEKS:]
    values = ", ".join(numbers.value(row) for row in mine)
    words = f"Week by week: {values}. By its own noise it lies within {told['limits']}."
    part = f", {told['part']}" if told["part"] else ""
    return charts.course(mine, f"{told['title']}{part}", words, controls.limits(mine), charts.WIDE)
