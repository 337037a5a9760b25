"""Chasers and promises where nobody knows any opening hours, and whose case it was when somebody asked again."""

import dataclasses
import datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from auditlib.clocks import OpenHours, Roster
from auditlib.pipeline import as_of
from auditlib.timelines import NOWHERE, Kept
from auditlib.worked_examples import Example, named, timelines
from tests.obvious.chasing import Event
from tests.obvious.chasing import told as asking_again
from tests.proofs.batches import cases

ZONE = ZoneInfo("Europe/Berlin")
# Ten days on one of which the clocks are put forward.
MONDAY = datetime.datetime(2026, 3, 23, tzinfo=ZONE)
ACTS = st.sampled_from(
    [("customer", "writes"), ("customer", "writes"), ("customer", "writes: update_request"), ("customer", "thanks")]
    + [("customer_side", "writes"), ("agent", "writes"), ("agent", "notes"), ("bot", "writes"), ("agent", "deletes")]
    + [("agent", f"status: {status}") for status in ("open", "solved", "closed", "pending_customer")]
)
GAPS = st.sampled_from([0, 1, 29, 30, 31, 120, 239, 240, 241, 480, 1440, 2880])
LIVES = st.lists(st.tuples(GAPS, ACTS), min_size=1, max_size=14)


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


def test_a_chase_is_charged_to_whoever_had_the_case_then():
    """Front let them wait, Back answered; in the second case another ticket asked; in the third nobody did."""
    rows = [
        ("T1", "02 09:00", "customer", "writes"), ("T1", "02 09:00", "automation", "group: front"),
        ("T1", "02 09:05", "agent", "assignee: Ann"), ("T1", "03 09:00", "customer", "writes"),
        ("T1", "03 10:00", "agent", "group: back"), ("T1", "03 10:00", "agent", "assignee: Bob"),
        ("T1", "04 09:00", "customer", "writes"), ("T1", "04 10:00", "agent Bob", "writes"),
        ("T2", "02 09:00", "customer", "writes"), ("T2", "02 09:00", "automation", "group: front"),
        ("T2", "03 09:00", "agent", "assignee: Dan"), ("T2", "03 11:00", "agent", "group: back"),
        ("T2", "04 09:00", "customer", "writes"),
        ("T3", "03 09:00", "customer", "writes"),
        ("T4", "02 09:00", "customer", "writes"), ("T4", "02 09:00", "automation", "group: front"),
        ("T4", "02 10:00", "agent Cyd", "writes"), ("T4", "02 11:00", "agent", "group: back"),
    ]  # fmt: skip
    happened = tuple(
        {"ticket": ticket, "when": f"2026-03-{when}", "who": who, "what": what, "topic": "billing",
         "customer": "Eve" if ticket in ("T2", "T3") else ticket}
        for ticket, when, who, what in rows
    )  # fmt: skip
    t = timelines(Example("charged", happened, ()))
    assert t.chased_from[2] == NOWHERE
    assert t.chased_from[3] == NOWHERE
    moments = as_of.moments_of(t)["chase"]
    assert t.group_at(moments).tolist() == [named("front"), named("front"), 0, named("front")]
    assert t.at(moments)[:2].tolist() == [t.at(t.chases.position)[0], t.events["occurred_at"][t.starts[1] + 3]]
    whose = as_of._chased(t)
    assert whose.tolist() == [named("Ann"), named("Dan"), 0, named("Cyd")]


@cases(LIVES)
def test_chases_are_those_that_a_slow_telling_gives(some):
    happened, lives = [], [[] for _ in some]
    for number, life in enumerate(some):
        minute = 540 + 7 * number
        for nth, (gap, (who, what)) in enumerate([(0, ("customer", "writes")), *life]):
            minute += gap if nth else 0
            at = (MONDAY.astimezone(datetime.UTC) + datetime.timedelta(minutes=minute)).astimezone(ZONE)
            happened.append({"ticket": f"T{number}", "when": f"{at:%Y-%m-%d %H:%M}", "who": who, "what": what})
            lives[number].append(Event(int(at.timestamp()), who, what))
    t = timelines(Example("made up", tuple(happened), ()))
    found = t.chases
    ours = list(zip(found.ticket, t.at(found.position), found.is_structural, found.is_lexical, strict=True))
    slowly = [
        (n, one.at, one.is_structural, one.is_lexical) for n, life in enumerate(lives) for one in asking_again(life)[0]
    ]
    assert [tuple(map(int, one)) for one in ours] == [tuple(map(int, one)) for one in slowly]
