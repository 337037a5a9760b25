"""The history of a ticket: a line for its creation, for each change, and for each article that was written into it."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.zammad.settings import PRIORITY, STATES, STATUS, SYSTEM, when
from auditlib.sandbox.zammad.ticket import MERGED, article_id, is_merged

Payload = dict[str, Any]

FIRST_LINE, A_TICKET = 1_000_000_000, 10_000
NAMES = {"assignee_id": "owner", "group_id": "group"}


def history(view: View, plan: Plan) -> list[Payload]:
    """Oldest first. What the ticket began with is in no line."""
    return _Lines(view, plan).told


class _Lines:
    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan = view, plan
        self.told: list[Payload] = []
        self._state = "new" if plan.acts[0].actor == plan.customer.id else "open"
        for i, act in enumerate(acts_until(plan, view.now)):
            self._at, self._by = act.at, SYSTEM if act.via.startswith("rule") else act.actor
            if i == 0:
                self._opened(act)
            elif act.via == "system:merge" and is_merged(plan, act.at) and plan.facts.merged_at == act.at:
                self._merged(i, act)
            else:
                self._acted(i, act)

    def _opened(self, act: Act) -> None:
        self._add("created", object="Ticket", o_id=self._plan.id)
        if act.message:
            self._wrote(0)
        for tag in [*self._plan.tags, *(c.new for c in act.changes if c.field == "tags")]:
            self._tagged(tag)

    def _acted(self, number: int, act: Act) -> None:
        """Zammad saves the ticket first, and the article behind it."""
        custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
        for change in act.changes:
            if change.field == "status":
                self._moved(custom or STATUS[change.new])
            elif change.field == "custom_status":
                self._moved(change.new)
            elif change.field == "tags":
                self._tagged(change.new)
            elif change.field not in ("schedule", "satisfaction_score"):
                self._changed(change)
        if act.message:
            self._wrote(number)
        for other in self._view.plans:
            if other.facts.merged_into is self._plan and other.facts.merged_at == act.at:
                self._add("received_merge", id_from=other.id, id_to=self._plan.id)

    def _merged(self, number: int, act: Act) -> None:
        assert self._plan.facts.merged_into is not None
        if act.message:
            self._wrote(number)
        self._add("merged_into", id_from=self._plan.id, id_to=self._plan.facts.merged_into.id)
        self._wrote(MERGED)
        self._moved("merged")
        owner = next((c.new for a in reversed(self._plan.acts) for c in a.changes if c.field == "assignee_id"), None)
        if owner is not None:
            self._update("owner", str(owner), "-", owner, SYSTEM)
        for change in act.changes:
            if change.field == "tags":
                self._tagged(change.new)

    def _moved(self, name: str) -> None:
        before, self._state = self._state, name
        if before != name:
            self._update("state", before, name, STATES[before][0], STATES[name][0])

    def _changed(self, change: Change) -> None:
        name = NAMES.get(change.field, change.field)
        if name == "priority":
            (old, was), (new, now) = PRIORITY[change.old or "normal"], PRIORITY[change.new]
            self._update(name, was, now, old, new)
        elif change.field in NAMES:
            self._update(
                name, str(change.old or "-"), str(change.new or "-"), change.old or SYSTEM, change.new or SYSTEM
            )
        else:
            self._update(name, str(change.old or ""), str(change.new or ""))

    def _tagged(self, tag: str) -> None:
        self._add("added", attribute="tag", value_from="", value_to=tag)

    def _wrote(self, number: int) -> None:
        self._add(
            "created", object="Ticket::Article", o_id=article_id(self._plan, number), related_o_id=self._plan.id,
            related_object="Ticket",
        )  # fmt: skip

    def _update(self, name: str, was: str, now: str, old: int | None = None, new: int | None = None) -> None:
        ids = {} if old is None and new is None else {"id_from": old, "id_to": new}
        self._add("updated", attribute=name, value_from=was, value_to=now, **ids)

    def _add(self, kind: str, **more: Any) -> None:
        number = FIRST_LINE + self._plan.id * A_TICKET + len(self.told)
        line = {"id": number, "type": kind, "object": "Ticket", "o_id": self._plan.id, **more}
        self.told.append({**line, "created_by_id": self._by, "created_at": when(self._at)})
