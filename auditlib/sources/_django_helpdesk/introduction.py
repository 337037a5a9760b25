"""What a django-helpdesk's database says of itself: one question a table."""

from __future__ import annotations

import math
from typing import Any

from auditlib.sources import Introduction, Settings, SourceError
from auditlib.sources._django_helpdesk.desk import Desk
from auditlib.sources._django_helpdesk.words import STATUSES, Words

STREAMS = {
    "tickets": "helpdesk_ticket",
    "followups": "helpdesk_followup",
    "changes": "helpdesk_ticketchange",
    "queues": "helpdesk_queue",
    "fields": "helpdesk_customfield",
    "values": "helpdesk_ticketcustomfieldvalue",
    "users": "auth_user",
}
STATEMENTS = 11
"""For each few hundred tickets, at most."""


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each table asked for one row; what is missing is said with the right that would give it."""
    words, streams = Words(settings), dict[str, str]()
    rows: dict[str, list[dict[str, Any]]] = {}
    for stream, table in STREAMS.items():
        limit = {} if stream in ("queues", "fields") else {"limit": 1}
        rows[stream] = _asked(desk, streams, table, stream, order="id", **limit)
    statuses = [row["status"] for row in _asked(desk, streams, "helpdesk_ticket", "tickets", distinct="status")]
    since = ["modified", words.stamp(settings.since)]
    counted = _asked(desk, streams, "helpdesk_ticket", "tickets", count=1, at_least=since)
    tickets = counted[0]["count"] if counted else None
    return Introduction(
        account="django-helpdesk's database",
        streams=streams,
        statuses={str(s): words.known(s) for s in {*map(int, STATUSES), *statuses}} | dict(settings.statuses),
        groups=sorted(row["title"] for row in rows["queues"]),
        fields={f"custom_field:{row['name']}": row["label"] for row in rows["fields"]},
        choices={f"custom_field:{row['name']}": told for row in rows["fields"] if (told := _lines(row))},
        tickets=tickets,
        requests_for_first_load=None if tickets is None else math.ceil(tickets / desk.size) * STATEMENTS + 2,
        notes=[
            "What the board, the edit form or the API changes leaves no follow-up: such tickets have no history here.",
            "It keeps no opening hours: they come from audit.toml, [clock] business.",
            "Deleted tickets vanish; when a ticket was merged is not told, only into which.",
        ],
    )


def _lines(field: dict[str, Any]) -> list[str]:
    """What can be chosen in a field."""
    return [line.strip() for line in (field["list_values"] or "").splitlines() if line.strip()]


def _asked(desk: Desk, streams: dict[str, str], table: str, stream: str, **wanted: Any) -> list[dict[str, Any]]:
    try:
        rows = desk.ask(table, stream, **wanted).json()
    except SourceError as error:
        streams[stream] = f"{error} It needs: SELECT on {table}."
        return []
    streams.setdefault(stream, "ok")
    return rows
