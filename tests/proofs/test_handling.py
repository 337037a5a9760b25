"""Turns, answers, holders, transfers and bots agree with a plain loop over any ticket's events."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.metrics.handling import lost_in_transfers
from auditlib.pipeline.as_of import Changes
from auditlib.span import NEVER, State
from auditlib.timelines import NOWHERE, Timelines
from tests.obvious.handling import handled, holder, is_passed_on
from tests.proofs.batches import cases

CLASSES = [name for name in ActorClass.__members__ if name != "system"]
STATUSES = [None, *(status.name for status in Status if status is not Status.deleted)]
# One of them has the number that a solve has.
HOLDERS = st.sampled_from([0, 5, 72, 73])
# Many things in one second, some within ten minutes, some long after.
GAPS = st.sampled_from([0, 0, 1, 60, 600, 601, 90_000])
EVENTS = st.fixed_dictionaries(
    {
        "gap": GAPS,
        "kind": st.sampled_from(["message", "message", "message", "group", "group", "assignee", "status", "priority"]),
        "who": st.sampled_from([*CLASSES, "customer", "agent", "agent"]),
        "public": st.sampled_from([True, True, False]),
        "thanks": st.sampled_from([False, False, True]),
        "chars": st.sampled_from([19, 20]),
        "holders": st.tuples(HOLDERS, HOLDERS),
        "statuses": st.tuples(st.sampled_from(STATUSES), st.sampled_from(STATUSES[1:])),
    }
)
LIVES = st.tuples(
    st.sampled_from(["customer", "customer", "agent", "agent", "bot"]),
    st.lists(EVENTS, max_size=14),
    st.sampled_from(["email", "chat", "chat", "phone"]),
    st.tuples(HOLDERS, HOLDERS),
)
CUT = 10_000_000
COLUMNS = (
    "ticket", "occurred_at", "kind", "actor", "actor_class", "is_public", "old", "new", "markers", "body_chars",
)  # fmt: skip


def told(opened_by, events):
    """A life in order, its creation first."""
    at = 1_000_000
    life = [{"at": at, "kind": "created", "who": opened_by, "public": True, "old": 0, "new": 0}]
    for event in events:
        at += event["gap"]
        old, new = event["statuses"] if event["kind"] == "status" else event["holders"]
        if event["kind"] == "message":
            old, new = 0, 0
        life.append({**event, "at": at, "old": old, "new": new})
    for event in life:
        event["actor"] = int(ActorClass[event["who"]])
        event["thanks"] = event["kind"] == "message" and event.get("thanks", False)
        event.setdefault("chars", 100)
    return life


def seen(lives, tickets):
    """The same as timelines."""
    rows = [
        (
            ticket,
            event["at"],
            int(Kind[event["kind"]]),
            event["actor"],
            int(ActorClass[event["who"]]),
            event["public"],
            _number(event["old"]),
            _number(event["new"]),
            int(Marker.gratitude) if event["thanks"] else 0,
            event["chars"],
        )
        for ticket, life in enumerate(lives)
        for event in life
    ]
    events = {name: np.array(column, np.int64) for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)}
    n = len(lives)
    described = {
        "key": np.arange(1, n + 1),
        "created_at": np.array([life[0]["at"] for life in lives]),
        "status": np.full(n, Status.new),
        "has_history": np.ones(n, bool),
        "channel": np.array([channel for channel, _ in tickets], object),
        "group": np.array([now[0] for _, now in tickets]),
        "assignee": np.array([now[1] for _, now in tickets]),
    }
    return Timelines(described, events, np.full(n, CUT), {})


def _number(word):
    return int(Status[word]) if isinstance(word, str) else word or 0


def _places(positions, starts, ticket):
    """Positions within a ticket's own life, without NOWHERE."""
    return [int(p - starts[ticket]) for p in positions if p != NOWHERE]


def _turns(t, ticket):
    """(opened, closed or None, answered) of a ticket's turns, as places in its life."""
    mine, start = t.turns.ticket == ticket, t.starts[ticket]
    return [
        (int(opened - start), None if closed == NOWHERE else int(closed - start), bool(answered))
        for opened, closed, answered in zip(
            t.turns.opened[mine], t.turns.closed[mine], t.turns.is_answered[mine], strict=True
        )
    ]


@cases(LIVES, most=3)
def test_every_ticket_is_handled_as_the_plain_loop_says(several):
    lives = [told(opened_by, events) for opened_by, events, _, _ in several]
    t = seen(lives, [(channel, now) for _, _, channel, now in several])
    lost = lost_in_transfers.value(t, "calendar")
    for ticket, (life, (_, _, channel, now)) in enumerate(zip(lives, several, strict=True)):
        meant = handled(life, channel == "chat", *now)
        here = t.events["ticket"] == ticket
        assert _turns(t, ticket) == meant.turns
        assert np.flatnonzero(t.answers[here]).tolist() == meant.answers
        assert (t.count(t.is_said)[ticket], t.count(t.notes)[ticket]) == (meant.customer_messages, meant.internal_notes)
        assert (t.first_group[ticket], t.first_assignee[ticket]) == (meant.first_group, meant.first_assignee)
        assert t.group_stations[ticket] == meant.group_stations
        assert t.assignee_stations[ticket] == meant.assignee_stations
        assert np.flatnonzero(t.transfers[here]).tolist() == [place for place, _, _ in meant.transfers]
        assert t.count(t.bounces)[ticket] == meant.bounces
        assert t.count(t.transfers_without_note)[ticket] == meant.blind
        assert (None if np.isnan(lost.minutes[ticket]) else round(lost.minutes[ticket] * 60)) == meant.lost
        assert (lost.state[ticket] == State.observed) == (meant.lost is not None)
        assert _places([t.first_reply[ticket]], t.starts, ticket) == [p for p in [meant.first_reply] if p is not None]
        assert np.flatnonzero(t.bot_replies[here]).tolist() == meant.bot_replies
        assert _places([t.handover[ticket]], t.starts, ticket) == [p for p in [meant.handover] if p is not None]


@cases(LIVES, most=3)
def test_a_case_begins_where_the_customer_comes_in(several):
    lives = [told(opened_by, events) for opened_by, events, _, _ in several]
    t = seen(lives, [(channel, now) for _, _, channel, now in several])
    for ticket, (life, (opened_by, _, channel, _)) in enumerate(zip(lives, several, strict=True)):
        spoke = [
            event["at"] for event in life if event["kind"] in ("message", "created") and "customer" in event["who"]
        ]
        by_agent = opened_by == "agent" and not is_passed_on(life)
        by_us = by_agent or opened_by in ("bot", "automation", "system")
        assert t.began_at[ticket] == (spoke[0] if by_us and spoke else life[0]["at"])
        assert t.is_outbound[ticket] == (by_agent and channel != "phone" and not spoke)
        assert t.is_contact[ticket] == (not by_agent or channel == "phone")


@cases(LIVES, most=3)
def test_whoever_has_a_ticket_is_the_one_it_came_to_last(several):
    lives = [told(opened_by, events) for opened_by, events, _, _ in several]
    t = seen(lives, [(channel, now) for _, _, channel, now in several])
    everywhere, of, ends = np.arange(t.m), t.events["ticket"], t.starts[1:] - 1
    for side, (kind, held_at) in enumerate((("group", t.group_at), ("assignee", t.assignee_at))):
        now = [now[side] for _, _, _, now in several]
        meant = [holder(life, kind, now[i], place) for i, life in enumerate(lives) for place in range(len(life))]
        assert held_at(everywhere, of).tolist() == meant
        assert held_at(ends).tolist() == [meant[end] for end in ends]


@cases(LIVES, most=3)
def test_counts_obey_what_must_be_true_of_any_ticket(several):
    lives = [told(opened_by, events) for opened_by, events, _, _ in several]
    t = seen(lives, [(channel, now) for _, _, channel, now in several])
    transfers, bounces = t.count(t.transfers), t.count(t.bounces)
    assert (bounces <= np.maximum(transfers - 1, 0)).all()
    assert (transfers <= np.maximum(t.group_stations - 1, 0)).all()
    assert (t.count(t.transfers_without_note) <= transfers).all()
    assert (t.count(t.answers) <= t.count(t.replies)).all()
    assert (t.at(t.first_substantive_reply) >= t.at(t.first_reply)).all()
    handed = t.at(t.handover)
    assert (handed[handed != NEVER] <= t.at(t.first_reply)[handed != NEVER]).all()


WORDS = st.sampled_from([None, None, "billing", "lamp", "delivery"])


@given(
    st.lists(
        st.tuples(st.lists(st.tuples(st.booleans(), WORDS, WORDS), min_size=1, max_size=6), WORDS, st.integers(0, 5)),
        min_size=1,
        max_size=3,
    )
)
def test_what_held_is_the_last_change_or_the_first_word_ever(tickets):
    ticket = np.repeat(np.arange(len(tickets)), [len(life) for life, _, _ in tickets])
    flat = [event for life, _, _ in tickets for event in life]
    where = np.flatnonzero([changes for changes, _, _ in flat])
    old, new = (np.array([flat[i][side] for i in where], object) for side in (1, 2))
    t = Timelines({"key": np.arange(len(tickets))}, {"ticket": ticket}, np.zeros(len(tickets)), {})
    place = np.array([min(wanted, len(life) - 1) for life, _, wanted in tickets])
    present = np.array([now for _, now, _ in tickets], object)
    found = Changes(where, old, new).at(t, t.starts[:-1] + place, present)
    for (life, now, _), until, word in zip(tickets, place, found, strict=True):
        changes = [(i, before, after) for i, (is_change, before, after) in enumerate(life) if is_change]
        done = [after for i, _, after in changes if i <= until]
        ever = [w for w in [*(changes[0][1:2] if changes else []), *(after for _, _, after in changes)] if w]
        if not changes:
            assert word == now
        elif done:
            assert word == done[-1]
        else:
            assert word == (ever[0] if ever else None)
