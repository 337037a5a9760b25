"""What was said in merged tickets, in the timeline of the one that they went into."""

import dataclasses

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Marker
from auditlib.timelines.members import merged_rows, with_members
from tests.verbs.made import ANN, BOB, CUSTOMER, HOUR, created, made, status

CUSTOMERS = {"actor": CUSTOMER, "actor_class": ActorClass.customer}
THANKS = {"markers": int(Marker.gratitude), "body_chars": 9}


def wrote(at, ticket=0, **more):
    return ticket, at, Kind.message, more


def together(*rows, into):
    """The timelines of tickets of which some were merged."""
    t = made(*rows, n=len(into), merged_into=into)
    return dataclasses.replace(t, events=with_members(t.tickets["key"], t.tickets["merged_into"], dict(t.events)))


def told(t, ticket=0):
    """(when, who) of each message that a ticket has."""
    own = np.flatnonzero(t.is_message & (t.events["ticket"] == ticket))
    return list(zip(t.events["occurred_at"][own].tolist(), t.events["actor"][own].tolist(), strict=True))


def test_the_first_message_moves_once_with_what_it_says():
    t = together(created(0, HOUR), wrote(HOUR, **CUSTOMERS), created(1, 2 * HOUR),
                 wrote(2 * HOUR, 1, **CUSTOMERS, **THANKS), status(3 * HOUR, 5, 1), into=[0, 1])  # fmt: skip
    assert told(t) == [(HOUR, CUSTOMER), (2 * HOUR, CUSTOMER)]
    moved = np.flatnonzero(t.events["occurred_at"] == 2 * HOUR)[0]
    assert (t.events["markers"][moved], t.events["body_chars"][moved]) == (Marker.gratitude, 9)
    assert t.asks.sum() == 1, "thanks ask nothing, wherever they stand"
    assert (t.events["ticket"] == 0).sum() == 3, "what was done in the other ticket stays there"


def test_what_an_agent_wrote_down_for_the_customer_is_no_answer_of_theirs():
    by_ann = {"actor": ANN, "actor_class": ActorClass.agent}
    t = together(created(0, HOUR), wrote(HOUR, **CUSTOMERS), created(1, 2 * HOUR, **by_ann),
                 wrote(2 * HOUR, 1, **CUSTOMERS), into=[0, 1])  # fmt: skip
    assert not t.replies.any()
    assert told(t) == [(HOUR, CUSTOMER), (2 * HOUR, CUSTOMER)]


def test_what_an_agent_passed_on_stays_the_customers_whatever_older_ticket_is_merged_into_it():
    by_ann, by_rule = ({"actor": ANN, "actor_class": of} for of in (ActorClass.agent, ActorClass.automation))
    older = created(1, HOUR), wrote(HOUR, 1, **CUSTOMERS), wrote(HOUR + 60, 1)
    for by in (by_ann, by_rule):
        t = together(created(0, 2 * HOUR, **by), wrote(2 * HOUR, **CUSTOMERS), *older, into=[0, 1])
        assert not t.is_opened_by_us[0]
        t = together(created(0, 2 * HOUR, **by), wrote(2 * HOUR, **CUSTOMERS, **THANKS), *older, into=[0, 1])
        assert not t.is_opened_by_us[0]
        t = together(created(0, 2 * HOUR, **by), wrote(2 * HOUR, **by), *older, into=[0, 1])
        assert t.is_opened_by_us[0]


def test_a_description_without_a_row_moves_as_a_message():
    t = together(created(0, 2 * HOUR), created(1, HOUR, actor=7), into=[0, 1])
    assert told(t) == [(HOUR, 7), (2 * HOUR, CUSTOMER)]


def test_what_the_helpdesk_moved_itself_counts_once_and_two_of_one_second_are_two():
    t = together(created(0, HOUR), wrote(2 * HOUR, actor=BOB), created(1, HOUR + 9),
                 wrote(2 * HOUR, 1, actor=BOB), wrote(2 * HOUR, 1, actor=ANN), wrote(3 * HOUR, 1, actor=ANN),
                 wrote(3 * HOUR, 1, actor=ANN), into=[0, 1])  # fmt: skip
    assert told(t) == [(HOUR, CUSTOMER), (HOUR + 9, CUSTOMER), (2 * HOUR, BOB), (2 * HOUR, ANN), *[(3 * HOUR, ANN)] * 2]


def test_what_was_merged_twice_over_stands_in_the_last_one():
    t = together(created(0, HOUR), created(1, 2 * HOUR), created(2, 3 * HOUR), into=[0, 1, 2])
    assert [at for at, _ in told(t)] == [HOUR, 2 * HOUR, 3 * HOUR]
    assert told(t, 1) == [(2 * HOUR, CUSTOMER)]


def test_a_merge_into_what_nobody_knows_moves_nothing_and_a_circle_ends():
    keys = np.array([30, 10, 20])
    assert merged_rows(keys, np.array([99, 0, 10])).tolist() == [-1, -1, 1]
    assert merged_rows(keys, np.array([5, 30, 10])).tolist() == [-1, 0, 0]
    assert (merged_rows(keys, np.array([10, 20, 30])) >= 0).all()
    assert merged_rows(keys[:0], keys[:0]).tolist() == []
    t = made(created(0, HOUR), created(1, HOUR), n=2, merged_into=[99, 0])
    assert with_members(t.tickets["key"], t.tickets["merged_into"], t.events) is t.events
