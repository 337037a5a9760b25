"""Measures of one bucket: links and issues first, then each ticket's facts, then every family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from auditlib.caselog.words import ActorClass, Status
from auditlib.metric import facts
from auditlib.pipeline import as_of, units
from auditlib.pipeline.columns import days, framed, moments, named, segments, teams
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket
from auditlib.span import NEVER, Reason, Span, State
from auditlib.store import engine, measures, reading
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS
from auditlib.timelines import NOWHERE, Timelines

UNKNOWN_SHARE = 0.005
"""More acts than this by nobody knows whom limit what can be said of a ticket."""


def write_facts(setting: Setting, run: Run, b: Bucket) -> None:
    """What each ticket is, and whose it was at the moments that metrics are charged to."""
    with engine.writing(setting.store.engine) as c:
        agents, organizations = reading.agents(c, run), reading.organizations(c, run)
        customers = reading.names(c, "person", np.unique(b.tickets.customer))
        charged = as_of.charged(c, setting, b, agents)
        rows = _facts(setting, b, charged, agents, organizations, customers)
        measures.keep(c, run, TICKET_FACTS, rows, b.tickets.ticket_key)


def write_family(setting: Setting, run: Run, family: str, b: Bucket) -> int:
    """Measures one family over a bucket and keeps what changed; gives the number of units."""
    rows = family_frame(setting, run, family, b)
    table = measures.table(family, setting.metrics[family])
    with engine.writing(setting.store.engine) as c:
        measures.keep(c, run, table, rows, b.tickets.ticket_key)
    return len(rows)


def family_frame(setting: Setting, run: Run, family: str, b: Bucket) -> pd.DataFrame:
    """A family's measures of a bucket, one row a unit, as its table has them."""
    modules = setting.metrics[family]
    t, unit = b.timelines, measures.unit(modules)
    of = t.units(unit).ticket
    columns: dict[str, Any] = {"ticket_key": t.tickets["key"][of]}
    if unit != "ticket":
        columns |= {unit: t.units(unit).number} | units.DESCRIBED[unit](setting, run, b)
    changes_at = np.full(len(of), NEVER)
    for module in modules.values():
        untold = lacking(b, facts(module).needs)
        known = _without(t, untold) if facts(module).without_history else t
        for name, how in facts(module).columns.items():
            columns |= _measured(name, module, b, known, how, untold[of])
            if hasattr(module, "changes_at"):
                changes_at = np.minimum(changes_at, module.changes_at(known, **how))
    when = pd.array(changes_at, dtype="Int64")
    when[changes_at == NEVER] = pd.NA
    return framed(columns | {"causes": b.tickets.causes.to_numpy(object)[of], "changes_at": when})


def _without(t: Timelines, untold: np.ndarray) -> Timelines:
    """The timelines for a formula that itself says what is known without a history: these tickets have none."""
    if not untold.any():
        return t
    return replace(t, tickets={**t.tickets, "has_history": t.tickets["has_history"].astype(bool) & ~untold})


def _measured(name: str, module: ModuleType, b: Bucket, t: Timelines, how: Mapping, untold: np.ndarray) -> dict:
    value, unit = module.value(t, **how), facts(module).unit
    if isinstance(value, Span):
        span = value.unmeasurable(untold, Reason.not_told)
        words = np.array(["", *[state.name for state in State]], object)
        return {name: span.minutes, f"{name}_state": words[span.state.astype(int)]}
    unknown = np.zeros(len(untold), bool) if facts(module).without_history else untold | ~_history_of(module, t)
    if unit == "word":
        return {name: np.where(unknown, None, value)}
    if unit == "moment":
        return {name: moments(np.where(unknown, NEVER, value))}
    if unit == "ticket":
        own = dict(zip(t.tickets["key"].tolist(), b.tickets.source + ":" + b.tickets.ticket, strict=True))
        return {name: named(np.where(unknown, 0, value), own, None)}
    value = np.where(unknown, np.nan, value)
    whole = pd.array(np.where(np.isnan(value), 0, value).astype(np.int64), dtype="Int64")
    whole[np.isnan(value)] = pd.NA
    return {name: whole.astype("boolean") if unit == "share" else whole}


def _history_of(module: ModuleType, t: Timelines) -> np.ndarray:
    """Whether each unit's ticket has a history to measure from."""
    told = t.tickets["has_history"].astype(bool)
    return told[t.units(facts(module).of).ticket]


def lacking(b: Bucket, needs: tuple[str, ...]) -> np.ndarray:
    """Tickets of sources that cannot tell what a metric needs, and those whose solves no nightly look tells."""
    told = [b.able[name].told for name in b.sources.categories]
    missing = np.array([bool(one.missing(needs)) for one in told], bool)
    by_looks = np.array([one.is_by_looks(needs) for one in told], bool)
    return missing[b.sources.codes] | (by_looks[b.sources.codes] & ~b.tickets.is_followed.to_numpy(bool))


def _facts(
    setting: Setting,
    b: Bucket,
    charged: Mapping[str, np.ndarray],
    agents: Mapping[int, str],
    organizations: Mapping[int, str],
    customers: Mapping[int, str],
) -> pd.DataFrame:
    t, k = b.timelines, b.tickets
    is_open_again = ~t.is_done & (t.last_solve != NOWHERE)
    turns = t.turns
    waiting = np.full(t.n, NEVER)
    still = turns.closed == NOWHERE
    waiting[turns.ticket[still]] = t.at(turns.opened[still])
    status = np.array(["", *[s.name for s in Status]], object)[t.status.astype(int)]
    last = np.maximum(t.starts[1:] - 1, 0)
    return framed(
        {
            "ticket_key": k.ticket_key,
            "source": k.source,
            "ticket": k.source + ":" + k.ticket,
            "url": k.url,
            "created_at": moments(t.began_at),
            "first_solved_at": moments(t.at(t.first_solve)),
            "last_solved_at": moments(t.at(t.last_solve)),
            "first_reply_at": moments(t.at(t.first_reply)),
            "created_on": days(setting, t.began_at),
            "last_solved_on": days(setting, t.at(t.last_solve)),
            "judged_solved_at": moments(t.at(t.judged_solve)),
            "judged_solved_on": days(setting, t.at(t.judged_solve)),
            "first_reply_on": days(setting, t.at(t.first_reply)),
            "waiting_since": moments(waiting),
            "status_since": moments(t.at(t.last_status_change)),
            "customer": named(k.customer.to_numpy(np.int64), customers, None),
            "organization": named(k.organization.to_numpy(np.int64), organizations, None),
            **{name: k[name] for name in ("channel", "priority", "topic", "language", "tier", "region", "subject")},
            "status": status,
            **charged,
            "team": teams(b, t.group_at(last)),
            "assignee": named(t.assignee_at(last), agents, None),
            "is_reopened_now": is_open_again,
            "segments": segments(setting, b),
            "exclusion_code": b.exclusion_code,
            "exclusion_reason": b.exclusion_reason,
            "reliability": _reliability(b),
            "causes": k.causes,
        }
    )


def _reliability(b: Bucket) -> np.ndarray:
    """How far each ticket's measures can be relied upon, by how sure its actors' classes are."""
    t = b.timelines
    said = t.is_message
    unknown = t.count(said & (t.events["actor_class"] == ActorClass.unknown))
    limited = unknown > UNKNOWN_SHARE * np.maximum(t.count(said), 1)
    verdict = np.where(limited, "limited", "sufficient").astype(object)
    verdict[~t.tickets["has_history"]] = "undetermined"
    return verdict
