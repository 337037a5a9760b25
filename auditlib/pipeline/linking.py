"""Which tickets a run measures: those that changed and all that are tied to them, in buckets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from auditlib.caselog.text import fingerprint
from auditlib.config import changed_sections
from auditlib.episodes import components
from auditlib.pipeline.setting import Setting, seconds
from auditlib.reasons import ACCESS_EDIT
from auditlib.store import abilities, customers, engine, learned, measures, runs, ties, worklist
from auditlib.store.engine import Connection
from auditlib.store.runs import GOOD, Run

TICKETS_A_BUCKET = 250_000
OF_SECTION = {
    "clock": "SCHEDULE_EDIT", "teams": "TEAM_REMAP", "segments": "SEGMENT_REMAP", "topics": "TOPIC_REMAP",
    "exclusions": "EXCLUSION_EDIT",
}  # fmt: skip
"""Section of audit.toml → why tickets are measured again when it changes; of the others CONFIG_REMAP."""
OF_DIMENSION = {"schedules": "SCHEDULE_EDIT", "sla_policies": "SLA_POLICY_EDIT"}
"""What a helpdesk says of itself → why its tickets are measured again when it changes."""


def link(setting: Setting, run: Run) -> int:
    """Writes the run's worklist and components; gives the number of buckets."""
    declared = _declared(setting)  # the store's key is read in a transaction of its own
    with engine.writing(setting.store.engine) as c:
        _set_watermarks(c, run)
        causes = _causes(c, setting, run)
        tied = ties.tied(c, run, causes.index, declared)
        rows = _components(c, run, tied, declared)
        moved = _moved_to_another_customer(c, run, rows)
        ties.remember(c, run, rows)
        buckets = max(1, -(-len(rows) // TICKETS_A_BUCKET))
        why = _named(causes.reindex(rows.ticket_key).fillna("TIED").to_numpy(object), moved)
        listed = pd.DataFrame({"ticket_key": rows.ticket_key, "bucket": rows.component % buckets, "causes": why})
        waiting = _must_wait(c, run, tied, rows.component)
        worklist.write(c, run.run, listed[~waiting])
        if run.kind == "replay":
            measures.carry_over(c, setting.metrics, run, rows.ticket_key[waiting])
    return buckets


def _set_watermarks(c: Connection, run: Run) -> None:
    """How far each source counts: a missing one stays where it was known last, so that not knowing
    never looks like bad service."""
    held = runs.watermarks(c)
    for source, state in runs.sources(c, run.run).items():
        if run.kind == "replay":
            continue  # it counts as far as it did that night
        known = state.complete_until if state.state in GOOD else held.get(source, (None, 0))[0]
        since = state.loaded_since if state.loaded_since is not None else held.get(source, (0, None))[1]
        until = None if known is None else min(seconds(run.as_of), known)
        runs.note_source(c, run.run, source, counts_until=until, loaded_since=since)


def _must_wait(c: Connection, run: Run, tied: pd.DataFrame, component: pd.Series) -> np.ndarray:
    """Tickets that keep their last measures: all that are tied to what a refused source said tonight,
    and those of sources that were never known."""
    states = runs.sources(c, run.run)
    untrusted: set[int] = set()
    for source, state in states.items():
        if state.state == "refused":
            good = runs.last_good(c, source, before=run.knows)
            untrusted.update(learned.since(c, source, good, run.knows).ticket_key)
    waiting = component[tied.ticket_key.isin(untrusted)]
    return (component.isin(waiting) | ~tied.source.isin(runs.cuts(c, run.run))).to_numpy()


def _causes(c: Connection, setting: Setting, run: Run) -> pd.Series:
    """Ticket → why it is measured (reason codes, comma between)."""
    before = runs.last_published(c, before=run.run)
    if not run.is_night:
        return pd.Series("RECONSTRUCTED" if run.kind == "reconstruction" else "REPLAYED", learned.every_ticket(c, run))
    if before is None:
        return pd.Series("NEW_TICKET", learned.every_ticket(c, run), dtype=object)
    found: dict[int, set[str]] = {}
    _add_learned(c, run, before, found)
    for key in learned.of_people(c, run, before.run):
        found.setdefault(int(key), {"TIED"})
    _add_time(c, setting, run, found)
    _add_redefined(c, run, before, found)
    keys = sorted(found)
    return pd.Series([",".join(sorted(found[k])) for k in keys], keys, dtype=object)


def _add_learned(c: Connection, run: Run, before: Run, found: dict[int, set[str]]) -> None:
    """What was learned since the last publication that had the source, and what has come due since."""
    was = runs.sources(c, before.run)
    for source, state in runs.sources(c, run.run).items():
        returned = state.state in GOOD and source in was and was[source].state not in GOOD
        told = learned.since(c, source, runs.last_good(c, source, run.run), run.knows)
        for key, cause in zip(told.ticket_key, told.cause, strict=True):
            found.setdefault(int(key), set()).add("source_returned" if returned else cause)
    for key in learned.ahead_of(c, runs.cuts(c, before.run)):
        found.setdefault(int(key), {"LATE_EVENT"})  # known by then, but only now before the watermark


def _add_time(c: Connection, setting: Setting, run: Run, found: dict[int, set[str]]) -> None:
    """What changes by itself: windows that close."""
    mature_until = min(runs.cuts(c, run.run).values(), default=0)
    for table in measures.tables(setting.metrics):
        for key in learned.changing_by(c, table, mature_until):
            found.setdefault(int(key), set()).add("MATURATION")


def _add_redefined(c: Connection, run: Run, before: Run, found: dict[int, set[str]]) -> None:
    """What a changed rule governs: every ticket, or those of the helpdesk that changed its hours or service levels."""
    for source in runs.sources(c, run.run):
        since = runs.last_good(c, source, run.run)
        for name, cause in OF_DIMENSION.items() if since else ():
            if learned.was_edited(c, name, source, since, run.knows):
                _add(found, learned.of_source(c, run, source), cause)
    _add_opened(c, run, found)
    for cause in redefined(before, run.definitions, run.measure_hash):
        _add(found, learned.every_ticket(c, run), cause)


def _add_opened(c: Connection, run: Run, found: dict[int, set[str]]) -> None:
    """The tickets of a helpdesk that shows the account more, or less, than when they were measured."""
    now = abilities.closed(c, run.knows)
    for source in runs.sources(c, run.run):
        since = runs.last_good(c, source, run.run)
        if since and abilities.closed(c, since).get(source, {}).keys() != now.get(source, {}).keys():
            _add(found, learned.of_source(c, run, source), ACCESS_EDIT)


def redefined(before: Run, definitions: Mapping[str, str], measure_hash: str) -> list[str]:
    """Causes that every ticket has, because definitions or audit.toml are others than in a run before."""
    causes = {"DEFINITION_CHANGE"} if dict(before.definitions) != dict(definitions) else set()
    causes |= {OF_SECTION.get(name, "CONFIG_REMAP") for name in changed_sections(before.measure_hash, measure_hash)}
    return sorted(causes)


def _add(found: dict[int, set[str]], tickets: np.ndarray, cause: str) -> None:
    for key in tickets.tolist():
        found.setdefault(key, set()).add(cause)


def _components(c: Connection, run: Run, tied: pd.DataFrame, declared: customers.Declared) -> pd.DataFrame:
    keys, person = tied.ticket_key.to_numpy(np.int64), tied.person.to_numpy(np.int64)
    pairs = [
        tied.loc[tied[column] != 0, ["ticket_key", column]].to_numpy(np.int64)
        for column in ("merged_into", "follow_up_of")
    ]
    same = customers.same_people(c, run, set(person[person != 0].tolist()), declared)
    component, customer = components(keys, person, np.vstack(pairs), same)
    return pd.DataFrame({"ticket_key": keys, "component": component, "customer": customer})


def _declared(setting: Setting) -> customers.Declared:
    """Who is one customer by audit.toml, in surrogates' own words: nobody's address is compared as it is written."""
    aliases = [
        [("" if "@" in one else one, fingerprint(one, setting.store.key)) for one in customer.aliases]
        for customer in setting.config.customers
    ]
    return customers.Declared(aliases, setting.config.repeat.customer_is == "organization")


def _moved_to_another_customer(c: Connection, run: Run, rows: pd.DataFrame) -> np.ndarray:
    """Whether each ticket's customer has others' tickets now, or has lost some: identities were merged or parted."""
    if not run.is_night:
        return np.zeros(len(rows), bool)
    held = ties.held_customers(c, rows.ticket_key).reindex(rows.ticket_key).to_numpy()
    now = rows.customer.to_numpy()
    moved = ~np.isnan(held) & (held != now)
    return np.isin(now, now[moved]) | np.isin(held, held[moved])


def _named(why: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """The causes, with that of a merge of identities where nothing else was learned about the ticket itself."""
    why, merged = why.copy(), moved & (why == "TIED")
    why[merged] = "IDENTITY_MERGE"
    both = moved & ~merged
    why[both] = [f"{one},IDENTITY_MERGE" for one in why[both]]
    return why
