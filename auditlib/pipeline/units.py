"""What describes each unit that is measured beside the ticket: who took it, when it began, whose it is.

One function a unit, found in `DESCRIBED` by the unit's name; its columns are those that
`store/measure_tables.py` declares for the unit.
"""

from __future__ import annotations

import numpy as np

from auditlib.pipeline.columns import days, moments, named, teams
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket
from auditlib.store import engine, reading
from auditlib.store.runs import Run
from auditlib.timelines import NOWHERE


def turns(setting: Setting, run: Run, b: Bucket) -> dict[str, np.ndarray]:
    """Who answered each turn, and their team as of the answer."""
    t, turns = b.timelines, b.timelines.turns
    with engine.reading(setting.store.engine) as c:
        agents = reading.agents(c, run)
    answered = np.where(turns.is_answered, turns.closed, NOWHERE)
    actor = np.append(t.events["actor"], 0)[np.minimum(answered, t.m)]
    team = teams(b, t.group_at(np.minimum(answered, t.m), turns.ticket))
    responder = named(actor, agents, "unknown agent")
    responder[~turns.is_answered] = team[~turns.is_answered] = None
    return {
        "opened_at": moments(t.at(turns.opened)),
        "closed_at": moments(t.at(turns.closed)),
        "opened_on": days(setting, t.at(turns.opened)),
        "responder": responder,
        "responder_team": team,
    }


DESCRIBED = {"turn": turns}
