"""Once a week: whether recorded segments of customers are served as the others are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from auditlib.figures import parity
from auditlib.figures.described import Described, Tickets, needed
from auditlib.figures.members import BASIS, Members, members
from auditlib.figures.parity import Outcome
from auditlib.metric import Figure, Metric, facts
from auditlib.pipeline.setting import Setting
from auditlib.store import comparing as stored
from auditlib.store import engine, measures, moved, runs
from auditlib.store.readings import Readings
from auditlib.store.runs import Run

Published = tuple[Outcome, str, Metric, Figure]
"""An outcome with the family, metric and figure that count it."""


def write_fairness(setting: Setting, run: Run, is_anew: bool) -> None:
    """Compares the latest thirteen mature weeks, unless the same weeks were compared before by the same rules."""
    published = list(_published(setting))
    with engine.reading(setting.store.engine) as c:
        until = min(runs.cuts(c, run.run).values(), default=0)
        held = stored.fairness_windows(c)
    mature = np.datetime64(setting.local_day(until))
    windows = {outcome.name: parity.window(mature, metric.matures_after_days) for outcome, _, metric, _ in published}
    if not is_anew and all(held.get(name) in (None, str(last)) for name, (_, last) in windows.items()) and held:
        return
    rules = setting.config
    rows: list[dict[str, Any]] = []
    for outcome, family, metric, figure in published:
        between = windows[outcome.name]
        of = _members(setting, run, outcome, family, metric, figure, between)
        segments = [segment.name for segment in rules.segments]
        contract = _by_contract(setting)
        rows += parity.compared(outcome, of, between, segments, contract, rules.figures.min_n)
    with engine.writing(setting.store.engine) as c:
        stored.keep(c, run, parity.settled(rows), stored.FAIRNESS)


def _published(setting: Setting) -> Iterator[Published]:
    known = {
        figure.name: (family, facts(module), figure)
        for family, modules in setting.metrics.items()
        for module in modules.values()
        for figure in facts(module).figures
    }
    for outcome in parity.OUTCOMES:
        if outcome.figure in known:
            yield outcome, *known[outcome.figure]


def _by_contract(setting: Setting) -> set[str]:
    """What audit.toml names, and segments that are made of nothing else."""
    named = set(setting.config.fairness.by_contract)
    return named | {segment.name for segment in setting.config.segments if segment.when and set(segment.when) <= named}


def _members(
    setting: Setting,
    run: Run,
    outcome: Outcome,
    family: str,
    metric: Metric,
    figure: Figure,
    between: tuple[np.datetime64, np.datetime64],
) -> Members:
    """The units of the figure that lie in the weeks."""
    modules = setting.metrics[family]
    table, of = measures.table(family, modules), measures.unit(modules)
    names = {"ticket_key", figure.column, f"{metric.date_basis}_at", *([] if of == "ticket" else [of])}
    names |= {outcome.where[0]} if outcome.where else set()
    if team := measures.team(modules):
        names.add(team)
    with engine.reading(setting.store.engine) as c:
        keys = moved.tickets_within(c, run, [table], [(str(between[0]), str(between[1]))])
        facts_of = needed({BASIS.get(metric.date_basis, "")}, {metric.attributed_at}, parity.COMPARED)
        known = Readings(keeps=False)
        tickets = Tickets(known.described(c, run, facts_of, keys), setting.zone)
        told = [column.name for column in table.columns if column.name in names or column.name.endswith("_then")]
        units, place = known.measured(c, run, table, told, tickets.rows, keys)
    rows = Described(units, tickets, place, of)
    if outcome.where:
        rows = rows.where(*outcome.where)
    return members(rows, figure.column, metric.unit, metric.date_basis, metric.attributed_at, team, figure.at_least)
