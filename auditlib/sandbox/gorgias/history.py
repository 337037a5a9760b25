"""The events of a ticket: one for each thing that changed, all of one act in the same context."""

from __future__ import annotations

import uuid
from typing import Any

from auditlib.sandbox.gorgias.people import everyone, is_user, stamp
from auditlib.sandbox.gorgias.ticket import CLOSED, OPEN, RULE, SNOOZED, STATUSES
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

FIRST_EVENT, A_TICKET, AN_ACT = 2_000_000_000, 20_000, 20
MOVED = {OPEN: ["ticket-reopened"], CLOSED: ["ticket-closed"], SNOOZED: ["ticket-closed", "ticket-snoozed"]}
"""Who snoozes a ticket closes it in the same act."""


def events(view: View, plan: Plan) -> list[Payload]:
    """What happened to a ticket, the oldest first."""
    return _Events(view, plan).told


class _Events:
    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan, self.told = view, plan, list[Payload]()
        self._status = OPEN
        for number, act in enumerate(acts_until(plan, view.now)):
            self._acted(number, act)

    def _acted(self, number: int, act: Act) -> None:
        self._number, self._place, self._at = number, 0, act.at
        by = self._view.once(everyone).get(act.actor)
        self._by = by.id if by is not None and is_user(self._plan, by) and not act.via.startswith("rule") else None
        self._has_rule = False
        if number == 0:
            self._add("ticket-created", None)
        custom = next((change.new for change in act.changes if change.field == "custom_status"), None)
        for change in sorted(act.changes, key=lambda change: change.rule is not None):
            # What a rule does comes behind the event that it ran, and names nobody.
            if (change.rule or act.via.startswith("rule")) and not self._has_rule:
                self._by, self._has_rule = None, True
                self._add("rule-executed", {"id": RULE, "name": change.rule or act.via})
            self._changed(change, custom)

    def _changed(self, change: Change, custom: str | None) -> None:
        if change.field == "assignee_id":
            data = {"assignee_user_id": change.new}
            self._add(*(("ticket-assigned", data) if change.new else ("ticket-unassigned", None)))
        elif change.field == "group_id":
            self._add("ticket-team-assigned", {"assignee_team_id": change.new})
        elif change.field == "tags":
            self._add("ticket-tags-added", {"tags_added": [1]})
        elif change.field in ("status", "custom_status"):
            self._moved(change, custom)

    def _moved(self, change: Change, custom: str | None) -> None:
        is_spam = self._plan.facts.in_scope == "spam"
        if change.new == "deleted":
            self._add("ticket-marked-spam" if is_spam else "ticket-trashed", None)
        elif change.old == "deleted":
            self._add("ticket-unmarked-spam" if is_spam else "ticket-untrashed", None)
        now = STATUSES.get(custom or change.new, self._status)
        if now != self._status:
            self._status = now
            for kind in MOVED[now]:
                self._add(kind, None)

    def _add(self, kind: str, data: Payload | None) -> None:
        number = FIRST_EVENT + self._plan.id * A_TICKET + self._number * AN_ACT + self._place
        self._place += 1
        self.told.append({
            "id": number, "uri": f"/api/events/{number}/", "type": kind, "object_type": "Ticket",
            "object_id": self._plan.id, "user_id": self._by, "data": data,
            "context": str(uuid.UUID(int=self._plan.id * A_TICKET + self._number)),
            "created_datetime": stamp(self._at, self._number % 500 * 1000 + self._place),
        })  # fmt: skip
