"""Verbs of the timelines on a few rows, with numbers that were worked out by hand: what no page's example shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import OpenHours, Roster
from auditlib.span import NEVER, Parts, Reason, State
from auditlib.timelines import Links, Timelines
from auditlib.timelines.policies import UNKNOWN_POLICY, Policies, Promised

CUSTOMER, ANN, BOB = 1, 11, 12
GOLD, SILVER, NORMAL, URGENT = 51, 52, 61, 62
CUT = 100_000


def made(*rows, n=1, policies=(), rosters=(), **columns):
    """Timelines of (ticket, moment, kind, more) in order; each ticket begins with what is first of it."""
    names = (
        "ticket",
        "occurred_at",
        "kind",
        "actor",
        "actor_class",
        "is_public",
        "old",
        "new",
        "markers",
        "body_chars",
    )
    usual = {"actor": ANN, "actor_class": ActorClass.agent, "is_public": 1, "body_chars": 60}
    told = [usual | {"ticket": ticket, "occurred_at": at, "kind": kind, **more} for ticket, at, kind, more in rows]
    events = {name: np.array([int(row.get(name, 0)) for row in told], np.int64) for name in names}
    first = {row["ticket"]: row["occurred_at"] for row in reversed(told)}
    zero = np.zeros(n, np.int64)
    tickets = {
        "key": np.arange(1, n + 1), "created_at": np.array([first.get(i, 0) for i in range(n)]),
        "merged_into": zero, "status": zero + Status.open, "group": zero, "assignee": zero, "priority": zero,
        "policy": zero, "tells_policies": np.ones(n, bool), "has_history": np.ones(n, bool),
        "channel": np.full(n, "email", object),
    }  # fmt: skip
    tickets |= {name: np.array(values) for name, values in columns.items()}
    return Timelines(tickets, events, np.full(n, CUT), dict(rosters), policies=Policies.of(policies))


def created(ticket, at, **more):
    return ticket, at, Kind.created, {"actor": CUSTOMER, "actor_class": ActorClass.customer, **more}


# schedules


def given(*moments):
    rows = [created(0, 1000), *[(0, at, Kind.schedule, {"new": schedule}) for at, schedule in moments]]
    return made(*rows, created(1, 1000), (1, 1061, Kind.schedule, {"new": 9}), n=2)


def test_a_schedule_holds_from_when_it_was_given_and_the_default_before():
    t = given((1500, 7), (1600, 8))
    moments = np.array([1000, 1499, 1500, 1599, 1600, 9000])
    assert t.schedule_at(np.zeros(6, int), moments, [5, 6]).tolist() == [5, 5, 7, 7, 8, 8]
    assert t.schedule_at(np.ones(3, int), np.array([1060, 1061, 2000]), [5, 6]).tolist() == [6, 9, 9]


def test_each_ticket_has_a_first_schedule_of_its_own():
    rows = [(0, Kind.created, 0), (0, Kind.schedule, 7), (9, Kind.schedule, 8)]
    t = made(*[(ticket, 1000 + at, kind, {"new": new}) for ticket in range(3) for at, kind, new in rows], n=3)
    assert t.schedule_at(np.arange(3), np.array([1008] * 3), [5] * 3).tolist() == [7, 7, 7]
    assert t.schedule_at(np.arange(3), np.array([1009] * 3), [5] * 3).tolist() == [8, 8, 8]


def test_only_the_first_schedule_holds_from_creation_and_only_within_a_minute():
    t = given((1010, 7), (1050, 8))
    assert t.schedule_at(np.zeros(3, int), np.array([1000, 1049, 1050]), [5, 6]).tolist() == [7, 7, 8]
    at_once, later = given((1060, 7)), given((1061, 7))
    assert at_once.schedule_at(np.array([0]), np.array([1000]), [5, 6]).tolist() == [7]
    assert later.schedule_at(np.array([0, 0]), np.array([1060, 1061]), [5, 6]).tolist() == [5, 7]


def test_without_any_schedule_the_default_of_each_ticket_holds():
    t = made(created(0, 1000), created(1, 1000), n=2)
    assert t.schedule_at(np.array([1, 0]), np.array([5000, 5000]), [5, 6]).tolist() == [6, 5]


# statuses


def test_only_a_change_of_status_hides_a_status():
    assert made(created(0, 0), (0, 60, Kind.group, {"new": Status.deleted})).status_after.tolist() == [Status.new] * 2
    assert made(created(0, 0), status(60, Status.deleted)).status_after.tolist() == [Status.new, Status.deleted]


def test_whoever_made_the_last_solve_solved_it():
    rule = {"actor": 0, "actor_class": ActorClass.automation}
    reopened = status(2000, Status.open)
    by_agent = made(created(0, 0), status(1000, Status.solved, **rule), reopened, status(3000, Status.solved))
    by_rule = made(created(0, 0), status(1000, Status.solved), reopened, status(3000, Status.solved, **rule))
    assert (by_agent.is_solved_by_human.tolist(), by_rule.is_solved_by_human.tolist()) == ([True], [False])


# who opened it


def test_what_an_agent_passes_on_without_own_words_was_opened_by_the_customer():
    opens = created(0, 1000, actor=ANN, actor_class=ActorClass.agent)
    theirs = {"actor": CUSTOMER, "actor_class": ActorClass.customer}
    asks, later = (0, 1000, Kind.message, theirs), (0, 1001, Kind.message, theirs)
    own = (0, 1000, Kind.message, {})
    told = {"passed on": (opens, asks), "own words": (opens, own, asks), "later": (opens, later), "alone": (opens,)}
    found = {name: bool(made(*rows).is_opened_by_agent[0]) for name, rows in told.items()}
    assert found == {"passed on": False, "own words": True, "later": True, "alone": True}
    assert made(opens, asks).is_message.tolist() == [False, True]


# policies


def spells(*rows, n=1, **columns):
    targets = [
        (GOLD, 0, Promised.first_reply, NORMAL, 60, False),
        (GOLD, 5000, Promised.first_reply, NORMAL, 30, False),
    ]
    found = made(*rows, n=n, policies=[*targets, (SILVER, 0, Promised.first_reply, NORMAL, 90, False)], **columns)
    told = found.policy_spells
    names = ("ticket", "policy", "version", "priority", "began", "ended")
    return [tuple(int(getattr(told, name)[row]) for name in names) for row in range(len(told.ticket))]


def applied(at, policy, ticket=0):
    return ticket, at, Kind.sla_applied, {"new": policy}


def ranked(at, new, old=0, ticket=0):
    return ticket, at, Kind.priority, {"new": new, "old": old}


def test_a_ticket_of_which_nothing_is_told_has_the_policy_that_fits_at_its_present_priority():
    assert spells(created(0, 1000), policy=[GOLD], priority=[NORMAL]) == [(0, GOLD, 0, NORMAL, 1000, NEVER)]


def test_what_was_told_once_is_believed_and_what_fits_is_not():
    rows = created(0, 1000), applied(3000, GOLD)
    assert spells(*rows, policy=[SILVER], priority=[NORMAL]) == [
        (0, 0, -1, NORMAL, 1000, 3000),
        (0, GOLD, 0, NORMAL, 3000, NEVER),
    ]


def test_the_first_change_of_the_priority_says_what_it_was_before():
    rows = created(0, 1000), applied(1000, GOLD), ranked(2000, URGENT, old=NORMAL), ranked(3000, NORMAL, old=URGENT)
    assert spells(*rows, priority=[NORMAL]) == [
        (0, GOLD, 0, NORMAL, 1000, 2000),
        (0, GOLD, 0, URGENT, 2000, 3000),
        (0, GOLD, 0, NORMAL, 3000, NEVER),
    ]


def test_of_a_policy_that_goes_and_one_that_comes_in_the_same_second_the_one_that_comes_holds():
    rows = created(0, 1000), applied(1000, GOLD), applied(2000, 0), applied(2000, SILVER), applied(3000, SILVER)
    assert spells(*rows, priority=[NORMAL]) == [
        (0, GOLD, 0, NORMAL, 1000, 2000),
        (0, SILVER, 2, NORMAL, 2000, NEVER),
    ]


def test_of_policies_given_in_one_second_the_last_one_holds():
    for first, last in ((GOLD, SILVER), (SILVER, GOLD)):
        rows = created(0, 1000), applied(1000, first), applied(1000, 0), applied(1000, last), applied(2000, 0)
        assert [row[1] for row in spells(*rows, priority=[NORMAL])] == [last, 0]


def test_of_a_policy_that_comes_and_one_that_goes_in_one_second_the_one_that_came_holds():
    rows = created(0, 1000), applied(1000, GOLD), applied(2000, SILVER), applied(2000, 0)
    assert [row[1] for row in spells(*rows, priority=[NORMAL])] == [GOLD, SILVER]


def test_a_priority_in_the_second_of_a_policy_is_no_policy():
    rows = created(0, 1000), applied(1000, GOLD), ranked(1000, NORMAL), applied(2000, 0), ranked(2000, URGENT)
    assert [row[1:4] for row in spells(*rows)] == [(GOLD, 0, NORMAL), (0, -1, URGENT)]


def test_policies_of_which_nobody_told_are_told_apart_and_other_events_are_no_new_promise():
    rows = created(0, 1000), applied(1000, GOLD), status(6000, Status.pending_customer), applied(7000, 98)
    assert [row[1:5] for row in spells(*rows, applied(8000, 0), priority=[NORMAL])] == [
        (GOLD, 0, NORMAL, 1000),
        (98, -1, NORMAL, 7000),
        (0, -1, NORMAL, 8000),
    ]


def test_a_version_holds_for_what_is_applied_after_it():
    rows = created(0, 1000), applied(1000, GOLD), applied(6000, GOLD)
    assert [row[2:5] for row in spells(*rows, priority=[NORMAL])] == [(0, NORMAL, 1000), (1, NORMAL, 6000)]


def test_each_ticket_has_spells_of_its_own_and_an_untold_one_none():
    rows = created(0, 1000), applied(1000, GOLD), created(1, 1000), created(2, 1000), applied(1000, SILVER, ticket=3)
    rows = *rows[:-1], created(3, 1000), rows[-1]
    found = spells(*rows, n=4, tells_policies=[True, True, False, True], has_history=[True, True, True, False],
                   policy=[SILVER, UNKNOWN_POLICY, GOLD, GOLD], priority=[NORMAL, URGENT, NORMAL, NORMAL])  # fmt: skip
    assert found == [(0, GOLD, 0, NORMAL, 1000, NEVER), (1, UNKNOWN_POLICY, -1, URGENT, 1000, NEVER)]
    assert spells() == []


# backlog


def status(at, new, ticket=0, **more):
    return ticket, at, Kind.status, {"new": new, **more}


def told_spells(t):
    s = t.spells
    closed = [None if at == NEVER else int(at) for at in t.closed_at(s)]
    return list(zip(s.ticket.tolist(), t.opened_at(s).tolist(), closed, s.opened_as, s.closed_as, strict=True))


def test_a_merge_takes_out_of_the_backlog_whichever_second_half_of_the_update_comes_first():
    closes, merges = status(2000, Status.closed), (0, 2000, Kind.merged_into, {"new": 2})
    for order in ((closes, merges), (merges, closes)):
        assert told_spells(made(created(0, 1000), *order)) == [(0, 1000, 2000, "created", "merged")]
    earlier = (0, 1999, Kind.merged_into, {"new": 2})
    assert told_spells(made(created(0, 1000), earlier, closes)) == [(0, 1000, 1999, "created", "merged")]


def test_what_is_merged_as_it_is_created_was_in_the_backlog_for_no_time():
    rows = created(0, 1000), status(1000, Status.closed), (0, 1000, Kind.merged_into, {"new": 2})
    assert told_spells(made(*rows)) == [(0, 1000, 1000, "created", "merged")]


def test_a_ticket_that_shows_a_status_after_its_merge_is_back():
    rows = created(0, 1000), (0, 2000, Kind.merged_into, {"new": 2}), status(3000, Status.open)
    solved = status(4000, Status.solved)
    assert told_spells(made(*rows, solved)) == [
        (0, 1000, 2000, "created", "merged"),
        (0, 3000, 4000, "reopened", "solved"),
    ]


def test_another_tickets_merge_and_deletion_say_nothing_of_this_one():
    rows = created(0, 1000), (0, 2000, Kind.deleted, {}), (0, 2000, Kind.merged_into, {"new": 9})
    rows += created(1, 2000), status(3000, Status.solved, ticket=1), status(4000, Status.open, ticket=1)
    assert told_spells(made(*rows, n=2)) == [
        (0, 1000, 2000, "created", "deleted"),
        (1, 2000, 3000, "created", "solved"),
        (1, 4000, None, "reopened", None),
    ]


def test_what_is_restored_unsolved_comes_back_and_what_is_solved_does_not():
    rows = created(0, 1000), (0, 2000, Kind.deleted, {}), (0, 3000, Kind.restored, {}), status(4000, Status.solved)
    rows += (0, 5000, Kind.deleted, {}), (0, 6000, Kind.restored, {})
    assert told_spells(made(*rows)) == [
        (0, 1000, 2000, "created", "deleted"),
        (0, 3000, 4000, "restored", "solved"),
    ]


# attention


def test_what_shows_that_a_human_looks_after_a_ticket():
    rows = [
        created(0, 1000),
        (0, 1100, Kind.message, {"is_public": 0, "body_chars": 19}),
        (0, 1200, Kind.message, {"is_public": 0, "body_chars": 20}),
        (0, 1300, Kind.message, {"is_public": 1, "body_chars": 3}),
        (0, 1400, Kind.assignee, {"new": ANN}),
        (0, 1500, Kind.assignee, {"new": BOB, "actor": 0, "actor_class": ActorClass.automation}),
        (0, 1600, Kind.group, {"new": 3}),
        status(1700, Status.pending_customer),
        (0, 1800, Kind.field, {"is_public": 0, "body_chars": 99}),
        (0, 1900, Kind.message, {"is_public": 0, "body_chars": 99, "actor_class": ActorClass.bot}),
    ]
    assert made(*rows).human_acts.nonzero()[0].tolist() == [2, 3, 4, 6]


def test_an_agents_opening_shows_that_a_human_is_there():
    opened = created(0, 1000, actor=ANN, actor_class=ActorClass.agent)
    assert made(opened).human_acts.tolist() == [True]


def test_whoever_had_it_before_the_first_change_had_it_from_its_creation():
    rows = created(0, 1000), (0, 2000, Kind.assignee, {"old": ANN, "new": 0}), (0, 3000, Kind.assignee, {"new": BOB})
    rows += created(1, 1000), (1, 2000, Kind.assignee, {"new": 0, "old": 0}), (1, 3000, Kind.assignee, {"new": BOB})
    rows += created(2, 1000), created(3, 1000)
    t = made(*rows, n=4, assignee=[BOB, 0, ANN, 0])
    assert t.first_assigned_at.tolist() == [1000, 3000, 1000, NEVER]


# spans


def open_from(hour, until):
    """Every day from one hour to another, UTC."""
    week = [(day * 1440 + hour * 60, day * 1440 + until * 60) for day in range(7)]
    return OpenHours.compile(tuple(week), "Etc/UTC", (), 0, 10 * 86_400)


def test_a_sum_goes_by_the_schedule_of_each_part_or_by_that_of_the_moment_when_it_was_settled():
    morning, day = open_from(0, 6), open_from(0, 12)
    hour = 3600
    roster = Roster(np.array([0, 0]), np.array([0, 8 * hour]), np.array([0, 1]), [morning, day])
    rows = created(0, 0), status(2 * hour, Status.pending_customer), status(9 * hour, Status.open)
    rows += (status(11 * hour, Status.solved),)
    t = made(*rows, rosters=[("business", roster)])
    statuses = (Status.new, Status.open)
    assert t.time_in(statuses, "business").minutes.tolist() == [240.0]
    assert replace(t, schedule_mode="last").time_in(statuses, "business").minutes.tolist() == [240.0]
    # In the hours of the morning alone nothing passes from nine to eleven.
    until_eight = status(8 * hour - 1, Status.solved)
    reopened = made(*rows[:2], until_eight, rosters=[("business", roster)])
    assert reopened.time_in((Status.pending_customer,), "business").minutes.tolist() == [240.0]


def test_business_time_without_a_known_schedule_is_unmeasurable_and_calendar_time_is_not():
    t = made(created(0, 0), status(3600, Status.solved))
    span = t.time_in((Status.new, Status.open), "business")
    assert (int(span.state[0]), int(span.reason[0])) == (State.unmeasurable, Reason.no_schedule)
    assert t.time_in((Status.new, Status.open), "calendar").minutes.tolist() == [60.0]


HOUR = 3600


def from_eight(mode="cumulative"):
    """A ticket of the first night, whose hours are known from eight in the morning on; it is open at the watermark."""
    roster = Roster(np.array([0]), np.array([8 * HOUR]), np.array([0]), [open_from(0, 24)])
    return replace(made(created(0, 0), rosters=[("business", roster)]), schedule_mode=mode)


def told(span):
    return [(State(int(state)).name, minutes) for state, minutes in zip(span.state, span.minutes.tolist(), strict=True)]


def test_a_time_that_began_before_its_hours_were_known_is_unmeasurable_in_either_mode():
    for mode in ("cumulative", "last"):
        t = from_eight(mode)
        for ended in (9 * HOUR, NEVER):
            ((state, _),) = told(t.span(np.array([0]), np.array([ended]), "business"))
            assert state == "unmeasurable"
            ((state, _),) = told(t.span(np.array([0]), np.array([ended]), "calendar"))
            assert state == ("waiting" if ended == NEVER else "observed")
        assert told(t.span(np.array([8 * HOUR]), np.array([9 * HOUR]), "business")) == [("observed", 60.0)]
        assert told(t.span(np.array([8 * HOUR]), np.array([NEVER]), "business"))[0][0] == "waiting"
    assert told(from_eight().time_in((Status.new,), "business"))[0][0] == "unmeasurable", "it is still new"
    assert told(from_eight().time_in((Status.new,), "calendar"))[0][0] == "waiting"


def test_what_runs_has_run_since_it_began():
    t = from_eight()
    running = t.span(np.array([9 * HOUR]), np.array([NEVER]), "business")
    assert t.running_minutes(running, "business").tolist() == [(CUT - 9 * HOUR) / 60]


def test_more_than_so_many_minutes_have_passed_a_second_later():
    roster = Roster(np.array([0]), np.array([0]), np.array([0]), [open_from(9, 17)])
    t = made(created(0, 0), rosters=[("business", roster)])
    assert t.passes_at(np.array([0]), 90, "business", np.array([0])).tolist() == [10 * HOUR + 1800 + 1]
    assert t.passes_at(np.array([0]), 90, "promised", np.array([0])).tolist() == [NEVER]


def test_a_sum_ends_with_its_last_part():
    rows = created(0, 0), status(HOUR, Status.pending_customer), status(3 * HOUR, Status.open)
    t = made(*rows, status(4 * HOUR, Status.solved))
    assert t.time_in((Status.pending_customer,), "calendar").ended.tolist() == [3 * HOUR]
    assert made(*rows).time_in((Status.pending_customer,), "calendar").ended.tolist() == [NEVER]


def test_a_sum_that_nobody_settled_goes_by_the_schedule_at_the_end_of_its_last_part():
    morning, day = open_from(0, 6), open_from(0, 12)
    roster = Roster(np.array([0, 0]), np.array([0, 8 * HOUR]), np.array([0, 1]), [morning, day])
    t = replace(made(created(0, 0), rosters=[("business", roster)]), schedule_mode="last")
    parts = Parts(np.array([0, 0]), np.array([5 * HOUR, 7 * HOUR]), np.array([7 * HOUR, 9 * HOUR]))
    settled = t.total(parts, "business", np.array([State.observed]), np.array([0]))
    assert settled.minutes.tolist() == [240.0], "all four hours are within those of the later schedule"


# stays and solves


def came_back(t, *links):
    """(ticket, when it was solved, when the customer came back about it in another ticket)"""
    ticket, solved_at, at = (np.array(column) for column in zip(*links, strict=True))
    later, kind = np.full(len(links), t.n - 1), np.full(len(links), "repeat", object)
    found = Links(ticket, later, kind, np.zeros(len(links), bool), solved_at, at)
    return replace(t, links=found, mature_until=1 << 33)


def test_a_return_undoes_the_solve_before_it_and_no_other_tickets():
    rows = [row for ticket in range(3) for row in (created(ticket, 500), status(1000 + ticket, Status.solved, ticket))]
    t = came_back(made(*rows, created(3, 0), n=4), (0, 1000, 90_000), (2, 1002, 4000))
    lasting, is_sure = t.solve_lasting(7 * 86_400)
    assert (t.at(lasting) == np.array([NEVER, 1001, NEVER, NEVER])).all()
    assert is_sure.tolist() == [False, True, False, False]


def test_a_return_says_nothing_of_a_later_solve():
    rows = created(0, 500), status(1000, Status.solved), status(3000, Status.open), status(5000, Status.solved)
    t = came_back(made(*rows, created(1, 2000), n=2), (0, 1000, 2000))
    assert t.at(t.solve_lasting(7 * 86_400)[0]).tolist() == [5000, NEVER]


def test_what_is_solved_at_once_is_solved_and_what_has_no_history_was_not_solved_beforehand():
    assert made(created(0, 0), status(60, Status.solved)).first_resolution.tolist() == [1]
    t = made(created(0, 0), has_history=[False], status=[Status.solved])
    assert (t.is_done.tolist(), t.is_solved_beforehand.tolist()) == ([True], [False])


def test_by_the_last_schedule_a_sum_goes_by_that_of_the_last_solve_or_of_the_watermark_if_it_is_open():
    morning, day = open_from(0, 6), open_from(0, 12)
    rows = created(0, 0), status(5 * HOUR, Status.pending_customer), status(7 * HOUR, Status.open)
    rows += status(8 * HOUR, Status.solved), status(9 * HOUR, Status.open)

    def pending(*more, changes_at):
        roster = Roster(np.array([0, 0]), np.array([0, changes_at]), np.array([0, 1]), [morning, day])
        t = replace(made(*rows, *more, rosters=[("business", roster)]), schedule_mode="last")
        span = t.time_in((Status.pending_customer,), "business")
        return t.running_minutes(span, "business")[0] if span.state[0] == State.waiting else span.minutes[0]

    solved = status(11 * HOUR, Status.solved)
    assert pending(solved, changes_at=10 * HOUR) == 120
    assert pending(solved, changes_at=12 * HOUR) == 60
    assert pending(changes_at=12 * HOUR) == 120


# holders


def test_who_holds_a_ticket_is_its_own_history_and_never_its_neighbours():
    rows = created(0, 1000), (0, 2000, Kind.group, {"old": 31, "new": 32}), created(1, 1000), created(2, 1000)
    t = made(*rows, (2, 3000, Kind.group, {"new": 33}), n=3, group=[32, 34, 33])
    nowhere = np.full(3, np.iinfo(np.int64).max)
    assert t.group_at(nowhere).tolist() == [32, 34, 33]
    assert t.group_at(np.array([0, 2, 3])).tolist() == [31, 34, 0]
    assert t.first_group.tolist() == [31, 34, 33]
    assert t.group_stations.tolist() == [2, 1, 1]
