"""Links and issues: the fast rules against the obvious ones, and what holds of every desk."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog.sketches import SKETCH_SIZE, similarity, sketch
from auditlib.episodes import chains, components, linked, same_issue
from auditlib.episodes.candidates import MOST, candidates
from auditlib.episodes.similar import similarities
from tests.obvious.links import DAY, HOUR, Ticket, links, moved_to, timelines
from tests.proofs.batches import cases

KEY = b"sixteen bytes or more"
TEXTS = (
    frozenset(range(1, 7)),
    frozenset(range(1, 9)),
    frozenset(range(6, 14)),
    frozenset(range(20, 26)),
    frozenset({1, 2}),
)
MOMENTS = st.sampled_from([0, 1, 14, 15, 16, 60, 600, 1440, 7 * 1440, 29 * 1440, 30 * 1440, 31 * 1440]).map(
    lambda m: m * 60
)


@st.composite
def desks(draw, most=7):
    """A few tickets of few customers, close enough together for every rule to matter."""
    count = draw(st.integers(1, most))
    tickets = []
    for key in range(1, count + 1):
        created = draw(MOMENTS)
        at, state, moves = created, "open", []
        for wait in draw(st.lists(st.sampled_from([0, 60, HOUR, DAY, 8 * DAY]), max_size=3)):
            at, state = at + wait, "solved" if state == "open" else "open"
            moves.append((at, state))
        is_voice = draw(st.booleans())
        tickets.append(Ticket(
            key=key * 10, created_at=created, customer=draw(st.integers(0, 2)), moves=tuple(moves),
            topic=draw(st.sampled_from(["billing", "login", None])), order=draw(st.sampled_from([0, 0, 1, 2])),
            follow_up_of=draw(st.sampled_from([0, 0, *(10 * k for k in range(1, count + 1) if k != key)])),
            quotes=tuple(draw(st.sets(st.integers(1, count).map(lambda k: 10 * k), max_size=2)) - {key * 10}),
            says_so=draw(st.booleans()), is_voice=is_voice, words=draw(st.sampled_from(TEXTS)),
            in_scope=draw(st.sampled_from([True, True, True, False])), incident=draw(st.sampled_from([0, 0, 99])),
            by_agent=draw(st.booleans()) if is_voice else draw(st.sampled_from([False, False, True])),
        ))  # fmt: skip
    return draw(st.permutations(tickets))


def found(tickets):
    """The links by key, with kind and layer, and the timelines that hold them."""
    t, in_scope, sketches = timelines(tickets)
    rows = same_issue(t, in_scope, lambda wanted: [sketches[row] for row in wanted])
    key = t.tickets["key"]
    told = zip(key[rows.earlier].tolist(), key[rows.later].tolist(), rows.kind, rows.layer, strict=True)
    return set(told), dataclasses.replace(t, links=linked(t, rows))


def apart(some):
    """The tickets of each desk, among customers and keys of its own."""
    return [moved_to(desk, customers=10 * number, keys=1000 * number) for number, desk in enumerate(some)]


def all_of(some):
    return [ticket for desk in some for ticket in desk]


DESKS, SMALL = desks(), desks(most=4)


@cases(DESKS, most=1)
def test_links_are_those_of_the_obvious_rules(some):
    some = apart(some)
    assert found(all_of(some))[0] == set().union(*map(links, some))


@pytest.mark.parametrize(("is_solved", "first"), [(True, 71 - MOST), (False, 72 - MOST)])  # its own opening is one
def test_of_whoever_asks_all_the_time_the_latest_are_looked_at_whatever_comes_later(is_solved, first):
    def pairs(tickets):
        t, in_scope, _ = timelines(tickets)
        looked_at, key = candidates(t, in_scope), t.tickets["key"]
        return set(zip(key[looked_at.earlier].tolist(), key[looked_at.later].tolist(), strict=True))

    moves = {n: ((n * HOUR + 60, "solved"),) if is_solved else () for n in range(1, 72)}
    asked = [Ticket(key=n, created_at=n * HOUR, customer=1, moves=done) for n, done in moves.items()]
    whole = pairs(asked)
    assert {earlier for earlier, later in whole if later == 71} == set(range(first, 71))
    assert pairs(asked[:60]) == {(earlier, later) for earlier, later in whole if later <= 60}


@cases(DESKS, most=1)
def test_links_go_forward_in_time_and_never_in_a_circle(some):
    tickets = all_of(apart(some))
    created = {one.key: (one.created_at, one.key) for one in tickets}
    pairs = [(earlier, later) for earlier, later, *_ in found(tickets)[0]]
    # One edge into each later ticket, always from an earlier one: no circle can close.
    assert all(created[earlier] < created[later] for earlier, later in pairs)
    assert len({later for _, later in pairs}) == len(pairs)


@cases(SMALL, most=2)
def test_strangers_and_the_order_in_which_tickets_are_told_change_nothing(some):
    some = apart(some)
    tickets, few = all_of(some), all_of(some[::2])
    ours = {one.key for one in few}
    both, alone = found(random.Random(repr(some)).sample(tickets, len(tickets)))[0], found(few)[0]
    assert {link for link in both if link[0] in ours or link[1] in ours} == alone


@cases(DESKS, most=1)
def test_who_came_back_is_charged_once_to_a_solve_before_it(some):
    some = apart(some)
    tickets = all_of(some)
    _, t = found(tickets)
    window = 7 * DAY
    followed = t.followed_solve_at(window)
    repeats = [link for desk in some for link in links(desk) if link[2] == "repeat"]
    by_key = {one.key: one for one in tickets}
    expected = {}
    for earlier, later, *_ in repeats:
        state, at = by_key[earlier].state_at(by_key[later].created_at)
        assert state == "solved"
        if by_key[later].created_at - at <= window and not by_key[later].incident:
            expected[earlier] = min(expected.get(earlier, at), at)
    told = {
        int(key): int(at) for key, at in zip(t.tickets["key"], followed, strict=True) if key in expected or at < 1 << 40
    }
    assert told == expected


@cases(DESKS, most=1)
def test_an_issue_is_what_links_join_and_is_named_after_its_first_ticket(some):
    tickets = all_of(apart(some))
    pairs, t = found(tickets)
    issue = {one.key: {one.key} for one in tickets}
    for earlier, later, *_ in pairs:
        joined = issue[earlier] | issue[later]
        for key in joined:
            issue[key] = joined
    created = {one.key: (one.created_at, one.key) for one in tickets}
    first = {key: min(members, key=created.__getitem__) for key, members in issue.items()}
    key = t.tickets["key"]
    assert dict(zip(key.tolist(), key[t.issue].tolist(), strict=True)) == first


def test_a_call_put_through_is_neither_a_repeat_nor_a_contact_of_its_own():
    call = Ticket(
        key=1, created_at=0, customer=1, moves=((300, "solved"),), topic="billing", is_voice=True, by_agent=True
    )
    soon = dataclasses.replace(call, key=2, created_at=300 + 15 * 60, moves=())
    late = dataclasses.replace(call, key=2, created_at=301 + 15 * 60, moves=())
    assert found([call, soon])[0] == {(1, 2, "forwarded", "topic")}
    assert found([call, late])[0] == {(1, 2, "repeat", "topic")}


@given(st.lists(st.lists(st.integers(0, 120), max_size=130), min_size=2, max_size=6), st.data())
def test_similarity_of_many_pairs_is_that_of_each(texts, data):
    sketches = [
        sketch(" ".join(f"w{'abcdefghij'[n % 10]}{'abcdefghijklm'[n // 10]}" for n in text), KEY) for text in texts
    ]
    places = st.lists(st.integers(0, len(texts) - 1), min_size=1, max_size=8)
    left = np.array(data.draw(places))
    right = np.array([data.draw(st.integers(0, len(texts) - 1)) for _ in left])
    likeness, fewest = similarities(sketches, left, right)
    assert likeness == pytest.approx([similarity(sketches[a], sketches[b]) for a, b in zip(left, right, strict=True)])
    assert fewest.tolist() == [min(len(sketches[a]), len(sketches[b])) // 4 for a, b in zip(left, right, strict=True)]
    assert fewest.max() <= SKETCH_SIZE


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_chains_are_the_connected_tickets(pairs):
    created = np.array([5, 3, 3, 9, 1, 1, 7, 2, 8, 4])
    key = np.arange(10) * 7 + 1
    earlier, later = (np.array([p[side] for p in pairs], np.int64) for side in (0, 1))
    group = {row: {row} for row in range(10)}
    for a, b in pairs:
        joined = group[a] | group[b]
        for row in joined:
            group[row] = joined
    expected = [min(group[row], key=lambda r: (created[r], key[r])) for row in range(10)]
    assert chains(key, earlier, later, created).tolist() == expected


def test_one_customer_is_whoever_shares_an_identity_and_nobody_is_nobody():
    ticket, person = np.array([1, 2, 3, 4, 5]), np.array([10, 20, 30, 0, 0])
    component, customer = components(ticket, person, np.array([[4, 5]]), np.array([[10, 15], [15, 30]]))
    assert customer.tolist() == [10, 20, 10, 0, 0]
    assert component.tolist() == [1, 2, 1, 4, 4]
