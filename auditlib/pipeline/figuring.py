"""The figures of a run: members, cells, what changed since the last publication and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from auditlib import reasons
from auditlib.figures import changes, privacy, restatement, rollup
from auditlib.figures.basis import Basis
from auditlib.figures.cells import EVERY
from auditlib.figures.members import Members
from auditlib.figures.replaced import Knowledge
from auditlib.metric import Figure, Metric, facts
from auditlib.pipeline import abilities, counted, touched
from auditlib.pipeline.setting import Setting, seconds
from auditlib.pipeline.touched import Touched
from auditlib.store import collecting, engine, runs
from auditlib.store import figures as stored
from auditlib.store import moved as moved_since
from auditlib.store.readings import Readings
from auditlib.store.runs import GOOD, Run

NO_MEMBER = "no member any more"
PARTS_A_NIGHT = 1000
"""Changed figures of teams, channels and other parts that a night publishes; more of them wait for the week's end."""
MANY_TICKETS = 2000
"""Where a night measures more tickets than these, and more parts than `PARTS_A_NIGHT` stand in their periods, it is
plain that too many change: they are not even computed."""
Held = dict[str, tuple[Metric, Figure, Members, Members | None]]


def write_figures(setting: Setting, run: Run) -> int:
    """Computes the figures that may be others than before, and writes those that are; gives how many."""
    with engine.reading(setting.store.engine) as c:
        last = runs.last_published(c, before=run.run) if run.is_night else None
    moved = touched.since(setting, run, last)
    before = pd.DataFrame()
    if last is not None:
        with engine.reading(setting.store.engine) as c:
            before = stored.latest_published(c, run, moved.starts_and_neighbours())
    asked = before if before.empty else before[moved.covers(before)]
    known, in_parts = Readings(keeps=not before.empty), not _can_only_wait(setting, run, moved, asked)
    frame, knowledge = computed(setting, run, moved, known, in_parts)
    if last is None or before.empty:
        rows, parts = _numbered(frame.assign(supersedes=None), run), restatement.NO_PARTS
    else:
        asked = asked if in_parts else asked[~_is_part(asked)]
        frame = pd.concat([frame, _emptied(stored.withdrawn(asked, frame), knowledge.basis)], ignore_index=True)
        rows = _numbered(_in_time(stored.changed(asked, frame), moved), run)
        parts = _parts(setting, run, last, moved, rows, before, knowledge, known)
    compared = changes.changes(rows, before)
    with engine.writing(setting.store.engine) as c:
        stored.write(c, run, rows, parts, compared)
    return len(rows)


def computed(
    setting: Setting, run: Run, moved: Touched, known: Readings | None = None, in_parts: bool = True
) -> tuple[pd.DataFrame, Knowledge]:
    """The figures of the periods that are asked for, as a run knows them, and what they were made of.

    Where nothing of what is known is kept, members are forgotten figure by figure. `in_parts`: by breakdowns and
    segments too.
    """
    known = known or Readings()
    basis = with_hidden(setting, run, basis_of(setting, run), moved)
    if not in_parts:
        basis = replace(basis, breakdowns=[], segments=[])
    held: dict[str, tuple[Figure, Members, Members | None]] = {}

    def asked() -> Iterator[rollup.Asked]:
        for name, (metric, figure, own, beside) in counted.members_of(setting, run, moved, known=known):
            if known.keeps:
                held[name] = figure, own, beside
            yield rollup.Asked(metric, figure, own, replace(basis, only=moved.periods(metric, figure)), beside)

    frame = rollup.together(asked())
    return frame if len(frame) else stored.none(), Knowledge(basis, held, {}, _code(setting, run))


def _is_part(rows: pd.DataFrame) -> pd.Series:
    return (rows.breakdown != EVERY) | (rows.segment != EVERY)


def _can_only_wait(setting: Setting, run: Run, moved: Touched, before: pd.DataFrame) -> bool:
    """Whether parts wait for a week's end whatever they come to; `before` are those that may have changed."""
    if moved.is_everything or moved.ends_a_week or before.empty or _is_part(before).sum() <= PARTS_A_NIGHT:
        return False
    with engine.reading(setting.store.engine) as c:
        return moved_since.measured(c, run) > MANY_TICKETS


def _in_time(rows: pd.DataFrame, moved: Touched) -> pd.DataFrame:
    """What is published tonight: the whole always; parts too, unless so many change that they wait for a week's end."""
    is_part = _is_part(rows)
    if moved.is_everything or moved.ends_a_week or is_part.sum() <= PARTS_A_NIGHT:
        return rows
    return rows[~is_part].reset_index(drop=True)


def _parts(
    setting: Setting,
    run: Run,
    last: Run,
    moved: Touched,
    rows: pd.DataFrame,
    before: pd.DataFrame,
    new: Knowledge,
    known: Readings,
) -> pd.DataFrame:
    """Why figures changed, against what was known when the old ones were published."""
    is_part, of_parts = _is_part(rows), before[_is_part(before)]
    found = []
    published = {int(number) for number in of_parts.publication_run.unique()}
    when = max(published, default=last.run)
    # Of one night everything is looked up once.
    asked = [(~is_part, last.run), (is_part, when)] if when != last.run else [(is_part | ~is_part, when)]
    for chosen, number in asked:
        superseding = rows[chosen & rows.supersedes.notna()]
        if len(superseding):
            was = last if number == last.run else runs.read(setting.store, number)
            wanted = moved.narrowed(superseding)
            known_then = knowledge(setting, was, wanted, known)
            found.append(restatement.parts(superseding, before, known_then, told_since(setting, run, was, new)))
    return pd.concat(found, ignore_index=True) if found else restatement.NO_PARTS


def _of(held: Held) -> dict[str, tuple[Figure, Members, Members | None]]:
    return {name: (figure, own, beside) for name, (_, figure, own, beside) in held.items()}


def knowledge(setting: Setting, run: Run, wanted: Touched, known: Readings | None = None) -> Knowledge:
    """What a run knew of the figures and periods that are asked for."""
    held = _of(dict(counted.members_of(setting, run, wanted, known=known)))
    return Knowledge(basis_of(setting, run), held, {}, _code(setting, run))


def told_since(setting: Setting, run: Run, before: Run, known: Knowledge) -> Knowledge:
    """What a run knew, with why tickets were measured since another one."""
    with engine.reading(setting.store.engine) as c:
        causes = stored.causes(c, run, before.run)
    every = [facts(module) for modules in setting.metrics.values() for module in modules.values()]
    beyond = {figure.name: reasons.out_of_reach(metric.needs) for metric in every for figure in metric.figures}
    return replace(known, causes=causes, code_version=_code(setting, run), out_of_reach=beyond)


def _code(setting: Setting, run: Run) -> str:
    with engine.reading(setting.store.engine) as c:
        return moved_since.code_version(c, run)


def basis_of(setting: Setting, run: Run) -> Basis:
    with engine.reading(setting.store.engine) as c:
        states = runs.sources(c, run.run)
        cuts = runs.cuts(c, run.run)
        is_loaded = all(_is_loaded(c, name, states[name].loaded_since or 0) for name in cuts)
        able = abilities.known(setting, c, run.knows)
    loaded = [states[name].loaded_since or 0 for name in cuts]
    good = tuple(name for name, state in states.items() if state.state in GOOD)
    paused = {name for name, source in setting.sources.items() if source.paused}
    missing = tuple(name for name, s in states.items() if s.state not in GOOD and name not in paused)
    rules = setting.config.figures
    return Basis(
        as_of=setting.local_day(seconds(run.as_of)),
        mature_until=setting.local_day(min(cuts.values(), default=0)),
        loaded_since=setting.local_day(max(loaded, default=0) + 86399),
        sources=good,
        missing=missing,
        min_n=rules.min_n,
        is_loaded=is_loaded,
        untold=abilities.untold(setting, [able[name].told for name in cuts if name in able]),
        breakdowns=[*rules.breakdowns, ("agent",)] if rules.agents else rules.breakdowns,
        segments=[segment.name for segment in setting.config.segments],
        targets=setting.config.targets,
    )


def _is_loaded(c: engine.Connection, source: str, loaded_since: int) -> bool:
    """Whether all windows of a source's history were loaded."""
    return all(loaded_since <= window.since for window, _ in collecting.windows(c, source))


def with_hidden(setting: Setting, run: Run, basis: Basis, moved: Touched) -> Basis:
    """The same with what is hidden of the periods that are asked for, now and in all publications, for the reason
    that holds now. What was published is computed again with what was hidden with it."""
    because, starts = privacy.hidden_because(basis.min_n), moved.starts_and_neighbours()
    decided = moved.decided()
    with engine.reading(setting.store.engine) as c:
        ever = stored.hidden_before(c, run, because, starts)
        kept = stored.hidden_now(c, run, because, starts, moved.chosen is not None) if decided is not None else {}
    return replace(basis, hidden=ever, kept=kept, decided=decided)


def _emptied(gone: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Cells without any member left: they are published once more, without a value."""
    nothing = dict.fromkeys(("value", "ci_low", "ci_high", "numerator", "denominator"), np.nan)
    told = {"sources": ",".join(basis.sources), "missing_sources": ",".join(basis.missing)}
    told["reliability"] = "limited" if basis.missing else "sufficient"
    return gone.assign(n=0, suppressed_reason=NO_MEMBER, members_hash="", meets_target=None, **told, **nothing)


def _numbered(rows: pd.DataFrame, run: Run) -> pd.DataFrame:
    ids = [rollup.digest([cell, run.run]) for cell in rows.cell_id]
    return rows.assign(publication_run=run.run, figure_id=ids)
