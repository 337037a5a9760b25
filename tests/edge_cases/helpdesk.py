"""The stories as a Zendesk account on the loopback: written from Zendesk's documentation, without the sandbox."""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.edge_cases import company
from tests.edge_cases.company import GROUPS, POLICIES, RAILS, ROLES, SCHEDULES, STAFF, person
from tests.edge_cases.stories import Act, Story, Update
from tests.loopback import Answer, Request, Server, serving

BODIES = {
    "writes": "The lamp that you sent me last week flickers whenever the heating is on, what can be done about it?",
    "thanks": "Thank you very much!",
    "acknowledges": "We have received your request.",
    "notes": "The customer has called about this twice already, see the protocol of last week.",
    "mutters": "see above",
}
METRICS = {
    "first_reply": "first_reply_time", "next_reply": "next_reply_time", "requester_wait": "requester_wait_time",
    "agent_work": "agent_work_time", "resolution": "total_resolution_time",
    "pausable_update": "pausable_update_time", "periodic_update": "periodic_update_time",
}  # fmt: skip
AN_UPDATE = 100
RULE = {"channel": "rule", "source": {"from": {"id": 7, "title": "A trigger"}, "to": {}, "rel": "trigger"}}


class Helpdesk:
    """The account as it is at a moment that the audit's nights set."""

    def __init__(self, stories: Sequence[Story], server: Server) -> None:
        self.stories, self.url, self.now = {s.number: s for s in stories}, server.url, 0
        server.answer = self.answer

    @property
    def connection(self) -> dict[str, Any]:
        return {"conn_type": "http", "host": self.url, "login": "auditor@example.com/token", "password": "secret"}

    def set_clock(self, now: str) -> None:
        self.now = int(datetime.datetime.fromisoformat(now).timestamp())

    def answer(self, request: Request) -> Answer:
        parts = urlsplit(request.path)
        path = parts.path.removeprefix("/api/v2/").removesuffix(".json")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        served = {"Date": email.utils.formatdate(self.now, usegmt=True)}
        ticket = re.fullmatch(r"tickets/(\d+)/audits", path)
        if ticket:
            story = self.stories[int(ticket[1])]
            if story.deleted_at is not None and story.deleted_at < self.now:
                return Answer({"error": "RecordNotFound"}, 404, served)
            return Answer(_list("audits", _audits(story.until(self.now))), headers=served)
        body = self._lists(path, query)
        return Answer({"error": "InvalidEndpoint"}, 404, served) if body is None else Answer(body, headers=served)

    def _lists(self, path: str, query: dict[str, str]) -> dict[str, Any] | None:
        since = int(query.get("cursor") or query.get("start_time") or 0)
        match path:
            case "incremental/tickets/cursor":
                shown = [_ticket(s.until(self.now)) for s in self.stories.values() if s.created_at < self.now]
                return self._export("tickets", shown, since, "generated_timestamp")
            case "incremental/users/cursor":
                return self._export("users", list(self._users()), since, "moved")
            case "groups":
                return _list("groups", [{"id": number, "name": name} for name, number in GROUPS.items()])
            case "organizations":
                return _list("organizations", [])
            case "audit_logs":
                logged = list(self._role_changes())
                return _list("audit_logs", logged[int(query.get("page[after]", 0)) :], len(logged))
            case "business_hours/schedules":
                return _list("schedules", [_schedule(name) for name in SCHEDULES])
            case "slas/policies":
                return _list("sla_policies", [_policy(name) for name in POLICIES])
        found = re.fullmatch(r"business_hours/schedules/(\d+)/holidays", path)
        if found:
            days = next(days for number, _, _, days in SCHEDULES.values() if number == int(found[1]))
            return _list("holidays", [{"id": 1, "name": "x", "start_date": a, "end_date": z} for a, z in days])
        return None

    def _export(self, name: str, rows: list[dict[str, Any]], since: int, moved: str) -> dict[str, Any]:
        """One page; the cursor is the moment of its last row."""
        chosen = sorted((r for r in rows if since <= r[moved] <= self.now - 60), key=lambda r: (r[moved], r["id"]))
        after = chosen[-1][moved] + 1 if chosen else since
        shown = [{k: v for k, v in row.items() if k != "moved"} for row in chosen]
        return {name: shown, "after_cursor": str(after), "end_of_stream": True}

    def _users(self) -> Iterator[dict[str, Any]]:
        everybody = {(name, 0) for name in STAFF if name != "Ghost"}
        everybody |= {(name, s.number) for s in self.stories.values() for name in ("Cleo", "Carl")}
        for name, ticket in sorted(everybody):
            number = person(name, ticket)
            changes = [since for since, _ in ROLES[name] if since <= self.now]
            role = {"agent": "agent", "bot": "agent"}.get(company.role(name, self.now), "end-user")
            yield {
                "id": number, "role": role, "name": f"{name} {ticket}", "moved": max(changes),
                "email": "robo@example.com" if name == "Robo" else f"{name.lower()}{number}@example.com",
            }  # fmt: skip

    def _role_changes(self) -> Iterator[dict[str, Any]]:
        words = {"agent": "Agent", "customer": "End user"}
        moves = [
            (since, name, before, after)
            for name, roles in ROLES.items()
            for (_, before), (since, after) in itertools.pairwise(roles)
        ]
        for number, (since, name, before, after) in enumerate(sorted(moves)):
            if since <= self.now:
                yield {
                    "id": number, "source_id": STAFF[name], "created_at": iso(since),
                    "change_description": f"Role changed from {words[before]} to {words[after]}",
                }  # fmt: skip


@contextlib.contextmanager
def running(stories: Sequence[Story]) -> Iterator[Helpdesk]:
    with serving([Answer()]) as server:
        yield Helpdesk(stories, server)


def iso(moment: int) -> str:
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _list(name: str, rows: list[dict[str, Any]], after: int = 0) -> dict[str, Any]:
    return {name: rows, "meta": {"has_more": False, "after_cursor": str(after) if rows else None}}


def _ticket(story: Story) -> dict[str, Any]:
    now = {"status": "new", "group": "nobody", "assignee": "nobody", "priority": None}
    for update in story.updates:
        now |= {act.what: act.word for act in update.acts if act.what in now}
    opener = person(story.updates[0].who, story.number)
    requester = person(story.requester, story.number)
    if story.deleted_at is not None:
        now["status"] = "deleted"
    return {
        "id": story.number, "url": f"https://x/api/v2/tickets/{story.number}.json", "status": now["status"],
        "created_at": iso(story.created_at), "generated_timestamp": story.updates[-1].at,
        "requester_id": requester, "submitter_id": opener, "priority": now["priority"],
        "group_id": GROUPS.get(str(now["group"])), "subject": f"Story {story.number}",
        "assignee_id": None if now["assignee"] == "nobody" else person(str(now["assignee"]), story.number),
        "via": {"channel": story.channel, "source": {}}, "tags": [], "custom_fields": [],
    }  # fmt: skip


def _audits(story: Story) -> list[dict[str, Any]]:
    held: dict[str, Any] = {}
    return [_audit(story, n, update, held) for n, update in enumerate(story.updates)]


def _audit(story: Story, n: int, update: Update, held: dict[str, Any]) -> dict[str, Any]:
    acts = list(update.acts)
    if n == 0 and not any(act.what == "status" for act in acts):
        acts.insert(1, Act("status", "new"))
    number = 1_000_000 * story.number + AN_UPDATE * n
    events = [_event(story, act, held, is_new=n == 0) for act in acts]
    told_via: dict[str, Any] = {"via": {"channel": "rule" if update.who == "Rule" else "web", "source": {}}}
    if any(act.what == "merged" for act in acts):
        told_via = {"via": {"channel": "web", "source": {"rel": "merge", "from": {"ticket_id": story.number - 1}}}}
    return {
        "id": number, "ticket_id": story.number, "created_at": iso(update.at),
        "author_id": person(update.who, story.number), **told_via,
        "events": [{**event, "id": number + 1 + i} for i, event in enumerate(events)],
    }  # fmt: skip


def _event(story: Story, act: Act, held: dict[str, Any], is_new: bool) -> dict[str, Any]:
    if act.what in BODIES:
        is_public = act.what not in ("notes", "mutters")
        author = {"author_id": person(act.word, story.number)} if act.word else {}
        return {"type": "Comment", "public": is_public, "body": BODIES[act.what], **author}
    if act.what == "merged":
        return {"type": "Change", "field_name": "tags", "previous_value": [], "value": ["closed_by_merge"]}
    via = {"via": RULE} if act.by_rule else {}
    if act.what == "schedule":
        old, held["schedule"] = held.get("schedule"), SCHEDULES[act.word][0]
        ids = {"previous_schedule_id": old, "new_schedule_id": held["schedule"]}
        return {"type": "ScheduleAssignment", **ids, **via}
    if act.what == "policy":
        return _promised(act, held)
    field, value = act.what, act.word
    if act.what in ("group", "assignee"):
        field = f"{act.what}_id"
        ids = GROUPS if act.what == "group" else {name: str(person(name, story.number)) for name in STAFF}
        value = None if act.word == "nobody" else str(ids[act.word])
    old, held[field] = held.get(field), value
    before = {} if is_new and not act.by_rule else {"previous_value": old}
    return {"type": "Change" if before else "Create", "field_name": field, "value": value, **before, **via}


def _promised(act: Act, held: dict[str, Any]) -> dict[str, Any]:
    """A target that comes, or that goes: then the event names the policy that it came from."""
    is_gone = act.word == "nobody"
    policy = held.get("policy", 51) if is_gone else POLICIES[act.word][0]
    held["policy"] = policy
    target = {"minutes": 60, "in_business_hours": True}
    return {
        "type": "Change", "field_name": "first_reply_time", "previous_value": target if is_gone else None,
        "value": None if is_gone else target,
        "via": {"channel": "rule", "source": {"from": {"id": policy}, "to": {}, "rel": "sla_target_change"}},
    }  # fmt: skip


def _schedule(name: str) -> dict[str, Any]:
    number, zone, intervals, _ = SCHEDULES[name]
    # Zendesk counts from Sunday.
    since_sunday = [((a + 1440) % 10080, (a + 1440) % 10080 + z - a) for a, z in intervals]
    told = [{"start_time": a, "end_time": z} for a, z in sorted(since_sunday)]
    if name == "Always":
        told = [{"start_time": 0, "end_time": 10080}]
    return {"id": number, "name": name, "time_zone": RAILS[zone], "intervals": told}


def _policy(name: str) -> dict[str, Any]:
    number, targets = POLICIES[name]
    told = [
        {"priority": priority, "metric": METRICS[promised], "target": minutes, "business_hours": on_hours}
        for (promised, priority), (minutes, on_hours) in targets.items()
    ]
    never = {"all": [{"field": "priority", "operator": "is", "value": "never"}], "any": []}
    return {"id": number, "title": name, "position": number, "filter": never, "policy_metrics": told}
