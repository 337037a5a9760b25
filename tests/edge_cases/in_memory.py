"""Stories as timelines, without a helpdesk and a store between: thousands of them in a second."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.clocks import OpenHours, Roster
from auditlib.timelines import Timelines
from auditlib.timelines.members import with_members
from auditlib.timelines.policies import Policies, Promised
from tests.edge_cases.company import CLOSED, GROUPS, POLICIES, SCHEDULES, TOLD, at, person
from tests.edge_cases.oracle import Case, Event, _events
from tests.edge_cases.stories import SAYS, Story

STATUSES = {"pending": Status.pending_customer, "hold": Status.on_hold}
KINDS = {
    "created": Kind.created, "status": Kind.status, "group": Kind.group, "assignee": Kind.assignee,
    "priority": Kind.priority, "policy": Kind.sla_applied, "schedule": Kind.schedule, "merged": Kind.merged_into,
} | dict.fromkeys(SAYS, Kind.message)  # fmt: skip
PRIORITIES = {"low": 61, "normal": 62, "urgent": 63}
MARKERS = {"thanks": Marker.gratitude, "acknowledges": Marker.acknowledgement}
CHANNELS = {"phone_call_inbound": "phone"}
BEGIN, END = at("2024-12-01 00:00"), at("2027-06-01 00:00")


def timelines(stories: Sequence[Story], cut: int) -> Timelines:
    """The stories' tickets in their order, up to a moment."""
    tickets, events, rosters = _told(tuple(stories), cut)
    watermark = np.full(len(stories), cut)
    return Timelines(tickets, events, watermark, rosters, mature_until=cut, policies=_policies())


@functools.cache
def _told(stories: tuple[Story, ...], cut: int) -> tuple[dict, dict, dict[str, Roster]]:
    """What timelines are made of: nothing in it rests on a verb."""
    rows = [row for number, story in enumerate(stories) for row in _rows(number, story)]
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    names = ("ticket", "occurred_at", "kind", "actor", "actor_class", "is_public", "new", "markers", "body_chars")
    events = dict(zip(names, columns, strict=True))
    # What was first set at the creation stands in the events: before them was nothing.
    events["old"] = np.zeros(len(rows), np.int64)
    kept = np.flatnonzero(events["occurred_at"] < cut)
    order = kept[np.lexsort((events["occurred_at"][kept], events["ticket"][kept]))]
    events = {name: values[order] for name, values in events.items()}
    n, zero = len(stories), np.zeros(len(stories), np.int64)
    keys = np.array([s.number for s in stories])
    into = np.array([s.merged_into or 0 for s in stories])
    tickets = {
        "key": keys, "created_at": np.array([s.created_at for s in stories]), "merged_into": into,
        "requester": keys, "customer": keys, "status": zero + Status.new, "group": zero, "assignee": zero,
        "follow_up_of": zero, "order": zero, "incident_of": zero, "priority": zero, "policy": zero,
        "has_history": np.ones(n, bool), "tells_policies": np.ones(n, bool), "moved_on": np.zeros(n, bool),
        "hours_changed": np.zeros(n, bool), "topic": np.full(n, None, object), "quoted": np.full(n, None, object),
        "channel": np.array([CHANNELS.get(s.channel, s.channel) for s in stories], object),
    }  # fmt: skip
    events = with_members(keys, into, events)
    return tickets, events, _rosters(stories)


def _rows(number: int, story: Story) -> list[tuple[int, ...]]:
    return [_row(number, story, event) for event in _events(story) if event.what in KINDS]


def _row(number: int, story: Story, e: Event) -> tuple[int, ...]:
    letters = 0 if e.what not in SAYS else 9 if e.what == "mutters" else 60
    actor = 0 if e.who == "Rule" else person(e.who, story.number)
    is_public = e.what not in ("notes", "mutters")
    whose, marker = ActorClass[e.whose], MARKERS.get(e.what, 0)
    return number, e.at, KINDS[e.what], actor, whose, is_public, _new(story, e), marker, letters


def _new(story: Story, e: Event) -> int:
    match e.what:
        case "status":
            return STATUSES.get(e.word) or Status[e.word]
        case "group":
            return GROUPS.get(e.word, 0)
        case "assignee":
            return 0 if e.word == "nobody" else person(e.word, story.number)
        case "priority":
            return PRIORITIES[e.word]
        case "policy":
            return POLICIES[e.word][0] if e.word in POLICIES else 0
        case "schedule":
            return SCHEDULES[e.word][0]
        case "merged":
            return story.number - 1
    return 0


def _rosters(stories: Sequence[Story]) -> dict[str, Roster]:
    place = {name: n for n, name in enumerate(SCHEDULES)}
    spells = [
        (number, since, place[name]) for number, s in enumerate(stories) for since, name in Case(s, END).schedules()
    ]
    everybody = np.arange(len(stories))
    told = Roster(everybody, 0 * everybody, 0 * everybody, [_hours("told")])
    columns = [np.array(column) for column in zip(*spells, strict=True)]
    return {"business": Roster(*columns, [_hours(name) for name in SCHEDULES]), "promised": told}


@functools.cache
def _hours(name: str) -> OpenHours:
    _, zone, intervals, closed = SCHEDULES[name] if name != "told" else (0, "Europe/Berlin", TOLD, CLOSED)
    return OpenHours.compile(intervals, zone, closed, BEGIN, END)


def _policies() -> Policies:
    return Policies.of(
        (policy, 0, int(Promised[promised]), PRIORITIES[priority], minutes * 60, on_hours)
        for policy, targets in POLICIES.values()
        for (promised, priority), (minutes, on_hours) in targets.items()
    )
