"""Whether two stores, or two states of one, say the same: row for row, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

CASE_LOG = (
    "register", "tickets", "events", "markers", "people", "role_history", "identities", "groups",
    "organizations", "schedules", "sla_policies", "vendor_metrics", "ticket_changes", "quarantine_versions",
    "unsettled_people", "status_looks",
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


def assert_leaders_see_the_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Fails unless the newest figures of two stores are the same, given their tables of figures.

    Which cell is hidden beside a small one may follow from what was hidden in the nights before: the few that only
    one of them hides are set aside.
    """
    held, told = (_newest(rows) for rows in (one, other))
    assert set(held.index) == set(told.index)
    told = told.reindex(held.index)
    hidden = [rows.suppressed_reason.fillna("").str.startswith("privacy") for rows in (held, told)]
    alike = hidden[0] == hidden[1]
    assert alike.mean() > 0.98
    assert_same({"figures": held[alike].reset_index()}, {"figures": told[alike].reset_index()}, ["figures"])


def _newest(figures: pd.DataFrame) -> pd.DataFrame:
    """What leaders see of each cell that has members."""
    rows = figures.sort_values("publication_run").drop_duplicates("cell_id", keep="last").set_index("cell_id")
    rows = rows[rows.suppressed_reason != "no member any more"]
    return rows.drop(columns=["figure_id", "publication_run", "supersedes"])


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
