"""Salesforce's cases (Service Cloud), by SOQL through its REST API:
https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/

Needs a connection with the key and the secret of a connected app that has the client-credentials flow; a token is
granted for them, and again when it has expired:

    {"conn_type": "http", "host": "https://acme.my.salesforce.com", "login": "<consumer key>",
     "password": "<consumer secret>", "extra": {"token_path": "/services/oauth2/token"}}

The least that suffices: the app runs as a user of its own with the permissions *API Enabled* and, for reading alone,
all records of Case, Contact, Account and User, with the fields that are asked for; where there are such, of Entitlement
(for the milestones of cases) and of Survey, SurveyInvitation and SurveyResponse. It writes nothing. Where the
organization has no entitlements or surveys, or the user may not read them, the run says so and goes on; what rests
on them is not measured. Once they are open, what was loaded without them is read once more.

What Salesforce does not tell, or is not read, and what follows:

- **What is not tracked is not told**: history has to be switched on for the case's status, owner, priority,
  contact and business hours, and for what `fields` maps.
- **Records that the app's user may not read are left out without a word.** Compare the number of cases.
- **Holidays are told, but not for which hours**: name a calendar for the source, `[clock] holidays = { salesforce =
  "DE-BE" }`. A case keeps the business hours of its own field; what they were before is told where that is tracked.
- **Milestones are not replayed.** When each begins and stops is a matter of criteria, flows and code. Their own
  verdicts are counted as they are (`helpdesk_service_levels`), once a milestone is completed.
- **How far a survey's scale goes is not told**: satisfaction and stars are read as 1 to 5, recommending as 0 to 10;
  `options.rating_scale` says otherwise. Of several questions that ask alike `options.rating_question` names one.
  Surveys of other makers are not read.
- **Roles are those of today**: users of the organization are agents, those of a portal are their contacts.
- **Who files mails as cases** is a user like others; name that user, so that what came in is no agent's:
  `options = { automated = ["cases@acme.com"] }`.
- **Deleted and merged cases** are told while they lie in the recycle bin, fifteen days.

`options.group_field` names the field that holds the team; otherwise a case's group is the queue that owned it last.
`options.page_size` (at most 100, which is the default) is how many cases are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._salesforce.desk import PAGE_SIZE, Desk
from auditlib.sources._salesforce.hours import DAYS
from auditlib.sources._salesforce.introduction import introduced
from auditlib.sources._salesforce.tickets import Reading, read_cases, values_of
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access

CAPABILITIES = Capabilities(ratings=True, survey_offers=True, schedules=True, deletions=True, vendor_metrics=True)
NEEDS = {
    "ratings": {"surveys", "responses", "answers", "questions"}, "survey_offers": {"surveys", "invitations"},
    "schedules": {"hours"}, "vendor_metrics": {"milestones", "milestone_types"},
}  # fmt: skip
"""Which streams tell what an audit can do without."""
REQUESTS = Requests(a_ticket=0.5, a_page=PAGE_SIZE, besides=22)
"""A page of cases takes a query each for changes, mails, comments and milestones, five for surveys, and some for who is
named; twice at most, where mails or answers came in that did not touch their cases."""
_TIMES = (f"{day}{end}Time" for day in DAYS for end in ("Start", "End"))
WORDS = frozenset(
    {
        "Status", "Origin", "Priority", "Field", "UserType", "ApiName", "MasterLabel", "type", "QuestionType",
        "TimeZoneSidKey", *_TIMES,
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 60
"""Seconds by which a transaction may be dated before it is seen; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the cases of the window, whole, with who is named in them."""
    desk, cursor = Desk(get, settings), cursors.get("cases", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    beside = desk.beside()
    reading = Reading(beside, settings)
    if not reading.group_field:
        windows.check_scope(settings, "Salesforce", (queue.Name for queue in reading.queues))
    for step in desk.changed(cursor, window):
        values = values_of([step.page])
        cases = [c for c in reading.cases([step.page])[0] if not c.IsDeleted and reading.is_in_scope(c, values[c.Id])]
        whole = desk.whole(
            [case.Id for case in cases],
            people=(number for case in cases for number in (case.CreatedById, case.OwnerId) if number),
            contacts=(case.ContactId for case in cases),
        )
        pages = [*beside, step.page, *whole]
        until = _complete_until(step.cursor.pop("begun"), window) if step.is_last else None
        yield Chunk(stream="cases", pages=pages, cursor=step.cursor, complete_until=until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages, NEEDS)
    yield from read_cases(pages, settings)


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the organization says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _complete_until(begun: int | None, window: Window) -> int | None:
    """Cases are read by id, so only what happened before the first page was asked for is proven to be told."""
    if begun is None:
        return None
    return begun - LAG if window.until is None else min(begun - LAG, window.until)
