"""Whether two stores, or two states of one, say the same: row for row, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

CASE_LOG = (
    "register", "tickets", "events", "markers", "people", "role_history", "identities", "groups",
    "organizations", "schedules", "sla_policies", "vendor_metrics", "ticket_changes", "quarantine_versions",
    "unsettled_people",
)  # fmt: skip
FIGURES = ("figures", "restatement_parts", "publications", "current_publication", "watermarks")
VERSIONS = ("from_run", "to_run")


def measure_tables(names: Iterable[str]) -> list[str]:
    """The tables of measures: every family's, and what links and issues are kept in."""
    return ["components", *sorted(name for name in names if name.endswith("_versions") and name not in CASE_LOG)]


def assert_same(
    one: Mapping[str, pd.DataFrame],
    other: Mapping[str, pd.DataFrame],
    names: Iterable[str],
    without: Iterable[str] = (),
) -> None:
    """Fails with the first rows that differ, table by table."""
    wrong = [text for name in names if (text := difference(one[name], other[name], without))]
    assert not wrong, "\n\n".join(wrong)


def difference(one: pd.DataFrame, other: pd.DataFrame, without: Iterable[str] = ()) -> str:
    """What one frame has that the other has not, in a few lines; empty if they are the same."""
    columns = [column for column in one.columns if column not in set(without)]
    missing = set(one.columns) ^ set(other.columns)
    if missing - set(without):
        return f"columns differ: {sorted(missing)}"
    left, right = _counted(one[columns]), _counted(other[columns])
    only = [(row, "one") for row in left.keys() - right.keys()] + [(row, "other") for row in right.keys() - left.keys()]
    only += [(row, "times") for row in left.keys() & right.keys() if left[row] != right[row]]
    if not only:
        return ""
    shown = "\n".join(f"  {where}: {dict(zip(columns, row, strict=True))}" for row, where in sorted(only, key=str)[:8])
    return f"{len(only)} of {len(one)} / {len(other)} rows differ in {columns[:3]}…\n{shown}"


def holding(rows: pd.DataFrame) -> pd.DataFrame:
    """The versions that hold now."""
    return rows[rows.to_run.isna()]


def _counted(rows: pd.DataFrame) -> dict[tuple, int]:
    counted: dict[tuple, int] = {}
    for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None):
        counted[row] = counted.get(row, 0) + 1
    return counted
