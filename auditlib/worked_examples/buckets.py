"""An example as timelines: its tickets, events, hours, service levels and the links between its tickets."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from auditlib.caselog.words import Status
from auditlib.clocks import OpenHours, Roster, read_hours
from auditlib.episodes import linked, same_issue
from auditlib.scope import Chosen, exclusions
from auditlib.timelines import Timelines
from auditlib.timelines.members import with_members
from auditlib.worked_examples.events import events
from auditlib.worked_examples.names import moment, named, number
from auditlib.worked_examples.policies import agreements, policies
from auditlib.worked_examples.reading import Example

YEAR = 366 * 24 * 60 * 60


def timelines(example: Example, as_of: int | None = None) -> Timelines:
    """The example's events up to a moment (its own by default), with the links between its tickets."""
    names = list(dict.fromkeys(row["ticket"] for row in example.happened))
    cut = example.as_of() if as_of is None else as_of
    t = _unlinked(example, names, cut)
    nothing = np.full(t.n, None, object)
    excluded, _ = exclusions(t, Chosen.none(t.n), np.zeros(t.n, bool), np.ones(t.n, bool))
    t = replace(t, tickets={**t.tickets, "exclusion": excluded})
    return replace(t, links=linked(t, same_issue(t, in_scope=excluded == nothing)))


def _unlinked(example: Example, names: Sequence[str], cut: int) -> Timelines:
    first = {name: next(row for row in example.happened if row["ticket"] == name) for name in names}
    known = events(example, names)
    known = {column: values[known["occurred_at"] < cut] for column, values in known.items()}
    n = len(names)
    customer = [first[name].get("customer") or name for name in names]
    tickets = {
        "key": np.arange(1, n + 1),
        "created_at": np.array([moment(first[name]["when"]) for name in names]),
        "customer": np.unique(customer, return_inverse=True)[1] + 1,
        "status": np.full(n, Status.new),
        "group": np.zeros(n, np.int64),
        "assignee": np.zeros(n, np.int64),
        "merged_into": np.array([number(names, first[name].get("merged_into")) for name in names], np.int64),
        "follow_up_of": np.array([number(names, first[name].get("follow_up_of")) for name in names], np.int64),
        "order": np.array([named(first[name].get("order") or "nobody") for name in names], np.int64),
        "quoted": np.array([str(number(names, first[name].get("quotes")) or "") or None for name in names], object),
        "incident_of": np.array([named(first[name].get("incident") or "nobody") for name in names], np.int64),
        "repeat_window": np.array([int(first[name].get("window") or 7) * 86400 for name in names], np.int64),
        "has_history": np.ones(n, bool),
        "priority": np.zeros(n, np.int64),
        "policy": np.zeros(n, np.int64),
        "tells_policies": np.ones(n, bool),
        "moved_on": np.zeros(n, bool),
        "hours_changed": np.zeros(n, bool),
        "channel": np.array([first[name].get("channel") or "email" for name in names], object),
        "topic": np.array([first[name].get("topic") or None for name in names], object),
    }
    known = with_members(tickets["key"], tickets["merged_into"], known)
    rosters = {clock: _roster(n, cut, hours) for clock, hours in example.hours().items()}
    levels, agreed = policies(example.policies, named, moment), agreements(example.agreements, named)
    return Timelines(tickets, known, np.full(n, cut), rosters, mature_until=cut, policies=levels, agreements=agreed)


def _roster(n: int, cut: int, written_hours: str) -> Roster:
    since = moment("2020-01-01 00:00")
    years = (max(cut, since) - since) // YEAR + 3
    return Roster(np.arange(n), np.full(n, since), np.zeros(n, np.int64), [_hours(written_hours, since, years)])


@functools.cache
def _hours(written: str, since: int, years: int) -> OpenHours:
    intervals, zone = read_hours(written)
    return OpenHours.compile(intervals, zone, (), since, since + years * YEAR)
