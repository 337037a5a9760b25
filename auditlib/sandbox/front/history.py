"""What happened in a conversation, as Front's events: archived, snoozed, moved, written, and by whom."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from auditlib.sandbox.front.people import RULE, everyone, is_inbound, works_here
from auditlib.sandbox.front.words import ARCHIVED, FIELDS, OPEN, SNOOZED, STATUSES
from auditlib.sandbox.past import acts_until, moved_at
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.view import View

A_CONVERSATION = 1_000_000
"""So many numbers has each conversation for its events, its messages and its comments."""
BURST = A_CONVERSATION - 1
TRIAGE = "Triage by topic and region"
HANDED_OVER = "handed over"
DISCUSSION = "discussion"
"""The kind of a conversation in which teammates talk among themselves: it has comments alone."""
Side = tuple[str, Any]
"""What an event comes from or is about: the type that Front gives it, and what tells the rest."""


class Letter(NamedTuple):
    """A message or a comment."""

    number: int
    ms: int
    plan: Plan
    act: Act
    author: int | None
    inbox: int
    draft: str | None = None
    merged_into: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among others."""
        return self.ms, self.number


class Event(NamedTuple):
    """One event of a conversation."""

    ms: int
    number: int
    kind: str
    source: Side | None
    target: Side | None

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among all events."""
        return self.ms, self.number


class Case(msgspec.Struct):
    """A conversation with all that happened in it."""

    plan: Plan
    inbox: int
    events: list[Event] = []
    messages: list[Letter] = []
    comments: list[Letter] = []
    status: str = OPEN
    snoozed: tuple[int, int] | None = None
    """By whom it was snoozed and when, while it is."""
    is_trashed: bool = False
    holder: int | None = None
    tags: list[str] = []
    fields: dict[str, str] = {}


def told(view: View, plan: Plan, merged: list[Plan]) -> Case:
    """The conversation as it is now, with what the conversations merged into it brought along."""
    history = _History(view, plan, {p.facts.merged_at or 0: p for p in merged})
    history.went_on(acts_until(plan, view.now))
    case = history.case
    moved = view.moved(plan)
    if moved > max(moved_at(plan, view.now) or 0, plan.created_at):
        source = ("api", None)
        number = plan.id * A_CONVERSATION + BURST
        case.events.append(Event(moved * 1000, number, "custom_field_updated", source, ("custom_field", "topic")))
    for rows in (case.events, case.messages, case.comments):
        rows.sort(key=lambda row: row.place)
    return case


class _History:
    def __init__(self, view: View, plan: Plan, merged: dict[int, Plan]) -> None:
        self._view, self._plan, self._merged = view, plan, merged
        first = next((c.new for c in plan.acts[0].changes if c.field == "group_id"), 0)
        self.case = Case(plan, first)
        self._at, self._within, self._number = 0, 0, plan.id * A_CONVERSATION
        self._by: Side = ("api", None)

    def went_on(self, acts: list[Act]) -> None:
        for i, act in enumerate(acts):
            self._acted(act, is_first=i == 0)

    def _acted(self, act: Act, is_first: bool) -> None:
        if act.at != self._at:
            self._at, self._within = act.at, 0
        self._by = self._source(act)
        custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
        statuses = [STATUSES.get(custom or c.new) for c in act.changes if c.field == "status"]
        status = statuses[-1] if statuses else STATUSES.get(custom or "")
        if act.via == "system:merge" and act.at in self._merged:
            self._swallowed(self._merged[act.at])
        if self.case.snoozed and status == ARCHIVED and self._by[0] == "teammate":
            # Nobody works on what is snoozed: it has come back in the same second.
            self._add("reminder", ("reminder", self.case.snoozed))
            self.case.status, self.case.snoozed = OPEN, None
        if act.message:
            self._wrote(act, is_first)
        for tag in self._plan.tags if is_first else ():
            self.case.tags.append(tag)
            self._add("tag", ("rule", TRIAGE), ("tag", tag))
        for change in act.changes:
            self._changed(change, is_first)
        if status:
            self._stands(status)

    def _source(self, act: Act) -> Side:
        if act.via.startswith("rule") or act.actor < 0:
            return "rule", act.via.rsplit(":", 1)[-1]
        if is_inbound(self._plan, act.actor) or not works_here(self._view.once(everyone).get(act.actor)):
            return "rule", TRIAGE
        return "teammate", act.actor

    def _wrote(self, act: Act, is_first: bool) -> None:
        case, plan = self.case, self._plan
        inbound = is_inbound(plan, act.actor) and not act.via.startswith("rule")
        by_rule = RULE if plan.id % 2 else None
        author = None if inbound else by_rule if self._by[0] == "rule" else act.actor
        letter = Letter(self._number, self._ms, plan, act, author, case.inbox)
        is_public = act.message is not None and act.message.is_public
        # What is internal from its first words on has an internal message: else it were a discussion.
        if not is_public and (not is_first or plan.kind == DISCUSSION):
            self._noted(letter)
            return
        replies = any(is_inbound(m.plan, m.act.actor) and m.author is None for m in case.messages)
        case.messages.append(letter)
        kind = "inbound" if inbound else "out_reply" if replies else "outbound"
        self._add(kind, ("inboxes", case.inbox), ("message", letter))
        if inbound:
            case.status, case.snoozed = OPEN, None

    def _noted(self, letter: Letter) -> None:
        self.case.comments.append(letter)
        self._add("comment", self._by, ("comment", letter))
        if letter.act.message and letter.act.message.occasion == "hand_over":
            self._add("mention", self._by, ("comment", letter))

    def _changed(self, change: Change, is_first: bool) -> None:
        case, by = self.case, ("rule", change.rule.rsplit(":", 1)[-1]) if change.rule else self._by
        if change.field == "assignee_id":
            case.holder = change.new
            self._add("assign" if change.new else "unassign", by, ("teammate", change.new) if change.new else None)
        elif change.field == "group_id" and not is_first:
            case.inbox = change.new
            self._add("move", by, ("inboxes", change.new))
            self._marked(is_so=True)
        elif change.field == "tags":
            case.tags.append(change.new)
            self._add("tag", by, ("tag", change.new))
        elif change.field in FIELDS:
            case.fields[change.field] = change.new
            self._add("custom_field_updated", by, ("custom_field", change.field))
        elif change.field == "status" and "deleted" in (change.old, change.new):
            case.is_trashed = change.new == "deleted"
            self._add("trash" if case.is_trashed else "restore", by)

    def _stands(self, status: str) -> None:
        case = self.case
        if status == case.status:
            return
        case.status = status
        case.snoozed = (self._by[1], self._at) if status == SNOOZED and self._by[0] == "teammate" else None
        if status == OPEN:
            self._add("reopen", self._by)
        else:
            self._add("archive", ("reminder", case.snoozed) if case.snoozed else self._by)
            self._marked(is_so=False)

    def _marked(self, is_so: bool) -> None:
        """A rule marks what was handed over, until somebody is done with it."""
        case = self.case
        if is_so == (HANDED_OVER in case.tags):
            return
        case.tags = [*case.tags, HANDED_OVER] if is_so else [tag for tag in case.tags if tag != HANDED_OVER]
        self._add("tag" if is_so else "untag", ("rule", "Mark what was handed over"), ("tag", HANDED_OVER))

    def _swallowed(self, other: Plan) -> None:
        """Messages and comments of a merged conversation go on in this one; itself it is gone."""
        theirs, case = told(self._view, msgspec.structs.replace(other, acts=other.acts[:-1]), []), self.case
        case.messages += [letter._replace(merged_into=case.plan.id) for letter in theirs.messages]
        case.comments += [letter._replace(merged_into=case.plan.id) for letter in theirs.comments]
        for event in theirs.events:
            if event.target and isinstance(event.target[1], Letter):
                kind, letter = event.target
                case.events.append(event._replace(target=(kind, letter._replace(merged_into=case.plan.id))))
        self._add("conversations_merged", self._by, ("deleted_conversation_ids", [other.id]))

    @property
    def _ms(self) -> int:
        return self._at * 1000 + min(999, self._within)

    def _add(self, kind: str, source: Side | None, target: Side | None = None) -> None:
        self.case.events.append(Event(self._ms, self._number, kind, source, target))
        self._within += 1
        self._number += 1
