"""ServiceNow's incidents or customer service cases, through its Table API:
https://www.servicenow.com/docs/ (REST API reference, Table API and Aggregate API)

Needs a connection with the instance's address, and a user's name and password (or a token of OAuth):

    {"conn_type": "http", "host": "https://acme.service-now.com", "login": "auditor", "password": "…"}

The least that suffices: a user of its own, *web service access only*, with the role `snc_read_only` and, by access
rules for reading, the tables `incident` (or `sn_customerservice_case`), `sys_audit`, `sys_audit_delete`,
`sys_journal_field`, `sys_choice`, `sys_dictionary`, `sys_user`, `sys_user_has_role`, `sys_user_group` and
`core_company` (or `customer_account`); for hours and the helpdesk's own verdicts `task_sla`, `contract_sla`,
`cmn_schedule`, `cmn_schedule_span` and `cmn_other_schedule`; for surveys `asmt_assessment_instance`,
`asmt_metric_result`, `asmt_metric` and `asmt_metric_type`. It writes nothing. Where one of the latter is closed to it,
the run says so and goes on; what rests on it is not measured. Once it is open, what was loaded without it is read
once more.

What ServiceNow does not tell, or is not read, and what follows:

- **Records that the account may not read are left out without a word**, and so is a condition on a field that it may
  not read. The source stops where an answer holds what was not asked for; compare the number that
  `auditlib connect` shows with a list of your own.
- **Changes are told where the table is audited**, as `incident` is from the beginning. Scripts that switch
  business rules off leave no line.
- **Service levels are not replayed.** Each starts, pauses and stops on conditions on any field, or by scripts. Their
  own verdicts are counted as they are (`helpdesk_service_levels`), once a service level is over.
- **A ticket's hours are those of its service level for the solve** that was attached last, or of any other if none of
  those has hours. A ticket without one has those of the schedule that `options.schedule` names, or otherwise the hours
  in `[clock]`. Days that come each year are known until 2049.
- **A survey's rating is the answer to its one question on a scale**; `options.rating_question` names it where there
  are several, `options.rating_scale` its scale (such as `1-5`) where ServiceNow does not tell it. Of a survey that was
  taken twice the last answer is told.
- **Roles are those of today**: whoever has one of the agents' roles (`itil`, `sn_customerservice_agent` …;
  `options.agent_roles` adds your own) is an agent.
- **Nothing is merged or continued**: duplicates are tickets like others. A problem that several incidents share is
  read, as a competing cause.
- **A deleted ticket is known by number and day**; one that was brought back is read as if it had never been gone.

`options.table` is `incident` or `sn_customerservice_case`; `options.page_size` (at most 100, which is the default) is
how many tickets are asked for at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import Row
from auditlib.sources import Capabilities, Chunk, Get, Introduction, Page, Requests, Settings, Window
from auditlib.sources._servicenow.desk import PAGE_SIZE, Desk
from auditlib.sources._servicenow.introduction import introduced
from auditlib.sources._servicenow.tickets import Reading, read_tickets
from auditlib.sources._shared import windows
from auditlib.sources._shared.closed import access

CAPABILITIES = Capabilities(ratings=True, survey_offers=True, schedules=True, deletions=True, vendor_metrics=True)
NEEDS = {
    "ratings": {"surveys", "answers"}, "survey_offers": {"surveys"}, "schedules": {"levels", "hours", "spans"},
    "vendor_metrics": {"levels"},
}  # fmt: skip
"""Which streams tell what an audit can do without."""
REQUESTS = Requests(a_ticket=0.3, a_page=PAGE_SIZE, besides=20)
"""A page of tickets takes a request each for changes, entries, service levels, surveys and answers, and some for who is
named; the hours that they keep are asked for once."""
WORDS = frozenset(
    {
        "tickets.state", "tickets.hold_reason", "tickets.contact_type", "fieldname", "element", "choices.label",
        "choices.value", "role.name", "active", "preferred_language", "tickets.priority",
        "sla.type", "sla.target", "stage", "has_breached", "timezone", "time_zone", "spans.type", "within.type",
        "start_date_time", "end_date_time", "repeat_type", "repeat_count", "repeat_until", "days_of_week",
        "yearly_type", "month", "float_week", "float_day", "surveys.state", "metric.datatype", "metric.min",
        "metric.max", "metric.scale_definition", "actual_value",
    }
)  # fmt: skip
"""Fields that hold the helpdesk's own words: they are kept when its answers are recorded, and nobody's else."""

LAG = 60
"""Seconds by which a transaction may be dated before it is seen; what is later still, the next night reads again."""


def fetch(get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings) -> Iterator[Chunk]:
    """Chunks of raw pages: the tickets of the window, whole, with who is named in them; at last what was deleted."""
    desk, cursor = Desk(get, settings), cursors.get("tickets", {})
    if window.until is not None and (cursor.get("done_until") or -1) >= window.until:
        return
    since = int(cursor.get("since", window.since))
    beside = desk.beside()
    reading = Reading(beside, settings, desk.tickets)
    windows.check_scope(settings, "ServiceNow", (group.name for group in reading.groups))
    for step in desk.changed(cursor, window):
        tasks = [task for task in reading.tasks([step.page])[0] if reading.is_in_scope(task)]
        pages = [*beside, step.page]
        pages += desk.whole(
            [task.sys_id for task in tasks],
            names=(task.sys_created_by for task in tasks),
            people=(person for task in tasks for person in (task.requester, task.opened_by, task.assigned_to)),
        )
        pages += desk.companies(task.organization for task in tasks)
        until = None
        if step.is_last:
            pages += desk.deletions(since, window.until)
            until = _complete_until(step.cursor.pop("begun"), window)
        yield Chunk(stream="tickets", pages=pages, cursor=step.cursor, complete_until=until)


def read(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The case-log rows of one chunk."""
    yield from access(pages, NEEDS)
    yield from read_tickets(pages, settings, str(settings.options.get("table", "incident")))


def introduce(get: Get, settings: Settings) -> Introduction:
    """What the instance says of itself: one call a stream."""
    told = introduced(Desk(get, settings), settings)
    return dataclasses.replace(told, requests_per_minute=getattr(get, "requests_per_minute", None))


def _complete_until(begun: int | None, window: Window) -> int | None:
    """Tickets are read by id, so only what happened before the first page was asked for is proven to be told."""
    if begun is None:
        return None
    return begun - LAG if window.until is None else min(begun - LAG, window.until)
