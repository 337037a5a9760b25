"""What service levels limit, when it falls due and what became of it, by hand."""

from __future__ import annotations

import pytest

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.clocks import Roster
from auditlib.span import NEVER
from auditlib.timelines import TargetState
from auditlib.timelines.policies import Promised
from tests.verbs.made import CUT, GOLD, HOUR, NORMAL, SILVER, URGENT, created, made, open_from, status


def said(at, ticket=0):
    """The customer writes."""
    return ticket, at, Kind.message, {"actor": 1, "actor_class": ActorClass.customer}


def replied(at, ticket=0):
    return ticket, at, Kind.message, {}


def gone(at, ticket=0):
    return ticket, at, Kind.deleted, {}


def merged(at, ticket=0):
    return ticket, at, Kind.merged_into, {"new": 9}


def applied(at, policy, ticket=0):
    return ticket, at, Kind.sla_applied, {"new": policy}


def runs(*rows, **columns):
    """(promised, opened, ended, kept, cancelled) of everything that a target may limit, and its clock's pieces."""
    found = made(*rows, **columns).promisable
    names = [Promised(one).name for one in found.promised.tolist()]
    told = zip(
        found.ticket.tolist(), names, found.opened.tolist(), found.ended.tolist(), found.is_kept.tolist(),
        found.is_cancelled.tolist(), strict=True,
    )  # fmt: skip
    return [one[1:] if columns.get("n", 1) == 1 else one for one in told]


def only(promised, *rows, **columns):
    return [one[1:] for one in runs(*rows, **columns) if one[0] == promised]


def test_a_ticket_went_into_another_when_it_was_first_told_or_with_its_last_event():
    rows = created(0, 1000), status(2000, Status.open), created(1, 1000), merged(1500, 1), merged(1800, 1)
    t = made(*rows, status(1900, Status.open, 1), created(2, 1000), n=4, merged_into=[9, 9, 0, 9])
    assert t.merged_away_at.tolist() == [2000, 1500, NEVER, NEVER]


def test_what_came_of_it_before_a_merge_counts_and_what_comes_with_it_or_behind_it_is_cancelled():
    before = only("first_reply", created(0, 1000), replied(1500), merged(2000))
    with_it = only("first_reply", created(0, 1000), merged(2000), replied(2000))
    behind = only("first_reply", created(0, 1000), merged(2000), replied(2500))
    assert before == [(1000, 1500, True, False)]
    assert with_it == behind == [(1000, 2000, False, True)]


def test_what_is_merged_as_it_comes_in_and_what_has_no_history_is_not_promised_anything():
    assert runs(created(0, 1000), merged(1000)) == []
    assert runs(created(0, 1000), has_history=[False]) == []
    assert {one[0] for one in runs(created(0, 1000), created(1, 1000), n=2, has_history=[False, True])} == {1}


def test_what_is_deleted_for_the_second_time_ended_then():
    rows = created(0, 1000), gone(2000), (0, 3000, Kind.restored, {}), gone(4000)
    assert only("resolution", *rows) == [(1000, 4000, False, True)]


def test_an_update_is_owed_until_the_next_one_and_none_by_a_reply_that_solves_or_on_what_is_solved():
    rows = created(0, 1000), replied(2000), replied(5000), replied(7000), status(7000, Status.solved), replied(9000)
    assert only("periodic_update", *rows) == [(2000, 5000, True, False), (5000, 7000, True, False)]


def test_what_is_solved_as_it_comes_in_took_no_time_and_was_promised_all_the_same():
    assert only("resolution", created(0, 1000), status(1000, Status.solved)) == [(1000, 1000, True, False)]


TARGETS = [
    (GOLD, 0, Promised.first_reply, NORMAL, HOUR, False),
    (GOLD, 0, Promised.next_reply, NORMAL, HOUR, False),
    (GOLD, 0, Promised.requester_wait, NORMAL, 3 * HOUR, False),
    (GOLD, 0, Promised.resolution, NORMAL, 5 * HOUR, False),
    (SILVER, 0, Promised.first_reply, NORMAL, HOUR, True),
]


def targets(*rows, n=1, **columns):
    """promised → (state, applied, due, fulfilled), of a ticket of the policy Gold at the priority normal."""
    columns = {"priority": [NORMAL] * n} | columns
    found = made(*rows, n=n, policies=TARGETS, **columns).targets
    columns = (found.promised, found.state, found.applied_at, found.due_at, found.fulfilled_at)
    told = zip(*(column.tolist() for column in columns), strict=True)
    return {Promised(one).name if one else "": (TargetState(state).name, *more) for one, state, *more in told}


def test_an_active_target_is_due_when_its_clock_will_have_run_so_long_and_while_it_pauses_at_no_time():
    late = CUT - HOUR
    found = targets(created(0, late), applied(late, GOLD), said(late))
    assert found["first_reply"] == ("active", late, late + HOUR, NEVER), "what falls due at the watermark is not over"
    assert found["requester_wait"] == ("active", late, late + 3 * HOUR, NEVER)
    assert found["resolution"] == ("active", late, late + 5 * HOUR, NEVER)
    paused = status(late + 600, Status.pending_customer)
    found = targets(created(0, late), applied(late, GOLD), paused)
    assert found["requester_wait"] == ("active", late, NEVER, NEVER)
    assert found["resolution"] == ("active", late, late + 5 * HOUR, NEVER)
    goes_on = status(late + 1200, Status.open)
    found = targets(created(0, late), applied(late, GOLD), paused, goes_on)
    assert found["requester_wait"] == ("active", late, late + 3 * HOUR + 600, NEVER)


def test_what_was_kept_would_have_been_due_had_it_gone_on():
    rows = created(0, 1000), applied(1000, GOLD), replied(2000), status(3000, Status.solved)
    found = targets(*rows)
    assert found["first_reply"] == ("achieved", 1000, 1000 + HOUR, 2000)
    assert found["requester_wait"] == ("achieved", 1000, 1000 + 3 * HOUR, 3000)


def test_a_target_is_applied_with_its_policy_or_when_what_it_limits_begins():
    rows = created(0, 1000), applied(1500, GOLD), replied(2000), said(4000)
    found = targets(*rows)
    assert (found["first_reply"][1], found["next_reply"][1]) == (1500, 4000)


def test_what_is_cancelled_or_cannot_be_measured_was_not_fulfilled():
    rows = created(0, 1000), applied(1000, GOLD)
    assert targets(*rows, merged(2000))["first_reply"] == ("cancelled", 1000, 1000 + HOUR, NEVER)
    assert targets(*rows, gone(2000))["first_reply"] == ("cancelled", 1000, 1000 + HOUR, NEVER)
    unknown = targets(created(0, 1000), applied(1000, SILVER), replied(2000))
    assert unknown["first_reply"] == ("unmeasurable", 1000, NEVER, NEVER)


def test_a_promise_that_is_taken_back_is_cancelled_and_one_that_another_replaces_is_not_shown():
    rows = created(0, 1000), applied(1000, GOLD)
    assert {state for state, *_ in targets(*rows, applied(1500, 0)).values()} == {"cancelled"}
    gold_again = (0, 1500, Kind.priority, {"new": URGENT, "old": NORMAL}), (0, 1600, Kind.priority, {"new": NORMAL})
    solved = status(2000, Status.solved)
    assert targets(*rows, *gold_again, solved)["resolution"] == ("achieved", 1600, 1000 + 5 * HOUR, 2000)


def test_on_hours_a_target_is_due_on_hours():
    roster = Roster([0], [0], [0], [open_from(9, 17)])
    found = targets(created(0, 8 * HOUR), applied(8 * HOUR, SILVER), replied(9 * HOUR), rosters=[("business", roster)])
    assert found["first_reply"] == ("achieved", 8 * HOUR, 10 * HOUR, 9 * HOUR)


def test_only_an_active_target_that_runs_breaks_by_itself_in_the_second_after_it_is_due():
    late = CUT - 2 * HOUR
    rows = created(0, late), applied(late, GOLD), replied(late + 600), said(late + 900)
    found = made(*rows, policies=TARGETS, priority=[NORMAL]).targets
    breaks = {Promised(one).name: at for one, at in zip(found.promised.tolist(), found.breaks_at.tolist(), strict=True)}
    assert breaks == {
        "first_reply": NEVER, "next_reply": NEVER, "requester_wait": late + 3 * HOUR + 1,
        "resolution": late + 5 * HOUR + 1,
    }  # fmt: skip
    paused = made(*rows[:2], status(late + 60, Status.pending_customer), policies=TARGETS, priority=[NORMAL]).targets
    assert paused.breaks_at[paused.promised == Promised.requester_wait].tolist() == [NEVER]


def test_the_first_of_a_tickets_moments():
    assert made(n=3).first_of([0, 0, 1], [5, 3, 9]).tolist() == [3, 9, NEVER]


def test_a_policy_that_promises_nothing_at_a_priority_is_none_and_one_that_nobody_told_of_is_unknown():
    rows = created(0, 1000), applied(1000, GOLD)
    assert {state for state, *_ in targets(*rows, priority=[URGENT]).values()} == {"no_policy"}
    unknown = targets(created(0, 1000), applied(1000, 98), priority=[NORMAL])
    assert unknown == {"": ("unmeasurable", 1000, NEVER, NEVER)}


@pytest.mark.parametrize("policies", [(), TARGETS])
def test_nobody_and_nothing_promised_are_no_error(policies):
    assert len(made(n=0, policies=policies).targets) == 0
    assert made(created(0, 1000), policies=policies, priority=[NORMAL]).targets.state.tolist() == [5]


def test_whose_moment_of_reply_is_exactly_its_due_moment_kept_it():
    rows = created(0, 1000), applied(1000, GOLD)
    in_time, late = (targets(*rows, replied(1000 + HOUR + more))["first_reply"][0] for more in (0, 1))
    assert (in_time, late) == ("achieved", "breached")
