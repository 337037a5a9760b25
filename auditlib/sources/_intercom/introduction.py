"""What an Intercom workspace says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math

from auditlib.sources import Introduction, Settings
from auditlib.sources._intercom import shapes
from auditlib.sources._intercom.desk import OF_CUSTOMERS, Desk, since
from auditlib.sources._intercom.shapes import SHAPES
from auditlib.sources._intercom.words import PREFIX, STATES, TICKETS, States
from auditlib.sources._shared.introducing import Introducing

CONVERSATIONS = "the permission to read conversations"
PEOPLE = "the permission to read and list users and companies"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    told.ask("account", lambda: desk.ask("me", "account"), "an access token")
    told.ask("admins", lambda: desk.ask("admins", "admins"), "the permission to read admins")
    told.ask("teams", lambda: desk.ask("teams", "teams"), "the permission to read teams")
    created = since("created_at", settings.since)
    told.ask("conversations", lambda: desk.found("conversations", [created], "conversations", size=1), CONVERSATIONS)
    wanted = [created, OF_CUSTOMERS]
    told.ask("tickets", lambda: desk.found("tickets", wanted, "tickets", size=1), "the permission to read tickets")
    changed = since("updated_at", settings.since)
    told.ask("contacts", lambda: desk.found("contacts", [changed], "contacts", size=1), PEOPLE)
    told.ask("companies", lambda: desk.companies_page(1, 1), PEOPLE)
    attributes = {"model": "conversation"}
    told.ask("attributes", lambda: desk.ask("data_attributes", "attributes", attributes), CONVERSATIONS)
    first = next(iter(told.records("conversations", shapes.Conversation, "conversations")), None)
    if first is not None:
        told.ask("parts", lambda: desk.ask(f"conversations/{first.id}", "parts"), CONVERSATIONS)
    talks, forms = (told.fact(name, "total_count") for name in ("conversations", "tickets"))
    forms = forms if isinstance(forms, int) else 0
    tickets = talks + forms if isinstance(talks, int) else None
    own = [a for a in told.records("attributes", shapes.Attribute, "data") if a.custom and not a.archived]
    states, app = States(settings), told.fact("account", "app")
    return Introduction(
        account=str(app.get("name")) if isinstance(app, dict) else "Intercom",
        streams=told.streams,
        statuses={state: states.known(state) for state in (*STATES, *TICKETS)},
        groups=[team.name for team in told.records("teams", shapes.Team, "teams") if team.name],
        fields={f"{PREFIX}{attribute.name}": attribute.label or attribute.name for attribute in own},
        choices={f"{PREFIX}{attribute.name}": attribute.words for attribute in own if attribute.words},
        tickets=tickets,
        requests_for_first_load=None if tickets is None else tickets + forms + math.ceil(tickets / desk.size) + 20,
        notes=[
            "Intercom tells no opening hours: write them into [clock].",
            "Snoozed is read as waiting for the customer: what is told apart elsewhere, on hold and new, it has not.",
            "A ticket that is a conversation as well is counted with both, and read once.",
            "Its limit counts windows of ten seconds.",
        ],
    )
