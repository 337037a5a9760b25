"""What looks at a ticket prove of its solves and reopenings, and what they leave unknown."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog.looks import DONE, Change, changes
from auditlib.caselog.rows import Look

CREATED, HOUR, DAY = 1_790_000_000, 3600, 86400
MONDAY, TUESDAY, WEDNESDAY = (CREATED + n * DAY for n in (1, 2, 3))
STATUSES = ("open", "pending_customer", "on_hold", "solved", "closed")


def look(at, status, since, reopened_at=None, solved_at=None):
    return Look(ticket="1", looked_at=at, status=status, since=since, reopened_at=reopened_at, solved_at=solved_at)


def seen(life, at):
    """The helpdesk's answer at a moment, of a life told as (moment, status); it keeps the last moment of each kind."""
    past = [(moment, status) for moment, status in life if moment <= at]
    steps = [((CREATED, None), past[0]), *pairwise(past)]
    solves = [when for (_, old), (when, new) in steps if new in DONE and old not in DONE]
    reopened = [when for (_, old), (when, new) in steps if old in DONE and new not in DONE]
    status = past[-1][1]
    return look(at, status, past[-1][0], (reopened or [None])[-1], solves[-1] if status in DONE else None)


def solved_and_reopened(known):
    """When a ticket became solved, and when it was opened again."""
    return [(at, new in DONE) for at, old, new in known if (old in DONE) != (new in DONE)]


def test_what_is_solved_between_two_looks_was_solved_at_the_moment_told():
    told = [look(MONDAY, "open", CREATED), look(TUESDAY, "solved", MONDAY + HOUR, solved_at=MONDAY + HOUR)]
    assert changes(CREATED, told) == [(CREATED, None, "open"), (MONDAY + HOUR, "open", "solved")]


def test_a_ticket_solved_before_anybody_looked_began_open_and_was_solved_once():
    told = [look(MONDAY, "closed", CREATED + 5 * HOUR, solved_at=CREATED + 2 * HOUR)]
    assert changes(CREATED, told) == [
        (CREATED, None, "open"),
        (CREATED + 2 * HOUR, "open", "solved"),
        (CREATED + 5 * HOUR, "solved", "closed"),
    ]


def test_a_ticket_that_was_created_solved_was_solved_from_its_beginning():
    assert changes(CREATED, [look(MONDAY, "solved", CREATED, solved_at=CREATED)]) == [(CREATED, None, "solved")]


def test_a_ticket_that_nobody_touched_stays_as_it_was_created():
    assert changes(CREATED, [look(MONDAY, "on_hold", CREATED)]) == [(CREATED, None, "on_hold")]


def test_reopened_and_solved_again_between_two_looks_both_moments_are_told():
    told = [
        look(MONDAY, "solved", CREATED + HOUR, solved_at=CREATED + HOUR),
        look(TUESDAY, "solved", MONDAY + 3 * HOUR, MONDAY + HOUR, MONDAY + 3 * HOUR),
    ]
    assert changes(CREATED, told)[2:] == [
        Change(MONDAY + HOUR, "solved", "open"),
        Change(MONDAY + 3 * HOUR, "open", "solved"),
    ]


def test_reopened_and_pending_since_the_reopening_has_its_own_moment():
    told = [
        look(MONDAY, "solved", CREATED + HOUR, solved_at=CREATED + HOUR),
        look(TUESDAY, "pending_customer", MONDAY + 3 * HOUR, MONDAY + HOUR),
    ]
    assert changes(CREATED, told)[2:] == [
        Change(MONDAY + HOUR, "solved", "open"),
        Change(MONDAY + 3 * HOUR, "open", "pending_customer"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            look(MONDAY, "open", CREATED), look(TUESDAY, "open", MONDAY + HOUR, MONDAY + HOUR), id="solved unseen"
        ),
        pytest.param(
            look(MONDAY, "open", CREATED),
            look(TUESDAY, "solved", MONDAY + 3 * HOUR, MONDAY + HOUR, MONDAY + 3 * HOUR),
            id="solved unseen, and again",
        ),
        pytest.param(
            look(MONDAY, "solved", CREATED + HOUR, solved_at=CREATED + HOUR),
            look(TUESDAY, "open", MONDAY + HOUR),
            id="reopened, and not told",
        ),
        pytest.param(
            look(MONDAY, "open", CREATED), look(TUESDAY, "solved", MONDAY + HOUR), id="solved by a status of its own"
        ),
        pytest.param(
            look(MONDAY, "open", CREATED),
            look(TUESDAY, "solved", MONDAY + HOUR, solved_at=MONDAY + 2 * HOUR),
            id="solved after its last change",
        ),
        pytest.param(
            look(MONDAY, "open", MONDAY - HOUR, MONDAY - HOUR), look(TUESDAY, "open", MONDAY - HOUR), id="forgotten"
        ),
    ],
)
def test_what_is_not_told_is_not_made_up(before, after):
    assert changes(CREATED, [before, after]) is None


def test_what_nobody_looked_at_has_no_life():
    assert changes(CREATED, []) is None


@st.composite
def lives(draw):
    """A life as (moment, status) and the moments at which somebody looked."""
    gaps = draw(st.lists(st.integers(1, 40) | st.just(0), max_size=9))
    life = [(CREATED, draw(st.sampled_from(("open", "on_hold", "solved"))))]
    for gap in gaps:
        others = [status for status in STATUSES if status != life[-1][1]]
        life.append((life[-1][0] + (gap or 1) * HOUR, draw(st.sampled_from(others))))
    nights = [CREATED + DAY * n for n in range(1, 20)]
    missed = draw(st.sets(st.sampled_from(nights), max_size=12))
    return life, [at for at in nights if at not in missed]


@given(lives())
def test_looks_tell_the_solves_and_reopenings_that_were_or_nothing(told):
    """Unless a ticket was opened again twice between two looks, which looks like once."""
    life, nights = told
    known = changes(CREATED, [seen(life, at) for at in nights])
    steps = [(at, old, new) for (_, old), (at, new) in pairwise([(CREATED, None), *life])]
    truth = [(at, done) for at, done in solved_and_reopened(steps) if at <= nights[-1]]
    reopened = [at for at, done in truth if not done]
    for since, until in pairwise([CREATED, *nights]):
        within = [at for at in reopened if since < at <= until]
        if within and (since == CREATED or seen(life, since).status not in DONE):
            assert known is None
            return
        if len(within) > 1:
            assert known is None or len(solved_and_reopened(known)) < len(truth)
            return
    assert known is not None
    assert solved_and_reopened(known) == truth
    assert known[-1].new == seen(life, nights[-1]).status


@given(lives(), st.randoms())
def test_neither_the_order_nor_the_number_of_times_in_which_looks_come_matters(told, chance: random.Random):
    life, nights = told
    looks = [seen(life, at) for at in nights]
    again = [*looks, *chance.sample(looks, len(looks) // 2)]
    chance.shuffle(again)
    assert changes(CREATED, again) == changes(CREATED, looks)


@given(lives())
def test_a_further_look_never_changes_what_was_known_before(told):
    """Never rebuilt: it adds changes, or the ticket is not followed any more."""
    life, nights = told
    looks = [seen(life, at) for at in nights]
    for number in range(1, len(looks)):
        before, after = changes(CREATED, looks[:number]), changes(CREATED, looks[: number + 1])
        assert after is None or (before is not None and after[: len(before)] == before)
