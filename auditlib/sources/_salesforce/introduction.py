"""What a Salesforce organization says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math

from auditlib.sources import Introduction, Settings
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.desk import Desk
from auditlib.sources._salesforce.shapes import SHAPES, asked
from auditlib.sources._salesforce.tickets import Reading
from auditlib.sources._shared.introducing import Introducing

READ = "permission to read the object and every field that the source's page names, and all records of it"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    objects: list[tuple[str, str, type, int]] = [
        ("statuses", "CaseStatus", shapes.Status, 200),
        ("queues", "Group", shapes.Named, 2000),
        ("cases", "Case", shapes.Case, 1),
        ("changes", "CaseHistory", shapes.Change, 1),
        ("mails", "EmailMessage", shapes.Mail, 1),
        ("comments", "CaseComment", shapes.Comment, 1),
        ("users", "User", shapes.User, 1),
        ("contacts", "Contact", shapes.Contact, 1),
        ("accounts", "Account", shapes.Named, 1),
    ]
    for stream, name, shape, limit in objects:
        where = " WHERE Type = 'Queue'" if name == "Group" else ""
        soql = f"SELECT {','.join(asked(shape))} FROM {name}{where} LIMIT {limit}"
        told.ask(stream, lambda q=soql, s=stream: desk.query(q, s), READ)  # type: ignore[misc]
    told.ask("count", lambda: desk.count(settings.since), READ)
    reading = Reading(list(told.pages.values()), settings)
    total = told.body("count").get("totalSize")
    tickets = total if isinstance(total, int) else None
    return Introduction(
        account="Salesforce",
        streams=told.streams,
        statuses=dict(reading.statuses.known()),
        groups=[queue.Name for queue in reading.queues],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 9 * math.ceil(tickets / desk.size) + 20,
        notes=[
            "History has to be switched on for the case's status, owner, priority and contact (Setup, Fields, Set "
            "History Tracking); what was not tracked is not told.",
            "A case's group is the queue that owned it last, unless options.group_field names a field that holds it.",
            'Who files mails as cases has to be named: options = { automated = ["cases@acme.com"] }.',
        ],
    )
