"""What a ServiceNow instance says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math

from auditlib.sources import Introduction, Settings
from auditlib.sources._servicenow import shapes
from auditlib.sources._servicenow.desk import Desk
from auditlib.sources._servicenow.shapes import SHAPES, asked
from auditlib.sources._servicenow.tickets import Reading
from auditlib.sources._servicenow.words import CUSTOM, stamp
from auditlib.sources._shared.introducing import Introducing

READ = "to read the table, and every field that the source's page names"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    labels = f"nameIN{desk.tickets},task^elementINstate,hold_reason,priority^language=en^inactive=false^ORDERBYsys_id"
    tables: list[tuple[str, str, str, list[str]]] = [
        ("tickets", desk.tickets, "", asked(shapes.Task)),
        ("choices", "sys_choice", labels, asked(shapes.Choice)),
        ("groups", "sys_user_group", "ORDERBYsys_id", asked(shapes.Group)),
        ("changes", "sys_audit", f"tablename={desk.tickets}", asked(shapes.Change)),
        ("entries", "sys_journal_field", f"name={desk.tickets}", asked(shapes.Entry)),
        ("users", "sys_user", "", asked(shapes.User)),
        ("roles", "sys_user_has_role", "", asked(shapes.Role)),
        ("companies", "core_company", "", asked(shapes.Company)),
        ("deletions", "sys_audit_delete", f"tablename={desk.tickets}", asked(shapes.Deletion)),
        ("columns", "sys_dictionary", f"name={desk.tickets}^elementSTARTSWITHu_", asked(shapes.Column)),
    ]
    for stream, table, query, fields in tables:
        limit = 1000 if stream in ("choices", "groups", "columns") else 1
        told.ask(stream, lambda t=table, s=stream, q=query, f=fields, n=limit: desk.table(t, s, q, f, n), READ)  # type: ignore[misc]
    told.ask("count", lambda: desk.count(f"sys_created_on>={stamp(settings.since)}"), READ)
    reading = Reading(list(told.pages.values()), settings, desk.tickets)
    tickets = _counted(told)
    pages = None if tickets is None else math.ceil(tickets / desk.size)
    columns = told.records("columns", shapes.Column, "result")
    return Introduction(
        account="ServiceNow",
        streams=told.streams,
        statuses=reading.labels.states() | dict(settings.statuses),
        groups=[group.name for group in reading.groups],
        fields={f"{CUSTOM}{column.element}": column.column_label for column in columns},
        tickets=tickets,
        requests_for_first_load=None if pages is None else 10 * pages + 10,
        notes=[
            f"Tickets are the records of the table {desk.tickets}; options.table names another one.",
            "ServiceNow leaves out records that the account may not read, and says nothing of it: compare the number.",
            "A state that is on hold waits for the customer where its reason says so, and otherwise for others.",
            "Opening hours, targets and surveys are not read: write the hours into [clock].",
        ],
    )


def _counted(told: Introducing) -> int | None:
    result = told.body("count").get("result")
    stats = result.get("stats") if isinstance(result, dict) else None
    count = str(stats.get("count", "")) if isinstance(stats, dict) else ""
    return int(count) if count.isdigit() else None
