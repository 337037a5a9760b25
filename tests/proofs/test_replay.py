"""A case log does not know in what order it was told, nor in how many nights.

A case is a ticket with its whole history. In one store all tickets are told at once; in the other, in three
nights, each as far as it had come by then (or not at all), in parts of any size, the events of a ticket in any
order and some things told twice. What both hold in the end is the same, row for row; measures are made of nothing
else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.pipeline.translating import Translation
from auditlib.sources import Settings
from auditlib.store import Store, bulk, engine, open_store, versions
from auditlib.store import caselog_tables as t
from tests.proofs.batches import drawn

PEOPLE = {"ann": "agent", "bea": "agent", "robo": "bot", "cleo": "customer", "dora": "customer", "gone": "unknown"}
TABLES = (t.TICKETS, t.EVENTS, t.MARKERS, t.PEOPLE, t.ROLE_HISTORY)
SAYS = st.sampled_from([None, "", "Thanks a lot!", "Any news?", "I will call you by Friday.", "It does not work."])
EVENTS = st.tuples(
    st.sampled_from([0, 0, 1, 60, 3600, 86_400]),
    st.one_of(
        st.tuples(st.just("message"), SAYS, st.booleans()),
        st.tuples(st.just("status"), st.sampled_from(["open", "pending_customer", "solved", "closed"])),
        st.tuples(st.just("group"), st.sampled_from(["front", "back", None])),
        st.tuples(st.just("assignee"), st.sampled_from(["ann", "bea", None])),
    ),
    st.sampled_from([*PEOPLE, None]),
)
NIGHTS = 3


@dataclass(frozen=True)
class History:
    """A ticket's events, and with how many of them it was told in each of the first nights; 0: not at all."""

    events: list[tuple[int, tuple, str | None]]
    requester: str
    seen: tuple[int, int]


HISTORIES = st.builds(
    History,
    st.lists(EVENTS, min_size=1, max_size=10),
    st.sampled_from(["cleo", "dora", "ann"]),
    st.tuples(st.integers(0, 6), st.integers(0, 10)).map(lambda seen: (seen[0], max(seen))),
)


def told(number: int, history: History, until: int) -> list[r.Row]:
    """The ticket as it stood after so many events, with all of them."""
    ticket, at, status, found = str(number), 1_000_000, "new", []
    found.append(r.Event(ticket=ticket, seq=0, occurred_at=at, kind="created", actor=history.requester))
    for seq, (gap, (kind, word, *public), actor) in enumerate(history.events[:until], 1):
        at += gap
        event = r.Event(ticket=ticket, seq=seq, occurred_at=at, kind=kind, actor=actor)
        if kind == "message":
            event.body, event.is_public = word, public[0]
        else:
            event.new = word
        status = word if kind == "status" else status
        found.append(event)
    return [r.Ticket(ticket=ticket, created_at=1_000_000, status=status, requester=history.requester), *found]


def tell(store: Store, run: int, source: str, parts: list[list[r.Row]]) -> None:
    """One night: its parts, each with everybody whom a helpdesk sends along."""
    setting = Settings(name=source, kind="zendesk", connection="", since=0)
    translation = Translation(store, run, setting, last_looked=0)
    everybody = [r.Person(person=person, role=role) for person, role in PEOPLE.items()]
    with engine.writing(store.engine) as c:
        for number, rows in enumerate(parts):
            translation.part(c, run * 100 + number, [*everybody, *rows])
        translation.settle_roles(c)


def nights(histories: list[History], chance: random.Random) -> Iterator[list[list[r.Row]]]:
    """The parts of each night: everything in any order, and at last some tickets once more."""
    for night in range(NIGHTS):
        known = [(number, one, [*one.seen, len(one.events)][night]) for number, one in enumerate(histories)]
        due = [told(number, one, until) for number, one, until in known if until]
        chance.shuffle(due)
        size = chance.randint(len(due) // 4 + 1, len(due) + 1)
        parts = [*(due[first : first + size] for first in range(0, len(due), size)), due[: len(due) // 10]]
        yield [[row for rows in part for row in chance.sample(rows, len(rows))] for part in parts]


def held(store: Store, table) -> pd.DataFrame:
    with engine.reading(store.engine) as c:
        rows = bulk.frame(c, sa.select(table).where(versions.holding(table)))
    rows = rows.drop(columns=[name for name in ("from_run", "to_run", "raw_part") if name in rows])
    return rows.sort_values(list(rows.columns[:3]), ignore_index=True)


def test_the_order_of_delivery_and_its_split_over_nights_leave_no_trace(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDITLIB_SURROGATE_KEY", "0123456789abcdef" * 2)
    at_once, night_by_night = (open_store(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "other"))
    histories = drawn(HISTORIES, settings().max_examples)
    everything = [row for number, one in enumerate(histories) for row in told(number, one, len(one.events))]
    tell(at_once, 1, "desk", [everything])
    for run, parts in enumerate(nights(histories, random.Random(5)), 1):
        tell(night_by_night, run, "desk", parts)
    for table in TABLES:
        one, other = held(at_once, table), held(night_by_night, table)
        assert len(one), table.name
        pd.testing.assert_frame_equal(one, other, obj=table.name)
