"""Statuses, solves and reopens agree with a plain loop over any ticket's events."""

import numpy as np
from hypothesis import strategies as st

from auditlib.caselog.words import ActorClass, Kind
from auditlib.timelines import NOWHERE, Timelines
from tests.obvious.statuses import course
from tests.proofs.batches import cases

TOLD = st.integers(0, 6)
EVENTS = st.tuples(
    st.sampled_from(["status", "status", "status", "deleted", "restored", "message"]), TOLD, st.integers(1, 7)
)
WHO = st.sampled_from(["agent", "automation"])
LIVES = st.tuples(TOLD, st.lists(st.tuples(EVENTS, WHO), max_size=8), st.integers(1, 7))


def told(created, events):
    """A life as (kind, old, new), its creation first; only changes of status tell statuses."""
    changes = [(kind, old, new) if kind == "status" else (kind, 0, 0) for (kind, old, new), _ in events]
    return [("created", 0, created), *changes]


def seen(several):
    rows = [
        (ticket, 1000 + place, int(Kind[kind]), old, new, int(ActorClass[who]), int(ActorClass[who]))
        for ticket, (created, events, _) in enumerate(several)
        for place, ((kind, old, new), who) in enumerate(
            zip(told(created, events), ["customer", *(who for _, who in events)], strict=True)
        )
    ]
    names = ("ticket", "occurred_at", "kind", "old", "new", "actor", "actor_class")
    events = {name: np.array(column, np.int64) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    n = len(several)
    tickets = {"key": np.arange(1, n + 1), "status": np.array([now for *_, now in several])}
    return Timelines(tickets, events, np.full(n, 10_000), {})


@cases(LIVES, most=3)
def test_every_ticket_has_the_status_that_the_plain_loop_says(several):
    t = seen(several)
    for ticket, (created, events, now) in enumerate(several):
        meant = course(told(created, events), now)
        here, start = t.events["ticket"] == ticket, t.starts[ticket]
        assert t.status_after[here].tolist() == meant.after
        assert np.flatnonzero(t.solves[here]).tolist() == meant.solves
        assert np.flatnonzero(t.reopens[here]).tolist() == meant.reopens
        assert t.status[ticket] == meant.now
        assert t.is_done[ticket] == (meant.now in (5, 6))
        assert t.last_status_change[ticket] - start == meant.last_change
        first, last = (meant.solves[0], meant.solves[-1]) if meant.solves else (NOWHERE, NOWHERE)
        assert (t.first_solve[ticket], t.last_solve[ticket]) == tuple(
            p if p == NOWHERE else p + start for p in (first, last)
        )
        assert t.is_solved_by_human[ticket] == bool(meant.solves and events[meant.solves[-1] - 1][1] == "agent")
