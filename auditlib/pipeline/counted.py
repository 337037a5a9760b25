"""Who counts in figures: the members of each published metric, as a run knew them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.figures.described import Described, Tickets, needed
from auditlib.figures.members import BASIS, Members, members
from auditlib.metric import Figure, Metric, facts
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import together
from auditlib.pipeline.touched import Touched
from auditlib.span import NEVER, Span
from auditlib.store import engine, measures, runs, ties
from auditlib.store import moved as waits
from auditlib.store.readings import Readings
from auditlib.store.runs import Run


def members_of(
    setting: Setting, run: Run, moved: Touched, everybody: bool = False, known: Readings | None = None
) -> Iterator[tuple[str, tuple]]:
    """Each published metric's members as a run knew them, in the periods that are asked for.

    `everybody`: also those whom no figure counts, because they are excluded; `known`: what other nights knew of them
    has been read, or will be.
    """
    known = known or Readings(keeps=False)
    asked = {
        family: [(facts(x), figure) for x in modules.values() for figure in facts(x).figures if moved.wants(figure)]
        for family, modules in setting.metrics.items()
    }
    with engine.reading(setting.store.engine) as c:
        keys = moved.tickets(c, run)
    running = _running(setting, run, moved, keys)
    with engine.reading(setting.store.engine) as c:
        mature_until = min(runs.cuts(c, run.run).values(), default=0)
        names = _facts(setting, moved, [metric for wanted in asked.values() for metric, _ in wanted])
        tickets = Tickets(known.described(c, run, names, keys), setting.zone)
    for family, wanted in asked.items():
        if not wanted:
            continue
        modules = setting.metrics[family]
        table, of, team = measures.table(family, modules), measures.unit(modules), measures.team(modules)
        with engine.reading(setting.store.engine) as c:
            told, place = known.measured(c, run, table, _columns(table, of, team, wanted), tickets.rows, keys)
        units = _Units(Described(told, tickets, place, of), team, running, mature_until, everybody)
        for metric, figure in wanted:
            yield figure.name, (metric, figure, units.members(metric, figure), units.estimated(metric, figure))


def _facts(setting: Setting, moved: Touched, metrics: list[Metric]) -> list[str]:
    """What has to be known of tickets."""
    rules = setting.config.figures
    named = {name for names in rules.breakdowns for name in names} | ({"agent"} if rules.agents else set())
    moments = {BASIS.get(metric.date_basis, "") for metric in metrics}
    return needed(moments, {metric.attributed_at for metric in metrics}, named | moved.parts)


def _columns(table: measures.Table, of: str, team: str | None, wanted: list[tuple[Metric, Figure]]) -> list[str]:
    """What has to be read of a family's table."""
    names = {"ticket_key", of, team, "responder", "closed_at"}
    for metric, figure in wanted:
        for column in (figure.column, figure.provisional_from):
            names |= {column, f"{column}_state"}
        names.add(f"{metric.date_basis}_at")
    return [k.name for k in table.columns if k.name in names or k.name.endswith("_then")]


@dataclass(frozen=True)
class _Units:
    """What the members of a family's figures are made of."""

    rows: Described
    team: str | None
    running: Mapping[str, pd.DataFrame]
    mature_until: int
    everybody: bool

    def members(self, metric: Metric, figure: Figure) -> Members:
        """The members of a figure."""
        is_running = metric.unit == "minutes" and figure.column in self.running
        runs = _runs(self.rows, self.running[figure.column]) if is_running else None
        return self._made(metric, figure, figure.column, metric.unit, runs)

    def estimated(self, metric: Metric, figure: Figure) -> Members | None:
        """The same units by the duration from which weeks whose window is not over are estimated; None without one."""
        if not figure.provisional_from:
            return None
        began = self.rows.seconds(BASIS.get(metric.date_basis, f"{metric.date_basis}_at"))
        runs = np.where(began == NEVER, np.nan, np.maximum(self.mature_until - began, 0) / 60.0)
        return self._made(metric, figure, figure.provisional_from, "minutes", runs)

    def _made(self, metric: Metric, figure: Figure, column: str, unit: str, runs: np.ndarray | None) -> Members:
        where = (metric.date_basis, metric.attributed_at, self.team, figure.at_least, figure.stands)
        return members(self.rows, column, unit, *where, running=runs, everybody=self.everybody)


def _running(setting: Setting, run: Run, moved: Touched, only: np.ndarray | None) -> dict[str, pd.DataFrame]:
    """Duration → how long it runs already at the run's watermark, of these tickets on which somebody still waits."""
    asked = list(_asked(setting, moved))
    names = {name for _, name in asked}
    if not names:
        return {}
    with engine.reading(setting.store.engine) as c:
        keys = waits.unobserved(c, run, asked)
        if only is not None:
            keys = np.intersect1d(keys, only)
        waiting = ties.with_merged(c, run, keys)
    t = together(setting, run, waiting).timelines
    found = {}
    for module in (module for modules in setting.metrics.values() for module in modules.values()):
        for name, how in facts(module).columns.items():
            if facts(module).unit != "minutes" or name not in names:
                continue
            span: Span = module.value(t, **how)
            units = t.units(facts(module).of)
            found[name] = pd.DataFrame(
                {
                    "ticket_key": t.tickets["key"][units.ticket],
                    "number": units.number if facts(module).of != "ticket" else 0,
                    "running": t.running_minutes(span, how.get("clock", "calendar"), units.ticket),
                }
            )
    return found


def _asked(setting: Setting, moved: Touched) -> Iterator[tuple[measures.Table, str]]:
    """Durations of which the figures are made that are asked for."""
    for family, modules in setting.metrics.items():
        table = measures.table(family, modules)
        for metric, figure in ((facts(x), figure) for x in modules.values() for figure in facts(x).figures):
            if moved.wants(figure) and metric.unit == "minutes":
                yield table, figure.column


def _runs(rows: Described, running: pd.DataFrame) -> np.ndarray:
    """How long each unit runs already; NaN where nothing runs."""
    key = np.concatenate([running.ticket_key.to_numpy(np.int64), rows.key])
    number = np.concatenate([running.number.to_numpy(np.int64), rows.number])
    # Of each unit, what runs stands before what was measured.
    order = np.lexsort((np.arange(len(key)), number, key))
    key, number = key[order], number[order]
    first = np.append(True, (key[1:] != key[:-1]) | (number[1:] != number[:-1]))[: len(key)]
    source = order[np.flatnonzero(first)][np.cumsum(first) - 1]
    told = np.append(running.running.to_numpy(float), np.full(len(rows.key), np.nan))[source]
    found = np.empty(len(key))
    found[order] = told
    return found[len(running) :]
