"""All conversations and all their events, in order: the company's, and what is none of its tickets."""

from __future__ import annotations

from auditlib.sandbox.front.history import A_CONVERSATION, DISCUSSION, Case, Event, Letter, told
from auditlib.sandbox.front.people import PRIVATE
from auditlib.sandbox.front.words import OPEN
from auditlib.sandbox.instants import DAY, HOUR
from auditlib.sandbox.plan import Act, Change, Facts, Message, Plan
from auditlib.sandbox.view import View

BESIDE = 1_000_000_000
"""From this number on conversations are no tickets: teammates among themselves, and somebody's own mail."""
DRAFT = 900_000
"""The number of a draft among those of its conversation."""


def cases(view: View) -> dict[int, Case]:
    """Every conversation that Front still shows, by number: those in the trash too, until they are purged."""
    merged: dict[int, list[Plan]] = {}
    for plan in view.plans:
        if plan.facts.merged_into and _is_merged(view, plan):
            merged.setdefault(plan.facts.merged_into.id, []).append(plan)
    found = [told(view, plan, merged.get(plan.id, [])) for plan in view.plans if not _is_merged(view, plan)]
    found += [told(view, plan, []) for plan in _beside(view)]
    for case in found:
        _drafted(case)
    return {case.plan.id: case for case in found}


def feed(view: View) -> list[tuple[Event, Case]]:
    """All events, the oldest first; also those of conversations that were purged meanwhile."""
    rows = [(event, case) for case in view.once(cases).values() for event in case.events]
    return sorted(rows, key=lambda row: row[0].place)


def is_purged(view: View, case: Case) -> bool:
    """Whether it has been in the trash for so long that it was deleted for good."""
    scrubbed = case.plan.facts.scrubbed_at
    return case.is_trashed and scrubbed is not None and scrubbed <= view.now


def _is_merged(view: View, plan: Plan) -> bool:
    merged_at = plan.facts.merged_at
    return merged_at is not None and merged_at <= view.now


def _drafted(case: Case) -> None:
    """Whoever works on something has begun an answer and never sent it; half of these could not be sent."""
    if case.holder and case.status == OPEN and case.messages:
        last = case.messages[-1]
        act = Act(last.act.at, case.holder, "web", [], Message(True, "ack", case.plan.salt))
        number, ms = case.plan.id * A_CONVERSATION + DRAFT, case.events[-1].ms + 1
        draft = Letter(number, ms, case.plan, act, case.holder, case.inbox, draft="shared")
        case.messages.append(draft)
        if case.plan.id % 2:
            case.events.append(Event(ms, number, "sending_error", ("recipient", case.plan), ("message", draft)))


def _beside(view: View) -> list[Plan]:
    """A discussion of two teammates, and a mail to one of them alone."""
    company, customer = view.world.company, view.world.customers[0]
    group, at = next(iter(company.groups.values())), company.start + 2 * DAY
    one, other = (agent.id for agent in group.agents[:2])
    said = [Act(at + i * HOUR, who, "web", [], Message(False, "note", i)) for i, who in enumerate((one, other))]
    said[0].changes.append(Change("group_id", None, group.id))
    asked = Act(at, customer.id, "email", [Change("group_id", None, PRIVATE)], Message(True, "ask_login", 1))
    replied = Act(at + HOUR, one, "web", [Change("status", "new", "solved")], Message(True, "answer_login", 1))
    plans = [
        Plan(customer, "email", "login", at, acts[0].actor, "000000", company.products[0], 1,
             Facts(issue=kind, in_scope="internal"), id=BESIDE + i, kind=kind, acts=acts)
        for i, (kind, acts) in enumerate(((DISCUSSION, said), ("private", [asked, replied])))
    ]  # fmt: skip
    return [plan for plan in plans if plan.created_at <= view.now]
