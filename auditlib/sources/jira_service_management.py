"""Jira Service Management in the cloud, through Jira's REST API v3 and the one of its service desks:
https://developer.atlassian.com/cloud/jira/platform/rest/v3/ and
https://developer.atlassian.com/cloud/jira/service-desk/rest/

Needs a connection with the site's address, an account's address and its API token:

    {"conn_type": "http", "host": "https://acme.atlassian.net", "login": "auditor@acme.com", "password": "<API token>"}

The least that suffices: an account of its own that is an agent of every service project that is audited (role
*Service Desk Team*), may browse them, and is allowed by no issue security to see less. It reads issues with their
changes, comments and SLAs, statuses, fields and service desks, and writes nothing.

What Jira does not tell, and what follows:

- **Issues that the account may not browse are left out without a word.** `auditlib connect` says which service
  desks the account sees and about how many issues they have; compare both.
- **No teams.** A ticket's group is its service project; where a field holds the team, name it:
  `options = { group_field = "customfield_10100" }`.
- **No opening hours, no targets of service levels** that could be judged again. Write the hours into `[clock]`.
  What its own SLAs say is kept for comparison: cycles that are completed, and whether they were missed. An SLA that
  stands for the first response or the resolution under another name is named by
  `options = { slas = { "Erste Antwort" = "time_to_first_response" } }` (or `time_to_resolution`). That is one request
  an issue, which `options = { service_levels = false }` saves.
- **No history of ratings**, and not whom a survey was offered to: the latest answer is read, from the issue's own
  fields. Its words stand elsewhere, and are not read.
- **Deleted issues leave no trace.** An issue that is closed, and linked as a duplicate of another one, is merged.
- **Organizations** with which a request is shared: the first is taken for its customer's.
- **Approvals** are not read: waiting for one is a status, and a wait for somebody else (on hold), also where the
  approver is on the customer's side.
- **Who is an agent** is told by the kind of account: portal customers have their own kind, apps too. Colleagues
  with an account of the company's site are agents, except in what they asked for themselves.
- **Times in searches** are minutes of the account's own time zone. It is asked for; searches begin early enough.

`options.page_size` (at most 100, which is the default) is how many records are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord, Row, moment
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, SourceError, Window
from auditlib.sources._jira_service_management.desk import PAGE_SIZE, Desk
from auditlib.sources._jira_service_management.introduction import introduced
from auditlib.sources._jira_service_management.issues import Reading, fields_of, issue_id, read_issues
from auditlib.sources._jira_service_management.shapes import SHAPES, Issue
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access
from auditlib.sources._shared.records import of_stream

CAPABILITIES = Capabilities(ratings=True, merges=True, vendor_metrics=True)
NEEDS = {"vendor_metrics": {"levels"}}
"""Which streams tell what an audit can do without."""
REQUESTS = Requests(a_ticket=3, a_page=PAGE_SIZE, besides=20)
"""For each issue its changes, its comments and its SLAs; more only where it has more than a hundred of either."""
WORDS = frozenset(
    {
        "myself.timeZone", "accountType", "field", "fieldId", "fieldtype", "fields.id", "fields.custom",
        "statuses.name", "statuses.key", "type", "outward", "levels.name",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 10 * 60
"""Seconds by which the index of the search is taken to be behind; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the issues of the window, whole. Who is named in them is known from them."""
    desk, cursor = Desk(get, settings), cursors.get("issues", {})
    if window.until is not None and cursor.get("done_until", -1) >= window.until:
        return
    desk.settle(desk.ask("api/3/myself", "myself"))
    beside = [desk.ask("api/3/field", "fields"), desk.ask("api/3/status", "statuses"), *desk.desks()]
    reading, seen = Reading(beside, settings), dict[str, int]()
    _check(reading, settings)
    desk.projects, desk.fields = [found.projectKey for found in reading.desks], reading.wanted
    for step in desk.changed(cursor, window):
        due = windows.due(_moved(step.page, reading), seen, window)
        whole = [page for issue in due for page in desk.whole(issue)]
        seen |= due
        until = windows.complete_until(step.page, window, LAG) if step.is_last else None
        yield Chunk(stream="issues", pages=[*beside, step.page, *whole], cursor=step.cursor, complete_until=until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages, NEEDS)
    if of_stream(pages, "issues"):
        yield from read_issues(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the site says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _check(reading: Reading, settings: Settings) -> None:
    """No service desk at all is a hidden one: Jira shows what may be browsed, and says nothing of the rest."""
    if not reading.desks:
        raise SourceError(
            f"{settings.name}: the account sees no service desk; make it an agent of those that are audited (project "
            "settings, people, role Service Desk Team)"
        )
    if reading.group_field == "project":
        windows.check_scope(settings, "Jira", (found.projectName for found in reading.desks))
    elif reading.group_field not in reading.known_fields:
        raise SourceError(
            f"{settings.name}: options.group_field is {reading.group_field!r}, and Jira shows no such field; its own "
            "fields are listed by `auditlib connect`"
        )


def _moved(page: Page, reading: Reading) -> dict[str, int]:
    """The issues of a page that are wanted whole, with when they changed; what cannot be read is rejected later."""
    found = {}
    for issue in SHAPES.read([page], Issue, "issues", ticket=issue_id).good:
        try:
            fields = fields_of(issue)
            if reading.is_in_scope(issue.fields):
                found[issue.id] = moment(fields.updated)
        except (msgspec.ValidationError, BadRecord):
            continue
    return found
