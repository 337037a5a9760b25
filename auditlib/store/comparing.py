"""Charts, signals, mix and fairness in and out of the store."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import sqlalchemy as sa

from auditlib.store import bulk, versions
from auditlib.store.comparing_tables import CHARTS, FAIRNESS, MIX, SIGNALS
from auditlib.store.figure_tables import FIGURES
from auditlib.store.run_tables import RUNS
from auditlib.store.runs import Run

WEEKLY = (
    "figure_id", "metric", "version", "statistic", "period_start", "breakdown", "breakdown_value", "value",
    "numerator", "denominator", "ci_low", "ci_high", "maturity", "missing_sources",
)  # fmt: skip


def weekly(c: sa.Connection, run: Run, breakdowns: Collection[str], metrics: Collection[str] | None) -> pd.DataFrame:
    """The latest weekly figures by ticket, whole and by single breakdowns, as they will be seen with this run."""
    f = FIGURES.c
    nights = sa.select(RUNS.c.run).where(RUNS.c.state == "published", RUNS.c.kind == "night", RUNS.c.run < run.run)
    asked = [f.period == "week", f.weighting == "ticket", f.segment == "all", f.breakdown_2 == ""]
    asked += [f.breakdown.in_(sorted(breakdowns)), f.publication_run.in_(nights) | (f.publication_run == run.run)]
    if metrics is not None:
        asked.append(f.metric.in_(sorted(metrics)))
    newest = (
        sa.select(f.cell_id, sa.func.max(f.publication_run).label("newest")).where(*asked).group_by(f.cell_id)
    ).subquery()
    query = (
        sa.select(*[f[name] for name in WEEKLY])
        .join(newest, (f.cell_id == newest.c.cell_id) & (f.publication_run == newest.c.newest))
        .order_by(f.metric, f.statistic, f.breakdown, f.breakdown_value, f.period_start)
    )
    return bulk.frame(c, query)


def moved(c: sa.Connection, run: Run, breakdowns: Collection[str]) -> set[str]:
    """Metrics of which this run wrote a weekly figure that is mature, or withdrew one."""
    f = FIGURES.c
    settled = (f.maturity == "final") | f.value.is_(None)
    query = sa.select(f.metric).where(
        f.publication_run == run.run, f.period == "week", f.weighting == "ticket", f.segment == "all",
        f.breakdown_2 == "", f.breakdown.in_(sorted(breakdowns)), settled | f.supersedes.is_not(None),
    )  # fmt: skip
    return set(c.scalars(query.distinct()))


def charts(c: sa.Connection) -> pd.DataFrame:
    """The charts that hold."""
    return bulk.frame(c, sa.select(CHARTS).where(versions.holding(CHARTS)))


def fresh_signals(c: sa.Connection, run: Run) -> set[str]:
    """Figures of the weeks that a run was the first to tell as signals."""
    earlier = SIGNALS.alias()
    same = [earlier.c[key.name] == key for key in SIGNALS.primary_key if key.name != "from_run"]
    known = sa.exists().where(*same, earlier.c.from_run < run.run)
    query = sa.select(SIGNALS.c.figure_id).where(SIGNALS.c.from_run == run.run, versions.holding(SIGNALS), ~known)
    return set(c.scalars(query))


def fairness_windows(c: sa.Connection) -> dict[str, str]:
    """Outcome → last day of the weeks that were compared last."""
    query = sa.select(FAIRNESS.c.outcome, sa.func.max(FAIRNESS.c.period_end)).where(versions.holding(FAIRNESS))
    return {str(outcome): str(end) for outcome, end in c.execute(query.group_by(FAIRNESS.c.outcome))}


def keep(
    c: sa.Connection, run: Run, rows: pd.DataFrame, kept: sa.Table, metrics: Collection[str] | None = None
) -> None:
    """Makes the rows all that holds, of these metrics or of all."""
    identity = [column.name for column in kept.primary_key if column.name != "from_run"]
    scope = sa.true() if metrics is None else kept.c.metric.in_(sorted(metrics))
    versions.merge(c, kept, identity, _whole(rows, kept), run.run, scope)


def written(c: sa.Connection, run: Run, min_n: int) -> dict[str, pd.DataFrame]:
    """What a run wrote, suite by suite: what the gate looks at.

    Shifts come with what their parts leave unexplained, comparisons with those numbers that are of too few.
    """
    found = {}
    for name, kept in (("charts", CHARTS), ("signals", SIGNALS), ("mix_shift", MIX), ("fairness", FAIRNESS)):
        held = bulk.frame(c, sa.select(kept).where(versions.holding(kept)))
        if name == "mix_shift":
            parts = held.assign(sum=held.mix_part + held.rate_part).groupby(["metric", "period_start"])["sum"]
            held = held.assign(unexplained=held.change - parts.transform("sum", min_count=1))
        if name == "fairness":
            held = held.assign(shown_of_few=held[["n", "n_others"]].min(axis=1).where(lambda n: n < min_n))
        found[name] = held[held.from_run == run.run].reset_index(drop=True)
    return found


def _whole(rows: pd.DataFrame, kept: sa.Table) -> pd.DataFrame:
    """The rows with every column of the table, each in the type that it has when it is read."""
    names = [column.name for column in kept.columns if column.name not in ("from_run", "to_run")]
    rows = rows.reindex(columns=names).astype(object)
    rows = rows.where(rows.notna(), None)
    return pd.DataFrame({name: bulk.series(rows[name].tolist(), kept.c[name].type) for name in names})
