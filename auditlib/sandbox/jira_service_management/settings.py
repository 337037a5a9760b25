"""Statuses, fields and the service desk, as Jira shows them; and how it writes moments, accounts and documents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from auditlib.sandbox.people import Somebody
from auditlib.sandbox.staff import ASSISTANT, INTEGRATION
from auditlib.sandbox.view import View

Payload = dict[str, Any]

SITE = "https://nordlicht.example"
"""Where the company's issues would be read; nobody answers there."""
ZONE = ZoneInfo("America/New_York")
"""The time zone in the profile of the account that asks."""
PROJECT = {"id": "10000", "key": "NH", "name": "Nordlicht Home", "projectTypeKey": "service_desk", "self": SITE}
TEAM, TOPIC, ORDER, STARS, STARS_AT, SHARED = (f"customfield_{number}" for number in range(10100, 10106))
STATUSES = {
    "new": ("10010", "To Do", "new"), "open": ("10011", "Waiting for support", "indeterminate"),
    "pending": ("10012", "Waiting for customer", "indeterminate"), "hold": ("10013", "Pending", "indeterminate"),
    "solved": ("10014", "Resolved", "done"), "closed": ("10015", "Closed", "done"),
    "Waiting on vendor": ("10016", "Waiting on vendor", "indeterminate"),
    "Escalated to engineering": ("10017", "Escalated to engineering", "indeterminate"),
}  # fmt: skip
PRIORITIES = {"low": ("4", "Low"), "normal": ("3", "Normal"), "high": ("2", "High"), "urgent": ("1", "Urgent")}
AUTOMATION: Payload = {
    "accountId": "557058:f58131cb-b67d-43c7-b30d-6b58d40bd077", "accountType": "app", "active": True,
    "displayName": "Automation for Jira",
}  # fmt: skip


def when(at: int) -> str:
    """A moment as Jira writes it, in the zone of whoever asks."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M:%S.000%z")


def account(number: int) -> str:
    """An account id tells nothing of who it is."""
    return f"712020:{number:032x}"


def user(told: Somebody) -> Payload:
    """Somebody as Jira shows them: customers of the portal, colleagues, and apps have accounts of three kinds."""
    app = told.id in (ASSISTANT, INTEGRATION)
    portal = told.customer is not None and not told.customer.is_employee
    kind = "app" if app else "customer" if portal or (told.role == "customer" and not told.has_left) else "atlassian"
    shown = {"emailAddress": told.email} if kind == "customer" else {}
    return {
        "self": f"{SITE}/rest/api/3/user", "accountId": account(told.id), "accountType": kind, "avatarUrls": {},
        "displayName": told.name, "active": not told.has_left, "timeZone": "Europe/Berlin", **shown,
    }  # fmt: skip


def document(text: str) -> Payload:
    """A text as an Atlassian document: a paragraph for each of its parts, a break for each line."""
    blocks = []
    for part in text.split("\n\n"):
        line: list[Payload] = []
        for i, words in enumerate(part.split("\n")):
            line += [{"type": "hardBreak"}] if i else []
            line += [{"type": "text", "text": words}] if words else []
        blocks.append({"type": "paragraph", "content": line})
    return {"type": "doc", "version": 1, "content": blocks}


def status(name: str) -> Payload:
    """One status, by the company's word for it."""
    number, shown, category = STATUSES[name]
    kind = {"id": 4, "key": category, "colorName": "yellow", "name": category}
    return {"self": f"{SITE}/rest/api/3/status/{number}", "id": number, "name": shown, "description": "",
            "iconUrl": "", "statusCategory": kind}  # fmt: skip


def statuses(view: View) -> list[Payload]:
    """All statuses, the company's two among them."""
    return [status(name) for name in STATUSES]


def fields(view: View) -> list[Payload]:
    """Jira's own fields, and those of the company."""
    own = [
        (TEAM, "Team", "com.atlassian.jira.plugin.system.customfieldtypes:select"),
        (TOPIC, "Topic", "com.atlassian.jira.plugin.system.customfieldtypes:select"),
        (ORDER, "Order number", "com.atlassian.jira.plugin.system.customfieldtypes:textfield"),
        (STARS, "Satisfaction", "com.atlassian.servicedesk:sd-request-feedback"),
        (STARS_AT, "Satisfaction date", "com.atlassian.servicedesk:sd-request-feedback-date"),
        (SHARED, "Organizations", "com.atlassian.servicedesk:sd-customer-organizations"),
    ]
    system = [(name, name.title(), None) for name in ("summary", "status", "assignee", "reporter", "created")]
    return [
        {"id": number, "key": number, "name": name, "untranslatedName": name, "custom": custom is not None,
         "orderable": True, "navigable": True, "searchable": True, "clauseNames": [name],
         "schema": {"type": "option", **({"custom": custom, "customId": 1} if custom else {"system": number})}}
        for number, name, custom in [*system, *own]
    ]  # fmt: skip


def desks(view: View) -> list[Payload]:
    """The one service desk."""
    return [{"id": "1", "projectId": PROJECT["id"], "projectName": PROJECT["name"], "projectKey": PROJECT["key"],
             "_links": {"self": f"{SITE}/rest/servicedeskapi/servicedesk/1"}}]  # fmt: skip
