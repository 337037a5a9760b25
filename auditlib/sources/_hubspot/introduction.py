"""What a HubSpot account says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math
from typing import Any

from auditlib.sources import Introduction, Settings
from auditlib.sources._hubspot import shapes
from auditlib.sources._hubspot.desk import ANSWERS, CONVERSATIONS, TICKETS, Desk
from auditlib.sources._hubspot.shapes import SHAPES
from auditlib.sources._hubspot.surveys import SCOPE
from auditlib.sources._hubspot.tickets import Reading
from auditlib.sources._hubspot.words import CUSTOM
from auditlib.sources._shared.introducing import Introducing

CATEGORY = "hs_ticket_category"
STREAMS = (
    ("pipelines", "/crm/v3/pipelines/tickets", "the scope tickets"),
    ("owners", "/crm/v3/owners", "the scope crm.objects.owners.read"),
    ("contacts", "/crm/v3/objects/contacts", "the scope crm.objects.contacts.read"),
    ("companies", "/crm/v3/objects/companies", "the scope crm.objects.companies.read"),
    ("archived", TICKETS, "the scope tickets"),
    ("properties", "/crm/v3/properties/tickets", "the scope tickets"),
    ("threads", f"{CONVERSATIONS}/threads", "the scope conversations.read"),
    ("answers", ANSWERS, f'the scope {SCOPE}; without surveys write options = {{ ratings = "none" }}'),
)


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    for stream, path, right in STREAMS:
        if stream == "answers" and desk.without_ratings:
            continue
        params: dict[str, Any] = {"limit": 1} if stream not in ("pipelines", "properties", "owners") else {}
        params |= {"limit": 100} if stream == "owners" else {}
        params |= {"archived": "true"} if stream == "archived" else {}
        told.ask(stream, lambda p=path, s=stream, q=params: desk.ask(p, s, q), right)  # type: ignore[misc]
    told.ask("tickets", lambda: desk.count(settings.since), "the scope tickets")
    reading = Reading(list(told.pages.values()), settings)
    total = told.fact("tickets", "total")
    tickets = total if isinstance(total, int) else None
    properties = told.records("properties", shapes.Property, "results")
    # What HubSpot calls a ticket's category stands behind the company's own, which are meant where both may be.
    own = [p for p in properties if not p.hubspotDefined] + [p for p in properties if p.name == CATEGORY]
    return Introduction(
        account="HubSpot",
        streams=told.streams,
        statuses=dict(reading.stages.labels()),
        groups=sorted(reading.teams.values()),
        fields={f"{CUSTOM}{found.name}": found.label for found in own},
        choices={f"{CUSTOM}{p.name}": [o.value for o in p.options if not o.hidden] for p in own if p.options},
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 2 * tickets + 7 * math.ceil(tickets / desk.size) + 10,
        notes=[
            "Calls, notes and e-mails that stand on a ticket outside the inbox or the help desk are not read.",
            "HubSpot tells no opening hours: write them into [clock].",
            "A ticket in the recycling bin is told for ninety days.",
        ],
    )
