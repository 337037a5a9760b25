"""HubSpot against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

from auditlib.sandbox.staff import INTEGRATION
from auditlib.sources import Settings
from tests.sources.boxed import InABox

SETTINGS = Settings(
    name="hubspot",
    kind="hubspot",
    connection="hubspot",
    since=1,
    max_share_of_rate_limit=1.0,
    statuses={
        "On hold": "on_hold", "Solved": "solved", "Closed": "closed", "Waiting on vendor": "on_hold",
        "Escalated to engineering": "open",
    },
    fields={"topic": "custom_field:topic", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", f"I-{INTEGRATION}"],
)  # fmt: skip


class TestInABox(InABox):
    kind = "hubspot"
    here = SETTINGS
    tickets_path = "/crm/v3/objects/tickets/batch/read"
    needed_field = "createdAt"
