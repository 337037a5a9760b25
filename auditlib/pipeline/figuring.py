"""The figures of a run: members, cells, what changed since the last publication and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
import pandas as pd

from auditlib.figures import restatement, rollup
from auditlib.figures.members import DESCRIBED, Members, members, with_customers
from auditlib.figures.rollup import Basis
from auditlib.metric import Figure, Metric, facts
from auditlib.pipeline.setting import Setting, seconds
from auditlib.pipeline.timelines import bucket
from auditlib.span import Span
from auditlib.store import engine, measures, runs, ties
from auditlib.store import figures as stored
from auditlib.store.runs import GOOD, Run

UNOBSERVED = -1
"""The bucket of the tickets on which somebody still waits: how long is computed at the watermark."""


def write_figures(setting: Setting, run: Run) -> int:
    """Computes every figure and writes those that are new or changed; gives how many."""
    basis = _basis(setting, run)
    now, made_of = [], {}
    for metric, figure, held in figure_members(setting, run):
        now += rollup.figures(metric, figure, held, basis)
        made_of[figure.name] = (metric, held)
    frame = pd.DataFrame(now, columns=[*now[0]] if now else stored.columns())
    with engine.reading(setting.store.engine) as c:
        before = stored.latest_published(c, run) if run.is_night else None
        last = runs.last_published(c, before=run.run) if run.is_night else None
    if before is None or before.empty or last is None:
        rows, parts = _numbered(frame.assign(supersedes=None), run), restatement.NO_PARTS
    else:
        frame = pd.concat([frame, _emptied(stored.withdrawn(before, frame))], ignore_index=True)
        rows = _numbered(stored.changed(before, frame), run)
        old = {figure.name: held for _, figure, held in figure_members(setting, last)}
        parts = restatement.parts(rows, before, old, made_of)
    with engine.writing(setting.store.engine) as c:
        stored.write(c, run, rows, parts)
    return len(rows)


def figure_members(setting: Setting, run: Run) -> Iterator[tuple[Metric, Figure, Members]]:
    """The members of every published metric, as a run knew them."""
    running = _running(setting, run)
    with engine.reading(setting.store.engine) as c:
        tickets = with_customers(measures.described(c, run, DESCRIBED))
    for family, modules in setting.metrics.items():
        table = measures.table(family, modules)
        of = measures.unit(modules)
        with engine.reading(setting.store.engine) as c:
            names = [
                column.name
                for column in table.columns
                if column.name not in ("from_run", "to_run", "causes", "changes_at")
            ]
            rows = measures.measured(c, run, table, names, tickets)
        for module in modules.values():
            metric = facts(module)
            for figure in metric.figures:
                wanted = rows
                if metric.unit == "minutes":
                    wanted = _with_running(rows, running.get(figure.column), of)
                yield (
                    metric,
                    figure,
                    members(
                        wanted,
                        figure.column,
                        metric.unit,
                        metric.date_basis,
                        metric.attributed_at,
                        setting.zone,
                        of,
                        measures.team(modules),
                        figure.at_least,
                    ),
                )


def _running(setting: Setting, run: Run) -> dict[str, pd.DataFrame]:
    """Duration → how long it runs already, for what had not ended at the run's watermark."""
    durations = [
        (family, module, name, how)
        for family, modules in setting.metrics.items()
        for module in modules.values()
        if facts(module).unit == "minutes"
        for name, how in facts(module).columns.items()
    ]
    with engine.writing(setting.store.engine) as c:
        keys = measures.unobserved(c, run, [(measures.table(f, setting.metrics[f]), n) for f, _, n, _ in durations])
        ties.add_bucket(c, run, UNOBSERVED, keys)
    b = bucket(setting, run, UNOBSERVED, linked=False)
    t = b.timelines
    found = {}
    for _, module, name, how in durations:
        span: Span = module.value(t, **how)
        units = t.units(facts(module).of)
        found[name] = pd.DataFrame(
            {
                "ticket_key": t.tickets["key"][units.ticket],
                facts(module).of: units.number,
                "running": t.running_minutes(span, how.get("clock", "calendar"), units.ticket),
            }
        )
    return found


def _with_running(rows: pd.DataFrame, running: pd.DataFrame | None, of: str) -> pd.DataFrame:
    if running is None:
        return rows.assign(running=np.nan)
    identity = ["ticket_key"] if of == "ticket" else ["ticket_key", of]
    return rows.merge(running[[*identity, "running"]], on=identity, how="left")


def _basis(setting: Setting, run: Run) -> Basis:
    with engine.reading(setting.store.engine) as c:
        states = runs.sources(c, run.run)
        cuts = runs.cuts(c, run.run)
    loaded = [states[name].loaded_since or 0 for name in cuts]
    good = tuple(name for name, state in states.items() if state.state in GOOD)
    missing = tuple(name for name, s in states.items() if s.state not in GOOD and not setting.sources[name].paused)
    breakdowns = setting.config.figures.breakdowns
    return Basis(
        as_of=_day(setting, seconds(run.as_of)),
        mature_until=_day(setting, min(cuts.values(), default=0)),
        loaded_since=_day(setting, max(loaded, default=0) + 86399),
        sources=good,
        missing=missing,
        min_n=setting.config.figures.min_n,
        breakdowns=[b for b in breakdowns if "segment" not in b],
        targets=setting.config.targets,
    )


def _day(setting: Setting, at: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(at, setting.zone).date()


def _emptied(gone: pd.DataFrame) -> pd.DataFrame:
    """Cells without any member left: they are published once more, without a value."""
    nothing = dict.fromkeys(("value", "ci_low", "ci_high", "numerator", "denominator"), np.nan)
    return gone.assign(n=0, suppressed_reason="no member any more", members_hash="", meets_target=None, **nothing)


def _numbered(rows: pd.DataFrame, run: Run) -> pd.DataFrame:
    ids = [rollup.digest([cell, run.run]) for cell in rows.cell_id]
    return rows.assign(publication_run=run.run, figure_id=ids)
