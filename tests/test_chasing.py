"""Chasers and promises where nobody knows any opening hours."""

import dataclasses

import numpy as np

from auditlib.clocks import OpenHours, Roster
from auditlib.timelines import Kept
from auditlib.worked_examples import Example, timelines


def told(*rows: tuple[str, str, str]) -> Example:
    happened = tuple({"ticket": "T1", "when": f"2026-03-{when}", "who": who, "what": what} for when, who, what in rows)
    return Example("without hours", happened, ())


def test_without_hours_four_hours_are_those_of_the_calendar():
    t = timelines(told(("07 09:00", "customer", "writes"), ("07 12:59", "customer", "writes"),
                       ("07 17:00", "customer", "writes")))  # fmt: skip
    assert len(t.chases) == 0, "on a Saturday nobody works"
    alone = dataclasses.replace(t, rosters={})
    assert alone.at(alone.chases.position).tolist() == [int(t.events["occurred_at"][-1])]
    assert alone.chases.is_structural.all()


def test_without_hours_days_end_at_midnight_and_the_calendar_still_counts():
    t = timelines(told(("06 16:00", "agent", "promises: within 24 hours"), ("06 18:00", "agent", "promises: by Friday"),
                       ("06 23:00", "agent", "writes")))  # fmt: skip
    begin, end = int(t.events["occurred_at"][0]) - 400 * 86400, int(t.cut[0]) + 400 * 86400
    always = OpenHours.compile([(day * 1440, (day + 1) * 1440) for day in range(5)], "Europe/Berlin", (), begin, end)
    local = Roster([0], [begin], [0], [always])
    alone = dataclasses.replace(t, rosters={"local": local}).promises
    assert not alone.on_hours.any()
    assert alone.state.tolist() == [Kept.superseded, Kept.kept]
    assert ((alone.due_at - t.at(alone.position)) / 3600).tolist() == [24, 6]
    nothing = dataclasses.replace(t, rosters={}).promises
    assert nothing.is_ambiguous.all()
    assert np.array_equal(nothing.state, [Kept.undecidable] * 2)
