"""Whatever happens to tickets, each ends in exactly one way: thousands of lives that make no sense."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.episodes import linked, same_issue
from auditlib.scope import KINDS, Chosen, exclusions
from auditlib.timelines import Timelines
from auditlib.timelines.outcomes import OUTCOMES

TICKETS, CUSTOMERS, DAY = 6000, 2500, 86400
KNOWN_UNTIL = 100 * DAY
CHANNELS = np.array(["email", "chat", "phone", "counter"], object)
KINDS_OF_EVENTS = [Kind.message] * 8 + [Kind.status] * 8 + [kind for kind in Kind if kind != Kind.created]


def soup(seed: int) -> Timelines:
    """Tickets with any events by anybody in any order, of customers who may have several; some without a history."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 14, TICKETS)
    ticket, m = np.repeat(np.arange(TICKETS), counts), int(counts.sum())
    created_at = rng.integers(0, 99 * DAY, TICKETS)
    gaps = rng.choice([0, 1, 60, 299, 301, 3600, DAY, 7 * DAY, 20 * DAY], m)
    first = np.append(True, ticket[1:] != ticket[:-1])
    gaps[first] = 0
    at = np.cumsum(gaps)
    at = at - np.repeat(at[first], counts) + created_at[ticket]
    kind = np.where(first & (rng.random(m) < 0.98), Kind.created, rng.choice(KINDS_OF_EVENTS, m))
    bits = np.bitwise_or(rng.choice([0, *map(int, Marker)], m), rng.choice([0, 0, *map(int, Marker)], m))
    new = np.where(kind == Kind.status, rng.choice([*map(int, Status)], m), rng.integers(0, 4, m))
    events = {
        "ticket": ticket, "occurred_at": at, "kind": kind, "actor": rng.integers(1, 40, m),
        "actor_class": rng.choice([1, 1, 1, 2, 3, 3, 3, 4, 5, 6, 7], m), "is_public": rng.random(m) < 0.8,
        "old": rng.choice([0, *map(int, Status)], m), "new": np.where(kind == Kind.created, 1, new),
        "markers": np.where(kind == Kind.message, bits, 0), "body_chars": rng.integers(0, 300, m),
    }  # fmt: skip
    assert set(events["actor_class"].tolist()) == set(map(int, ActorClass))
    kept = (at < KNOWN_UNTIL) & (first | (kind != Kind.created))
    events = {name: values[kept] for name, values in events.items()}
    merged = rng.random(TICKETS) < 0.03
    tickets = {
        "key": rng.permutation(TICKETS) + 1, "created_at": created_at, "customer": rng.integers(0, CUSTOMERS, TICKETS),
        "status": rng.choice([*map(int, Status)], TICKETS, p=[0.2, 0.3, 0.1, 0.1, 0.14, 0.14, 0.02]),
        "group": np.zeros(TICKETS, np.int64), "assignee": np.zeros(TICKETS, np.int64),
        "merged_into": np.where(merged, rng.integers(1, TICKETS, TICKETS), 0),
        "follow_up_of": np.where(rng.random(TICKETS) < 0.05, rng.integers(1, TICKETS, TICKETS), 0),
        "has_history": rng.random(TICKETS) < 0.97, "channel": rng.choice(CHANNELS, TICKETS),
        "topic": rng.choice(np.array(["lamps", "bills", None], object), TICKETS),
    }  # fmt: skip
    order = np.argsort(tickets["key"])
    tickets = {name: values[order] for name, values in tickets.items()}
    place = np.argsort(order)[events["ticket"]]
    line = np.argsort(place, kind="stable")
    events = {name: values[line] for name, values in (events | {"ticket": place}).items()}
    t = Timelines(tickets, events, np.full(TICKETS, KNOWN_UNTIL), {}, mature_until=KNOWN_UNTIL)
    chosen = rng.choice(np.array([None] * 30 + [*KINDS.values()], object), TICKETS)
    quarantined, in_groups = rng.random(TICKETS) < 0.01, rng.random(TICKETS) < 0.97
    code, _ = exclusions(t, Chosen(chosen, chosen), quarantined, in_groups)
    t = dataclasses.replace(t, tickets={**tickets, "exclusion": code})
    links = same_issue(t, code == np.full(TICKETS, None, object))
    return dataclasses.replace(t, links=linked(t, links))


@pytest.mark.parametrize("seed", range(3))
def test_each_ticket_has_exactly_one_outcome_and_they_add_up(seed):
    t = soup(seed)
    found, excluded = t.outcome, t.tickets["exclusion"]
    outcomes, out = Counter(found.code.tolist()), Counter(one for one in excluded.tolist() if one)
    assert outcomes.keys() == OUTCOMES.keys(), "an outcome or exclusion that does not occur here proves nothing"
    assert sum(outcomes[code] for code in OUTCOMES if code[0] in "OU") + out.total() == TICKETS
    assert {code: n for code, n in outcomes.items() if code[0] in "XQ"} == out
    assert all(words.startswith(OUTCOMES[code]) for code, words in zip(found.code, found.words, strict=True))
    assert all(found.evidence)


def test_a_tickets_outcome_follows_from_its_own_story_and_its_links():
    """Measured alone (each with its links), some tickets end as they do among all others."""
    t = soup(7)
    whole = t.outcome.code
    linked_ones = np.unique(np.concatenate([t.links.ticket, t.links.later]))
    chosen = np.setdiff1d(np.arange(t.n), linked_ones)[:400]
    place = np.full(t.n, -1)
    place[chosen] = np.arange(len(chosen))
    mine = place[t.events["ticket"]] >= 0
    events = {name: values[mine] for name, values in t.events.items()} | {"ticket": place[t.events["ticket"][mine]]}
    tickets = {name: values[chosen] for name, values in t.tickets.items()}
    alone = Timelines(tickets, events, t.cut[chosen], {}, mature_until=t.mature_until)
    assert alone.outcome.code.tolist() == whole[chosen].tolist()
