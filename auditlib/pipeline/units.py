"""What describes each unit that is measured beside the ticket: who took it, when it began, whose it is.

One function a unit, found in `DESCRIBED` by the unit's name; its columns are those that
`store/family_tables.py` declares for the unit.
"""

from __future__ import annotations

import numpy as np

from auditlib.caselog.ratings import MAPPING_VERSION
from auditlib.pipeline import agreed, as_of
from auditlib.pipeline.columns import days, moments, named, teams
from auditlib.pipeline.schedules import defaults
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket
from auditlib.span import NEVER
from auditlib.store import engine, lives, reading
from auditlib.store.runs import Run
from auditlib.timelines import NOWHERE
from auditlib.timelines.policies import Promised
from auditlib.timelines.ratings import told


def turns(setting: Setting, run: Run, b: Bucket) -> dict[str, np.ndarray]:
    """Who answered each turn, and their team and the ticket's topic and priority as of the answer."""
    t, turns = b.timelines, b.timelines.turns
    with engine.reading(setting.store.engine) as c:
        agents, changes = reading.agents(c, run), as_of.described(c, setting, b)
    answered = np.where(turns.is_answered, turns.closed, NOWHERE)
    actor = np.append(t.events["actor"], 0)[np.minimum(answered, t.m)]
    team = teams(b, t.group_at(np.minimum(answered, t.m), turns.ticket), t.at(answered))
    responder = named(actor, agents, "unknown agent")
    responder[~turns.is_answered] = team[~turns.is_answered] = None
    return {
        "opened_at": moments(t.at(turns.opened)),
        "closed_at": moments(t.at(turns.closed)),
        "opened_on": days(setting, t.at(turns.opened)),
        "responder": responder,
        "responder_team": team,
        **{
            f"{name}_then": changes[name].at(t, turns.closed, b.tickets[name].to_numpy(object), turns.ticket)
            for name in ("topic", "priority")
        },
    }


def spells(setting: Setting, run: Run, b: Bucket) -> dict[str, np.ndarray]:
    """When a ticket was in the backlog, how it came and went, and whose it was then."""
    t, spells = b.timelines, b.timelines.spells
    opened_at, closed_at = t.opened_at(spells), t.closed_at(spells)
    last = np.where(spells.closed == NOWHERE, t.starts[1:][spells.ticket] - 1, spells.closed)
    return {
        "opened_at": moments(opened_at),
        "closed_at": moments(closed_at),
        "opened_on": days(setting, opened_at),
        "closed_on": days(setting, closed_at),
        "opened_as": spells.opened_as,
        "closed_as": spells.closed_as,
        "spell_team": teams(b, t.group_at(last, spells.ticket), t.at(last)),
    }


def promises(setting: Setting, run: Run, b: Bucket) -> dict[str, np.ndarray]:
    """Who promised, as of when with which team, and by when on which clock."""
    t, promises = b.timelines, b.timelines.promises
    with engine.reading(setting.store.engine) as c:
        agents = reading.agents(c, run)
    clock = np.where(promises.on_hours, "business", "calendar").astype(object)
    clock[promises.due_at == NEVER] = None
    return {
        "made_at": moments(t.at(promises.position)),
        "due_at": moments(promises.due_at),
        "kept_at": moments(t.at(promises.fulfilled)),
        "made_on": days(setting, t.at(promises.position)),
        "due_on": days(setting, promises.due_at),
        "clock": clock,
        "promiser": named(t.events["actor"][promises.position], agents, "unknown agent"),
        "promiser_team": teams(b, t.group_at(promises.position, promises.ticket), t.at(promises.position)),
    }


def ratings(setting: Setting, run: Run, b: Bucket) -> dict[str, np.ndarray]:
    """What was offered and answered, and whose work it speaks of: as of the offer, not as of now."""
    t, r = b.timelines, b.timelines.ratings
    with engine.reading(setting.store.engine) as c:
        agents = reading.agents(c, run)
    asked, reply = t.asked_for_rating, t.rated_reply
    replier = np.where(reply == NOWHERE, 0, np.append(t.events["actor"], 0)[np.minimum(reply, t.m)])
    is_answer, nothing = r.rated != NOWHERE, np.full(len(r), None, object)
    # A reply with which an agent opened the ticket stands before its first group: then it is that of the offer.
    group = np.where(reply == NOWHERE, 0, t.group_at(reply, r.ticket))
    group = np.where(group == 0, t.group_at(asked, r.ticket), group)
    return {
        "offered_at": moments(t.at(r.offered)),
        "rated_at": moments(t.at(r.rated)),
        "offered_on": days(setting, t.at(r.offered)),
        "rated_on": days(setting, t.at(r.rated)),
        "score": told(r.code, lambda answer: answer.rating.name, None),
        "scale": told(r.code, lambda answer: answer.scale, None),
        "answer": told(r.code, lambda answer: answer.answer, None),
        "has_comment": told(r.code, lambda answer: answer.has_comment, None),
        "counts": np.where(is_answer, r.counts.astype(object), nothing),
        "mapping_version": np.where(is_answer, np.full(len(r), MAPPING_VERSION, object), nothing),
        "replier": named(replier, agents, "unknown agent"),
        "assignee_at_offer": named(t.assignee_at(asked, r.ticket), agents, "unknown agent"),
        "rating_team": teams(b, group),
    }


def targets(setting: Setting, run: Run, b: Bucket) -> dict[str, np.ndarray]:
    """What each target promises, by when, and on which hours."""
    t, targets = b.timelines, b.timelines.targets
    with engine.reading(setting.store.engine) as c:
        levels = agreed.policies(setting, reading.policies(c, run))
        hours = agreed.schedules(setting, reading.schedules(c, run))
        words = lives.words(c, np.unique(targets.priority).tolist())
    schedule = t.schedule_at(targets.ticket, targets.applied_at, defaults(b.tickets, hours))
    promises = np.array([None, *[one.name for one in Promised]], object)[targets.promised]
    is_some = targets.promised != 0
    return {
        "policy": named(targets.policy, dict(zip(levels.policy, levels.name, strict=True)), "unknown policy"),
        "policy_since": moments(np.where(is_some & (targets.valid_from > 0), targets.valid_from, NEVER)),
        "promises": promises,
        "target_priority": named(targets.priority, words, None),
        "target_minutes": np.where(is_some, targets.seconds / 60, np.nan),
        "is_on_business_hours": np.array([None, False, True], object)[is_some * (1 + targets.is_business)],
        "schedule": named(schedule, dict(zip(hours.schedule, hours.name, strict=True)), "unknown hours"),
        "applied_at": moments(targets.applied_at),
        "applied_on": days(setting, targets.applied_at),
        "due_at": moments(targets.due_at),
        "fulfilled_at": moments(targets.fulfilled_at),
    }


DESCRIBED = {"target": targets, "rating": ratings, "promise": promises, "turn": turns, "spell": spells}
