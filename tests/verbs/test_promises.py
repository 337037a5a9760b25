"""What agents promise, by when, and what became of it, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auditlib.caselog.dues import By, Due
from auditlib.caselog.words import ActorClass, Kind, Marker
from auditlib.clocks import Roster
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE, Kept
from tests.verbs.made import CUSTOMER, CUT, HOUR, created, made, open_from

MINUTES = Due(By.minutes, 60).code
PROMISE, VAGUE = int(Marker.promise), int(Marker.vague_promise)
WORKS = open_from(9, 17)
MONDAY = 4 * 24 * HOUR


def promised(at, due=MINUTES, markers=PROMISE, **more):
    return 0, at, Kind.message, {"markers": markers, "new": due} | more


def said(at, *markers, ticket=0):
    theirs = {"actor": CUSTOMER, "actor_class": ActorClass.customer, "markers": sum(map(int, markers))}
    return ticket, at, Kind.message, theirs


def replied(at, *markers, ticket=0):
    return ticket, at, Kind.message, {"markers": sum(map(int, markers))}


def told(*rows, clock="business", known=CUT, hours=WORKS, n=1, **more):
    everybody = range(n)
    rosters = {clock: Roster(everybody, [0] * n, [0] * n, [hours])} | more
    return replace(made(*rows, n=n, rosters=rosters.items()), mature_until=known)


def became(*rows, **how):
    found = told(*rows, **how).promises
    return Kept(found.state[0]).name, int(found.fulfilled[0])


@pytest.mark.parametrize(
    ("rows", "became_of_it"),
    [
        ([replied(1500)], ("kept", 2)),
        ([replied(1000 + HOUR)], ("kept", 2)),
        ([replied(1001 + HOUR)], ("late", 2)),
        ([], ("broken", NOWHERE)),
        ([promised(1500)], ("superseded", NOWHERE)),
        ([promised(1500, is_public=0)], ("broken", NOWHERE)),
        ([promised(1500, actor=CUSTOMER, actor_class=ActorClass.customer)], ("broken", NOWHERE)),
        ([said(1500, Marker.withdrawal)], ("withdrawn", NOWHERE)),
        ([said(1500, Marker.withdrawal, Marker.gratitude)], ("withdrawn", NOWHERE)),
        ([(0, 1500, Kind.message, {"is_public": 0, "markers": Marker.withdrawal})], ("broken", NOWHERE)),
        ([said(1500)], ("broken", NOWHERE)),
    ],
)
def test_what_comes_first_decides_what_became_of_it(rows, became_of_it):
    assert became(created(0, 500), promised(1000), *rows) == became_of_it


@pytest.mark.parametrize(("known", "state"), [(1000 + HOUR, "pending"), (1001 + HOUR, "broken")])
def test_what_falls_due_at_the_watermark_is_not_over(known, state):
    assert became(created(0, 500), promised(1000), known=known)[0] == state


def test_what_nobody_can_read_is_ambiguous_and_what_names_no_time_is_vague():
    rows = promised(1000, due=0), promised(2000, markers=VAGUE), promised(3000, markers=VAGUE, due=MINUTES)
    found = told(created(0, 500), *rows, promised(3500, due=Due(By.ambiguous).code), promised(4000)).promises
    assert found.is_ambiguous.tolist() == [True, False, False, True, False]
    assert found.is_vague.tolist() == [False, True, True, False, False]
    assert found.due_at.tolist() == [NEVER, NEVER, NEVER, NEVER, 4000 + HOUR]
    assert [Kept(one).name for one in found.state[:4]] == ["undecidable"] * 4


def test_opening_hours_decide_unless_minutes_were_named_and_the_local_days_only_without_them():
    end_of_day, timed = Due(By.end_of_day).code, Due(By.days, 1, 600).code
    at = MONDAY + 10 * HOUR
    rows = created(0, 500), promised(at, due=end_of_day), promised(at, due=timed), promised(at)
    local = {"local": Roster([0], [0], [0], [open_from(0, 24)])}
    both = told(*rows, **local).promises
    assert ((both.due_at - MONDAY) // HOUR).tolist() == [17, 34, 11]
    assert both.on_hours.tolist() == [True, True, False]
    alone = told(*rows, clock="local", hours=open_from(0, 24)).promises
    assert ((alone.due_at - MONDAY) // HOUR).tolist() == [24, 34, 11]
    assert not alone.on_hours.any()


def test_who_asks_after_it_was_due_and_before_it_was_kept_chased_it():
    first = created(0, 0), promised(1000), said(1000 + HOUR), said(1001 + HOUR), replied(9000)
    second = created(1, 0), (1, 1000, Kind.message, {"markers": PROMISE, "new": MINUTES}), said(4600, ticket=1)
    third = created(2, 0), (2, 1000, Kind.message, {"markers": PROMISE}), said(90_000, ticket=2)
    assert told(*first, *second, *third, n=3).chased_after_due.tolist() == [True, False, False]
    kept = created(0, 0), promised(1000), replied(2000), said(9000), created(1, 99_000)
    assert told(*kept, n=2).chased_after_due.tolist() == [False]


def test_a_moment_is_looked_for_in_its_own_tickets_events():
    t = told(created(0, 100), said(900), created(1, 0), said(999, ticket=1), n=2)
    asked = [(0, 0), (0, 100), (0, 899), (0, 900), (0, NEVER), (1, -5), (1, 0), (1, 998), (1, 999), (1, NEVER)]
    ticket, moment = (np.array(column) for column in zip(*asked, strict=True))
    assert t._behind_moment(ticket, moment).tolist() == [0, 1, 1, 2, 2, 2, 3, 3, 4, 4]
