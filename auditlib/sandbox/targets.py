"""The answer key of service levels: what was promised of a ticket, by when, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from auditlib.sandbox.build import World
from auditlib.sandbox.instants import iso, iso_or_none
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.zendesk.metrics import status_stays

WAITING = ("new", "open", "hold")
FOREVER = 1 << 40


class Wait(NamedTuple):
    """Something that a policy limits: when its clock ran, when it ended, and how."""

    promises: str
    pieces: list[tuple[int, int]]
    ended_at: int
    how: str


def targets(world: World, plan: Plan, until: int) -> Iterator[dict[str, Any]]:
    """Each target of a ticket as at a moment: the policy's at each priority, until it was replaced in time."""
    policy = world.company.policy_for(plan.customer.tier)
    told = [(a.at, c.new) for a in plan.acts for c in a.changes if c.field == "priority" and a.at < until]
    # An urgent ticket that is made urgent is promised nothing anew.
    ranks = [rank for i, rank in enumerate(told) if i == 0 or rank[1] != told[i - 1][1]]
    for wait in _waits(plan, until):
        minutes = policy.first_reply if wait.promises == "first_reply" else policy.requester_wait
        for (since, priority), (replaced, _) in pairwise([*ranks, (FOREVER, "")]):
            if since >= wait.ended_at > wait.pieces[0][0] or replaced <= wait.pieces[0][0]:
                continue
            due = _due(world, plan, wait, minutes[priority] * 60)
            is_breached = due is not None and due < min(wait.ended_at, replaced, until)
            if replaced < wait.ended_at and not is_breached:
                continue
            state = "breached" if is_breached else wait.how
            yield {
                "promises": wait.promises, "policy": policy.title, "priority": priority, "state": state,
                "applied_at": iso(max(since, wait.pieces[0][0])), "minutes": minutes[priority],
                "fulfilled_at": iso_or_none(None if wait.how in ("active", "cancelled") else wait.ended_at),
                "due_at": iso_or_none(due) if is_breached else None,
            }  # fmt: skip


def _waits(plan: Plan, until: int) -> Iterator[Wait]:
    facts = plan.facts
    gone = min(at for at in (facts.merged_at, facts.deleted_at, FOREVER) if at is not None)
    if facts.turns and facts.turns[0]["opened_at"] < until:
        turn = facts.turns[0]
        ended = turn["closed_at"] if turn["closed_at"] is not None and turn["closed_at"] < until else FOREVER
        ways = {"answered": "achieved", "closed_unanswered": "fulfilled_without_reply"}
        how = "active" if ended == FOREVER else ways.get(turn["state"], "cancelled")
        yield Wait("first_reply", [(turn["opened_at"], ended)], ended, how)
    wrote = [a.at for a in plan.acts if a.message and a.actor == plan.customer.id]
    if facts.in_scope == "outbound" and not [at for at in wrote if at < until]:
        return
    begins = plan.created_at
    if plan.opened_by != plan.customer.id and wrote and wrote[0] < until:
        begins = wrote[0]
    stays = [s for s in status_stays(plan, [a for a in plan.acts if a.at < until])]
    ran = [(max(s.begin, begins), s.end or FOREVER) for s in stays if s.status in WAITING]
    pieces = [(a, b) for a, b in ran if a < b] or [(begins, begins)]
    done = stays[-1].status in ("solved", "closed")
    solves = [s["at"] for s in facts.solves if s["at"] < until]
    ended = (solves[-1] if solves else stays[-1].begin) if done else gone if gone < until else FOREVER
    cancelled = gone <= ended and gone < until and not facts.restored_at
    how = "cancelled" if cancelled else "achieved" if done else "active"
    yield Wait("requester_wait", pieces, min(ended, gone) if cancelled else ended, how)


def _due(world: World, plan: Plan, wait: Wait, seconds: int) -> int | None:
    """When the wait has used up so many working seconds, on the schedule held at each moment; None if it has not."""
    given = [(a.at, c.new) for a in plan.acts for c in a.changes if c.field == "schedule"]
    left = seconds
    for begin, end in wait.pieces:
        for (since, schedule), (before, _) in pairwise([(0, given[0][1]), *given[1:], (FOREVER, None)]):
            first, last = max(begin, since), min(end, before, world.end)
            hours = world.company.schedule(schedule).open
            if first >= last:
                continue
            worked = hours.between(first, last)
            if worked >= left:
                return hours.after(first, left)
            left -= worked
    return None
