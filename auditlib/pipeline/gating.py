"""The three gates: what cannot be trusted goes into quarantine, what cannot be true stops the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.metric import facts
from auditlib.pipeline.setting import Setting, wall_clock
from auditlib.store import caselog, comparing, engine, figures, learned, measures, results, runs, sums, worklist
from auditlib.store.engine import Connection
from auditlib.store.runs import GOOD, Run
from auditlib.store.ticket_tables import TICKET_FACTS

LOOKED_AT = ("tickets", "events")
"""What gate 1 has a suite of rules for."""
TICKETS_AT_A_TIME = 50_000


class Refused(Exception):
    """A gate refused: nothing is published, and trying again without a change gives the same answer."""


def gate_source(setting: Setting, run: Run, source: str) -> str:
    """Looks at what a source told this night; gives passed or quiet, or raises Refused.

    Whole tickets with a false row go into quarantine. A night with nothing new passes only if
    the collection proved that there was nothing.
    """
    from auditlib import gates

    last_good = _last_good(setting, run, source)
    with engine.reading(setting.store.engine) as c:
        state = runs.sources(c, run.run)[source]
        # What a refused night told, and nobody published, is looked at again until it passes.
        keys = caselog.changed_tickets(c, last_good, source)
        unreadable = caselog.unreadable(c, last_good, source)
    if state.complete_until is None or state.state not in ("translated", "passed", "quiet", "refused"):
        raise Refused(f"{source} was not translated in run {run.run}; run its earlier steps first")
    looked_at = [_looked_at(setting, part, state.complete_until) for part in _in_parts(keys)]
    verdicts = {name: gates.together([of[name] for of, _ in looked_at], name) for name in LOOKED_AT}
    reasons = [reason for v in verdicts.values() if v.state in ("refused", "error") for reason in v.reasons]
    reasons += _too_many(unreadable, len(keys))
    outcome = "refused" if reasons else "passed" if len(keys) else "quiet"
    with engine.writing(setting.store.engine) as c:
        for name, verdict in verdicts.items():
            results.keep(c, run.run, "case log", f"{source}: {name}", verdict.results)
        _quarantine(c, run, source, keys, pd.concat([bad for _, bad in looked_at]))
        runs.note_source(c, run.run, source, state=outcome, error="; ".join(reasons) or None)
        if not reasons:
            runs.advance(c, run.run, source, state.complete_until, state.loaded_since or 0)
    if reasons:
        raise Refused(f"{source} was refused: {'; '.join(reasons)}")
    return outcome


def _in_parts(keys: np.ndarray) -> list[np.ndarray]:
    """So many tickets at a time: what a night holds of its events does not grow with them."""
    return np.split(keys, np.arange(TICKETS_AT_A_TIME, len(keys), TICKETS_AT_A_TIME))


def _looked_at(setting: Setting, keys: np.ndarray, fetched_until: int) -> tuple[dict[str, Any], pd.DataFrame]:
    """The verdicts on some tickets and their events, and what of them goes into quarantine."""
    from auditlib import gates

    with engine.reading(setting.store.engine) as c:
        tickets, events = caselog.rows_of(c, keys)
        oldest = caselog.oldest_members(c, keys)
    frames = _readable(tickets, events, oldest, fetched_until)
    verdicts = {name: gates.examine(frames[name], name, proven_quiet=frames[name].empty) for name in LOOKED_AT}
    return verdicts, _false(frames, verdicts)


def _last_good(setting: Setting, run: Run, source: str) -> int:
    with engine.reading(setting.store.engine) as c:
        return runs.last_good(c, source, run.run)


def _too_many(unreadable: Mapping[str, int], readable: int) -> list[str]:
    """Why a source is refused of which too many tickets could not be read; as many may fail as for the rules."""
    from auditlib.gates.suites import read_suite

    suite, count = read_suite("tickets"), sum(unreadable.values())
    total = readable + count
    if count <= max(suite.few, suite.max_share * total):
        return []
    found = ", ".join(f"{reason} ({number})" for reason, number in sorted(unreadable.items()))
    return [f"{count} of {total} tickets could not be read: {found}. The view quarantine says what was found where"]


def outcome(setting: Setting, run: int, source: str) -> str:
    """What the first gate said of a source in a run that is published."""
    with engine.reading(setting.store.engine) as c:
        state = runs.sources(c, run)[source]
    if state.state not in (*GOOD, "paused"):
        raise Refused(f"{source} was {state.state} in run {run}: {state.error}")
    return state.state


def gate_measures(setting: Setting, run: Run) -> list[str]:
    """Looks at the measures that a run wrote; gives warnings, or raises Refused."""
    from auditlib import gates

    warnings = []
    for family, modules in setting.metrics.items():
        table = measures.table(family, modules)
        suite, extra = f"measures_{measures.unit(modules)}", [rule for x in modules.values() for rule in _rules(x)]
        with engine.reading(setting.store.engine) as c:
            frame = measures.changed_in(c, run, table, gates.columns_of(suite, extra))
        verdict = gates.examine(frame, suite, extra=extra, proven_quiet=frame.empty)
        warnings += _settle(setting, run, "measures", family, verdict)
    with engine.reading(setting.store.engine) as c:
        links = measures.links_written(c, run)
    warnings += _settle(setting, run, "measures", "links", gates.examine(links, "links", proven_quiet=links.empty))
    outcomes = measures.table("outcome", setting.metrics["outcome"])
    with engine.reading(setting.store.engine) as c:
        added = sums.of_outcomes(c, run, outcomes)
    warnings += _settle(setting, run, "measures", "sums", gates.examine(added, "sums", proven_quiet=added.empty))
    with engine.reading(setting.store.engine) as c:
        frame = measures.changed_in(c, run, TICKET_FACTS, gates.columns_of("facts"))
        quiet = not worklist.size(c, run.run)
    return warnings + _settle(
        setting, run, "measures", "tickets", gates.examine(frame, "facts", proven_quiet=quiet or frame.empty)
    )


def gate_figures(setting: Setting, run: Run) -> list[str]:
    """Looks at the figures that a run would publish; gives warnings, or raises Refused."""
    from auditlib import gates

    with engine.reading(setting.store.engine) as c:
        frame = figures.visible(c, run)
        # Sources that passed and told of no ticket at all, ever, have nothing to figure.
        quiet = frame.empty and not len(learned.every_ticket(c, run))
    warnings = _settle(setting, run, "figures", "figures", gates.examine(frame, "figures", proven_quiet=quiet))
    with engine.reading(setting.store.engine) as c:
        written = comparing.written(c, run, setting.config.figures.min_n)
    for name, rows in written.items():
        if len(rows):
            warnings += _settle(setting, run, "figures", name, gates.examine(rows, name))
    return warnings


def _settle(setting: Setting, run: Run, gate: str, scope: str, verdict: Any) -> list[str]:
    with engine.writing(setting.store.engine) as c:
        results.keep(c, run.run, gate, scope, verdict.results)
    if verdict.state in ("refused", "error"):
        reason = f"{scope} were refused: {'; '.join(verdict.reasons)}"
        runs.finish(setting.store, run.run, "refused", reason, wall_clock())
        raise Refused(reason)
    return list(verdict.reasons)


def _rules(module: Any) -> Sequence[Mapping[str, Any]]:
    """A metric's own rules, and those that hold for every measure of its unit."""
    metric = facts(module)
    common = []
    for number, column in enumerate(metric.columns):
        if metric.unit == "minutes":
            common.append(
                {
                    "id": f"{column.upper()}-0{number}",
                    "type": "expect_column_values_to_be_between",
                    "kwargs": {"column": column, "min_value": 0},
                    "severity": "critical",
                    "notes": "A duration is never negative: an event stands before its cause.",
                }
            )
    return [*metric.expectations, *common]


def _readable(
    tickets: pd.DataFrame, events: pd.DataFrame, oldest: pd.Series, fetched_until: int
) -> dict[str, pd.DataFrame]:
    """Tickets and events in the case log's words, as the suites speak of them."""
    of = pd.Index(tickets.ticket_key).get_indexer(events.ticket_key)
    log = events.assign(
        ticket=tickets.ticket.to_numpy(object)[of],
        kind=_words(events.kind, Kind),
        actor_class=_words(events.actor_class, ActorClass),
        is_public=events.is_public.astype(bool),
        old=_change(events, "old"),
        new=_change(events, "new"),
        # Messages that moved with a merge may be older than the ticket that they went into.
        ticket_created_at=np.minimum(tickets.created_at, tickets.ticket_key.map(oldest).fillna(np.inf))
        .to_numpy()
        .astype(np.int64)[of],
        fetched_until=_last_plausible(events, fetched_until),
    )
    counts = events.groupby("ticket_key").occurred_at.agg(["size", "min"]) if len(events) else None
    has_created = set(events.ticket_key[events.kind == Kind.created])
    own = tickets.assign(
        status=_words(tickets.status, Status),
        requester=tickets.requester.where(tickets.requester != 0).astype("Int64"),
        events=tickets.ticket_key.map(counts["size"] if counts is not None else {}).fillna(0).astype(np.int64),
        first_event_at=tickets.ticket_key.map(counts["min"] if counts is not None else {}).astype("Int64"),
        has_created_event=tickets.ticket_key.isin(has_created),
    )
    return {"tickets": own, "events": log}


def _last_plausible(events: pd.DataFrame, fetched_until: int) -> np.ndarray:
    """A day of grace: what happens between the start of the collection and its end is no future."""
    return np.full(len(events), fetched_until + 86400, dtype=np.int64)


def _false(frames: Mapping[str, pd.DataFrame], verdicts: Mapping[str, Any]) -> pd.DataFrame:
    """Tickets with a false row, and each rule that found one."""
    rows = []
    for name, verdict in verdicts.items():
        frame = frames[name]
        notes = {result["rule"]: result["notes"] for result in verdict.results}
        for place, rules in verdict.bad.items():
            for rule in rules:
                key, ticket = int(frame.ticket_key.iat[place]), str(frame.ticket.iat[place])
                rows.append((key, rule, ticket, notes.get(rule, "")))
    return pd.DataFrame(rows, columns=["ticket_key", "reason", "ticket", "detail"])


def _quarantine(c: Connection, run: Run, source: str, looked_at: np.ndarray, bad: pd.DataFrame) -> None:
    """Puts those aside that are false now, and releases those that are not any more."""
    bad = bad.drop_duplicates(["ticket_key", "reason"]).reset_index(drop=True).assign(source=source, raw_part=0)
    merged = caselog.quarantine(c, run.run, bad.astype({"ticket_key": np.int64}), looked_at, "rule")
    runs.note_quarantined(c, run.run, source, caselog.count_quarantined(c, run.run, source))
    moved = pd.concat([merged.added, merged.withdrawn]).ticket_key.unique()
    if len(moved):
        changes = pd.DataFrame({"ticket_key": moved, "cause": "QUARANTINE", "first_event_at": 0, "last_event_at": 0})
        caselog.note_changes(c, run.run, changes)


def _change(events: pd.DataFrame, column: str) -> pd.Series:
    """What a change says: a status in words, anything else as its surrogate; None for nothing."""
    number, is_status = events[column].to_numpy(np.int64), (events.kind == Kind.status).to_numpy()
    statuses = [status.name for status in Status]
    surrogates, distinct = pd.factorize(np.where(is_status, 0, number))
    other = np.where(number == 0, -1, surrogates + len(statuses))
    codes = np.where(is_status, pd.Index([int(status) for status in Status]).get_indexer(number), other)
    return pd.Series(pd.Categorical.from_codes(codes, [*statuses, *map(str, distinct)]), index=events.index)


def _words(values: pd.Series, words: Any) -> pd.Series:
    """Numbers in the case log's words; missing where it has none."""
    codes = pd.Index([int(word) for word in words]).get_indexer(values)
    return pd.Series(pd.Categorical.from_codes(codes, [word.name for word in words]), index=values.index)
