"""The figures of a run: members, cells, what changed since the last publication and why."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from auditlib.figures import changes, restatement, rollup
from auditlib.figures.basis import Basis
from auditlib.figures.described import DESCRIBED, Described, Tickets
from auditlib.figures.members import Members, members
from auditlib.figures.replaced import Knowledge
from auditlib.metric import Figure, Metric, facts
from auditlib.pipeline import touched
from auditlib.pipeline.setting import Setting, seconds
from auditlib.pipeline.timelines import bucket
from auditlib.pipeline.touched import Touched
from auditlib.span import Span
from auditlib.store import engine, measures, runs, ties
from auditlib.store import figures as stored
from auditlib.store import moved as moved_since
from auditlib.store.runs import GOOD, Run

UNOBSERVED = -1
"""The bucket of the tickets on which somebody still waits: how long is computed at the watermark."""
NO_MEMBER = "no member any more"
PARTS_A_NIGHT = 1000
"""Changed figures of teams, channels and other parts that a night publishes; more of them wait for the week's end."""
Held = dict[str, tuple[Metric, Figure, Members, Members | None]]


def write_figures(setting: Setting, run: Run) -> int:
    """Computes the figures that may be others than before, and writes those that are; gives how many."""
    with engine.reading(setting.store.engine) as c:
        last = runs.last_published(c, before=run.run) if run.is_night else None
    moved = touched.since(setting, run, last)
    frame, knowledge = computed(setting, run, moved)
    before = pd.DataFrame()
    if last is not None:
        with engine.reading(setting.store.engine) as c:
            before = stored.latest_published(c, run, moved.starts_and_neighbours())
    if last is None or before.empty:
        rows, parts = _numbered(frame.assign(supersedes=None), run), restatement.NO_PARTS
    else:
        asked = before[moved.covers(before)]
        frame = pd.concat([frame, _emptied(stored.withdrawn(asked, frame), knowledge.basis)], ignore_index=True)
        rows = _numbered(_in_time(stored.changed(asked, frame), moved), run)
        parts = _parts(setting, run, last, moved, rows, before, knowledge)
    compared = changes.changes(rows, before)
    with engine.writing(setting.store.engine) as c:
        stored.write(c, run, rows, parts, compared)
    return len(rows)


def computed(setting: Setting, run: Run, moved: Touched) -> tuple[pd.DataFrame, Knowledge]:
    """The figures of the periods that are asked for, as a run knows them, and what they were made of."""
    basis = with_hidden(setting, run, basis_of(setting, run), moved.starts_and_neighbours())
    held = dict(members_of(setting, run, moved))
    frame = rollup.together(
        rollup.Asked(metric, figure, own, replace(basis, only=moved.periods(metric, figure)), beside)
        for metric, figure, own, beside in held.values()
    )
    frame = frame if len(frame) else stored.none()
    return frame, Knowledge(basis, _of(held))


def _in_time(rows: pd.DataFrame, moved: Touched) -> pd.DataFrame:
    """What is published tonight: the whole always; parts too, unless so many change that they wait for a week's end."""
    is_part = (rows.breakdown != "all") | (rows.segment != "all")
    if moved.is_everything or moved.ends_a_week or is_part.sum() <= PARTS_A_NIGHT:
        return rows
    return rows[~is_part].reset_index(drop=True)


def _parts(
    setting: Setting, run: Run, last: Run, moved: Touched, rows: pd.DataFrame, before: pd.DataFrame, new: Knowledge
) -> pd.DataFrame:
    """Why figures changed, against what was known when the old ones were published."""
    is_part = (rows.breakdown != "all") | (rows.segment != "all")
    of_parts = before[(before.breakdown != "all") | (before.segment != "all")]
    found = []
    published = {int(number) for number in of_parts.publication_run.unique()}
    when = max(published, default=last.run)
    for chosen, number in ((~is_part, last.run), (is_part, when)):
        superseding = rows[chosen & rows.supersedes.notna()]
        if len(superseding):
            was = last if number == last.run else runs.read(setting.store, number)
            wanted = moved.narrowed(superseding)
            known_then = knowledge(setting, was, wanted)
            found.append(restatement.parts(superseding, before, known_then, told_since(setting, run, was, new)))
    return pd.concat(found, ignore_index=True) if found else restatement.NO_PARTS


def _of(held: Held) -> dict[str, tuple[Figure, Members, Members | None]]:
    return {name: (figure, own, beside) for name, (_, figure, own, beside) in held.items()}


def knowledge(setting: Setting, run: Run, wanted: Touched) -> Knowledge:
    """What a run knew of the figures and periods that are asked for."""
    return Knowledge(basis_of(setting, run), _of(dict(members_of(setting, run, wanted))), {}, _code(setting, run))


def told_since(setting: Setting, run: Run, before: Run, known: Knowledge) -> Knowledge:
    """What a run knew, with why tickets were measured since another one."""
    with engine.reading(setting.store.engine) as c:
        causes = stored.causes(c, run, before.run)
    return replace(known, causes=causes, code_version=_code(setting, run))


def _code(setting: Setting, run: Run) -> str:
    with engine.reading(setting.store.engine) as c:
        return moved_since.code_version(c, run)


def members_of(setting: Setting, run: Run, moved: Touched, everybody: bool = False) -> Iterator[tuple[str, tuple]]:
    """Each published metric's members as a run knew them, in the periods that are asked for.

    `everybody`: also those whom no figure counts, because they are excluded.
    """
    running = _running(setting, run, moved)
    with engine.reading(setting.store.engine) as c:
        keys = moved.tickets(c, run)
        tickets = Tickets(measures.described(c, run, DESCRIBED, keys), setting.zone)
    for family, modules in setting.metrics.items():
        wanted = [(facts(module), figure) for module in modules.values() for figure in facts(module).figures]
        wanted = [(metric, figure) for metric, figure in wanted if moved.wants(figure)]
        if not wanted:
            continue
        table, of = measures.table(family, modules), measures.unit(modules)
        with engine.reading(setting.store.engine) as c:
            names = [k.name for k in table.columns if k.name not in ("from_run", "to_run", "causes", "changes_at")]
            told, place = measures.measured(c, run, table, names, tickets.rows, keys)
        units = _Units(Described(told, tickets, place, of), measures.team(modules), running, everybody)
        for metric, figure in wanted:
            beside = None
            if figure.provisional_from:
                beside = units.members(metric, figure, figure.provisional_from, "minutes")
            yield figure.name, (metric, figure, units.members(metric, figure, figure.column, metric.unit), beside)


@dataclass(frozen=True)
class _Units:
    """What the members of a family's figures are made of."""

    rows: Described
    team: str | None
    running: Mapping[str, pd.DataFrame]
    everybody: bool

    def members(self, metric: Metric, figure: Figure, column: str, unit: str) -> Members:
        """The members of a figure by one of the family's columns."""
        runs = _runs(self.rows, self.running[column]) if unit == "minutes" and column in self.running else None
        where = (metric.date_basis, metric.attributed_at, self.team, figure.at_least, figure.stands)
        return members(self.rows, column, unit, *where, running=runs, everybody=self.everybody)


def _running(setting: Setting, run: Run, moved: Touched) -> dict[str, pd.DataFrame]:
    """Duration → how long it runs already, for what had not ended at the run's watermark."""
    durations = [
        (family, module, name, how)
        for family, modules in setting.metrics.items()
        for module in modules.values()
        if facts(module).unit == "minutes"
        for name, how in facts(module).columns.items()
        if name in _published(setting, moved)
    ]
    if not durations:
        return {}
    with engine.writing(setting.store.engine) as c:
        keys = measures.unobserved(c, run, [(measures.table(f, setting.metrics[f]), n) for f, _, n, _ in durations])
        if (wanted := moved.tickets(c, run)) is not None:
            keys = sorted(set(keys) & set(wanted.tolist()))
        ties.add_bucket(c, run, UNOBSERVED, keys)
    b = bucket(setting, run, UNOBSERVED, linked=True)
    t = b.timelines
    found = {}
    for _, module, name, how in durations:
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


def _published(setting: Setting, moved: Touched) -> Collection[str]:
    """Durations of which the figures are made that are asked for."""
    every = [f for modules in setting.metrics.values() for m in modules.values() for f in facts(m).figures]
    figures = [f for f in every if moved.wants(f)]
    return {f.column for f in figures} | {f.provisional_from for f in figures if f.provisional_from}


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


def basis_of(setting: Setting, run: Run) -> Basis:
    with engine.reading(setting.store.engine) as c:
        states = runs.sources(c, run.run)
        cuts = runs.cuts(c, run.run)
    loaded = [states[name].loaded_since or 0 for name in cuts]
    good = tuple(name for name, state in states.items() if state.state in GOOD)
    paused = {name for name, source in setting.sources.items() if source.paused}
    missing = tuple(name for name, s in states.items() if s.state not in GOOD and name not in paused)
    rules = setting.config.figures
    return Basis(
        as_of=_day(setting, seconds(run.as_of)),
        mature_until=_day(setting, min(cuts.values(), default=0)),
        loaded_since=_day(setting, max(loaded, default=0) + 86399),
        sources=good,
        missing=missing,
        min_n=rules.min_n,
        breakdowns=[*rules.breakdowns, ("agent",)] if rules.agents else rules.breakdowns,
        segments=[segment.name for segment in setting.config.segments],
        targets=setting.config.targets,
    )


def with_hidden(setting: Setting, run: Run, basis: Basis, starts: Collection[str] | None) -> Basis:
    """The same with what earlier publications hid of some periods, or of all, for the reason that holds now."""
    with engine.reading(setting.store.engine) as c:
        found = stored.hidden_before(c, run, rollup.hidden_because(basis.min_n), starts)
    return replace(basis, hidden=found)


def _day(setting: Setting, at: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(at, setting.zone).date()


def _emptied(gone: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Cells without any member left: they are published once more, without a value."""
    nothing = dict.fromkeys(("value", "ci_low", "ci_high", "numerator", "denominator"), np.nan)
    told = {"sources": ",".join(basis.sources), "missing_sources": ",".join(basis.missing)}
    told["reliability"] = "limited" if basis.missing else "sufficient"
    return gone.assign(n=0, suppressed_reason=NO_MEMBER, members_hash="", meets_target=None, **told, **nothing)


def _numbered(rows: pd.DataFrame, run: Run) -> pd.DataFrame:
    ids = [rollup.digest([cell, run.run]) for cell in rows.cell_id]
    return rows.assign(publication_run=run.run, figure_id=ids)
