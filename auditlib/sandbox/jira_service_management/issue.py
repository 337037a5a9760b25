"""An issue as Jira shows it at a moment: its fields now, its history, and its comments."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.jira_service_management.settings import (
    AUTOMATION,
    ORDER,
    PRIORITIES,
    PROJECT,
    SHARED,
    SITE,
    STARS,
    STARS_AT,
    STATUSES,
    TEAM,
    TOPIC,
    account,
    document,
    status,
    user,
    when,
)  # fmt: skip
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.people import Somebody, everybody, organizations
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Payload = dict[str, Any]

CHANNELS = {
    "email": "email", "web": "portal", "api": "portal", "voice": "jira", "chat": "chat", "native_messaging": "chat",
}  # fmt: skip
SCORES = {"good": 5, "bad": 1}
FIRST_HISTORY, FIRST_COMMENT, AN_ISSUE = 5_000_000, 9_000_000, 1_000


def _everyone(view: View) -> dict[int, Somebody]:
    return {told.id: told for told in everybody(view.world, view.now)}


def person(view: View, number: int | None) -> Payload | None:
    """Somebody by the world's number."""
    return user(view.once(_everyone)[number]) if number in view.once(_everyone) else None


def issue(view: View, plan: Plan) -> Payload:
    """The issue with the fields that were asked for, its channel among its properties."""
    now_is = state(plan, acts_until(plan, view.now))
    # What an agent raises comes from within Jira, be it a call or a mail that was sent first.
    channel = CHANNELS[plan.channel] if plan.opened_by == plan.customer.id else "jira"
    first = acts_until(plan, view.now)[0]
    told = body(plan, first.message, names(view.world.company).get(first.actor, "")) if first.message else ""
    given = [r for r in plan.facts.ratings if r["at"] <= view.now and r["score"] in SCORES]
    number, shown = PRIORITIES[now_is.priority or "normal"]
    group = view.world.company.group(now_is.group_id) if now_is.group_id else None
    return {
        "expand": "", "id": str(plan.id), "key": f"{PROJECT['key']}-{plan.id}",
        "self": f"{SITE}/rest/api/3/issue/{plan.id}", "properties": {"request.channel.type": {"value": channel}},
        "fields": {
            "summary": subject(plan), "description": document(told) if told else None,
            "status": status(now_is.custom_status or now_is.status), "created": when(plan.created_at),
            "updated": when(view.moved(plan)), "reporter": person(view, plan.customer.id),
            "creator": person(view, plan.opened_by), "assignee": person(view, now_is.assignee_id),
            "priority": {"self": "", "id": number, "name": shown, "iconUrl": ""}, "project": PROJECT,
            "labels": sorted(now_is.tags), TEAM: _option(group.id, group.name) if group else None,
            TOPIC: _option(now_is.topic, now_is.topic) if now_is.topic else None, ORDER: plan.order,
            STARS: {"rating": SCORES[given[-1]["score"]]} if given else None,
            STARS_AT: when(given[-1]["at"]) if given else None, SHARED: _shared(view, plan),
            "issuelinks": _links(view, plan),
        },
    }  # fmt: skip


def _companies(view: View) -> dict[int, Payload]:
    """The business customers as a request names them, by their number."""
    return {org.id: {"id": str(org.id), "name": org.name, "_links": {"self": f"{SITE}/organization/{org.id}"}}
            for org in organizations(view.world)}  # fmt: skip


def _shared(view: View, plan: Plan) -> list[Payload]:
    """The organization of a business customer."""
    company = view.once(_companies).get(plan.customer.organization or 0)
    return [company] if company else []


def _duplicates(view: View) -> dict[int, list[Plan]]:
    """Issues that are duplicates by now, by the issue that they were merged into."""
    found: dict[int, list[Plan]] = {}
    for plan in view.plans:
        into, at = plan.facts.merged_into, plan.facts.merged_at
        if into is not None and at is not None and at <= view.now:
            found.setdefault(into.id, []).append(plan)
    return found


def _merges(view: View, plan: Plan) -> list[tuple[Plan, str, str]]:
    """Issues that this one is, or has, a duplicate of by now: the other one, the side of the link, and its words."""
    into = plan.facts.merged_into
    is_one = into is not None and plan in view.once(_duplicates).get(into.id, ())
    found = [(into, "outwardIssue", "duplicates")] if is_one and into is not None else []
    others = view.once(_duplicates).get(plan.id, ())
    return [*found, *((other, "inwardIssue", "is duplicated by") for other in others)]


def _links(view: View, plan: Plan) -> list[Payload]:
    kind = {"id": "10002", "name": "Duplicate", "inward": "is duplicated by", "outward": "duplicates", "self": SITE}
    return [
        {"id": str(20_000 + other.id), "self": f"{SITE}/rest/api/3/issueLink/{20_000 + other.id}", "type": kind,
         side: {"id": str(other.id), "key": f"{PROJECT['key']}-{other.id}", "self": SITE, "fields": {}}}
        for other, side, _ in _merges(view, plan)
    ]  # fmt: skip


def _option(number: Any, name: str) -> Payload:
    return {"self": f"{SITE}/rest/api/3/customFieldOption", "id": str(number), "value": name}


def comments(view: View, plan: Plan) -> list[Payload]:
    """Everything that was written after the description, oldest first."""
    written = [act for act in acts_until(plan, view.now)[1:] if act.message]
    return [_comment(view, plan, act, i) for i, act in enumerate(written)]


def _comment(view: View, plan: Plan, act: Act, place: int) -> Payload:
    assert act.message is not None
    by = AUTOMATION if act.via.startswith("rule") else person(view, act.actor)
    text = body(plan, act.message, names(view.world.company).get(act.actor, ""))
    number = FIRST_COMMENT + plan.id * AN_ISSUE + place
    return {
        "self": f"{SITE}/rest/api/3/issue/{plan.id}/comment/{number}", "id": str(number), "author": by,
        "updateAuthor": by, "body": document(text), "created": when(act.at), "updated": when(act.at),
        "jsdPublic": act.message.is_public, "jsdAuthorCanSeeRequest": True,
    }  # fmt: skip


def histories(view: View, plan: Plan) -> list[Payload]:
    """Every change after the creation, oldest first. What the issue began with is in no entry."""
    return _Histories(view, plan).told


class _Histories:
    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan, self.told = view, plan, list[Payload]()
        self._status = "new" if plan.acts[0].actor == plan.customer.id else "open"
        self._labels = list(plan.tags)
        for i, act in enumerate(acts_until(plan, view.now)):
            custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
            items = [item for c in act.changes for item in self._items(c, custom)]
            items += self._linked(act) if act.via == "system:merge" else []
            if i and items:
                by = AUTOMATION if act.via.startswith("rule") else person(view, act.actor)
                number = FIRST_HISTORY + plan.id * AN_ISSUE + len(self.told)
                self.told.append({"id": str(number), "author": by, "created": when(act.at), "items": items})

    def _items(self, change: Change, custom: str | None) -> list[Payload]:
        if change.field in ("status", "custom_status"):
            return self._moved(custom or change.new)
        if change.field == "assignee_id":
            old, new = (_account(self._view, n) for n in (change.old, change.new))
            return [_item("assignee", "assignee", old, new)]
        if change.field == "group_id":
            return [_item("Team", TEAM, self._team(change.old), self._team(change.new), "custom")]
        if change.field == "topic":
            return [_item("Topic", TOPIC, (change.old, change.old), (change.new, change.new), "custom")]
        if change.field == "priority":
            before, after = PRIORITIES[change.old or "normal"], PRIORITIES[change.new]
            return [_item("priority", "priority", before, after)]
        if change.field == "tags":
            labels, self._labels = " ".join(sorted(self._labels)), [*self._labels, change.new]
            return [_item("labels", "labels", (None, labels), (None, " ".join(sorted(self._labels))))]
        return []

    def _linked(self, act: Act) -> list[Payload]:
        """The link between two issues, which the histories of both tell."""
        told = [
            m for m in _merges(self._view, self._plan) if act.at in (self._plan.facts.merged_at, m[0].facts.merged_at)
        ]
        return [
            _item("Link", "issuelinks", (None, None), (key, f"This issue {words} {key}"))
            for key, words in ((f"{PROJECT['key']}-{other.id}", words) for other, _, words in told)
        ]

    def _team(self, number: int | None) -> tuple[str | None, str | None]:
        return (str(number), self._view.world.company.group(number).name) if number else (None, None)

    def _moved(self, to: str) -> list[Payload]:
        if to not in STATUSES or to == self._status:
            return []
        old, self._status = self._status, to
        return [_item("status", "status", STATUSES[old][:2], STATUSES[to][:2])]


def _account(view: View, number: int | None) -> tuple[str | None, str | None]:
    told = view.once(_everyone).get(number or 0)
    return (account(told.id), told.name) if told else (None, None)


def _item(field: str, number: str, old: tuple[Any, Any], new: tuple[Any, Any], kind: str = "jira") -> Payload:
    return {"field": field, "fieldtype": kind, "fieldId": number, "from": old[0], "fromString": old[1],
            "to": new[0], "toString": new[1]}  # fmt: skip
