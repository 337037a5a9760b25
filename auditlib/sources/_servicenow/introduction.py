"""What a ServiceNow instance says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math

from auditlib.sources import Introduction, Settings
from auditlib.sources._servicenow import shapes
from auditlib.sources._servicenow.desk import SURVEYS, Desk
from auditlib.sources._servicenow.shapes import SHAPES, asked
from auditlib.sources._servicenow.tickets import Reading
from auditlib.sources._servicenow.words import CUSTOM, stamp
from auditlib.sources._shared.introducing import Introducing

LISTED = 5000
LABELLED = ("state", "hold_reason", "priority")
OWN = "elementSTARTSWITHu_^ORelementINcategory,subcategory"
"""Fields of the company's own, and those of ServiceNow that say what a ticket is about."""
READ = "to read the table, and every field that the source's page names"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    words = f"elementIN{','.join(LABELLED)}^OR{OWN}^language=en^inactive=false"
    labels = f"nameIN{desk.tickets},task^{words}^ORDERBYsys_id"
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
        ("columns", "sys_dictionary", f"name={desk.tickets}^{OWN}", asked(shapes.Column)),
        ("levels", "task_sla", "", asked(shapes.Promise)),
        ("definitions", "contract_sla", f"collection={desk.tickets}^active=true", asked(shapes.Definition)),
        ("hours", "cmn_schedule", "", asked(shapes.Hours)),
        ("spans", "cmn_schedule_span", "", asked(shapes.Span)),
        ("within", "cmn_other_schedule", "", asked(shapes.Within)),
        ("surveys", "asmt_assessment_instance", SURVEYS, asked(shapes.Survey)),
        ("answers", "asmt_metric_result", "", asked(shapes.Answer)),
    ]
    for stream, table, query, fields in tables:
        limit = LISTED if stream in ("choices", "groups", "columns", "definitions") else 1
        told.ask(stream, lambda t=table, s=stream, q=query, f=fields, n=limit: desk.table(t, s, q, f, n), READ)  # type: ignore[misc]
    told.ask("count", lambda: desk.count(f"sys_created_on>={stamp(settings.since)}"), READ)
    reading = Reading(list(told.pages.values()), settings, desk.tickets)
    tickets = _counted(told)
    pages = None if tickets is None else math.ceil(tickets / desk.size)
    columns = told.records("columns", shapes.Column, "result")
    definitions = told.records("definitions", shapes.Definition, "result")
    return Introduction(
        account="ServiceNow",
        streams=told.streams,
        statuses=reading.labels.states() | dict(settings.statuses),
        groups=[group.name for group in reading.groups],
        fields={f"{CUSTOM}{column.element}": column.column_label for column in columns},
        choices=_choices(told),
        schedules=sorted({definition.hours for definition in definitions} - {""}),
        tickets=tickets,
        requests_for_first_load=None if pages is None else 13 * pages + 20,
        notes=[
            f"Tickets are the records of the table {desk.tickets}; options.table names another one.",
            "ServiceNow leaves out records that the account may not read, and says nothing of it: compare the number.",
            "A state that is on hold waits for the customer where its reason says so, and otherwise for others.",
            "A ticket keeps the hours of the service level for its solve that was attached last; one without any has "
            "those that options.schedule names, or [clock].",
            f"ServiceNow's own verdicts are counted beside ours: {', '.join(sorted({d.name for d in definitions}))}."
            if definitions
            else "No service levels are defined for these tickets.",
        ],
    )


def _choices(told: Introducing) -> dict[str, list[str]]:
    """The words that a field can hold, as they are stored."""
    found: dict[str, list[str]] = {}
    own = (choice for choice in told.records("choices", shapes.Choice, "result") if choice.element not in LABELLED)
    for choice in own:
        found.setdefault(f"{CUSTOM}{choice.element}", []).append(choice.value)
    return {field: sorted(set(words)) for field, words in found.items()}


def _counted(told: Introducing) -> int | None:
    result = told.fact("count", "result")
    stats = result.get("stats") if isinstance(result, dict) else None
    count = str(stats.get("count", "")) if isinstance(stats, dict) else ""
    return int(count) if count.isdecimal() else None
