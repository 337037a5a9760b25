"""ServiceNow against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses

from auditlib.sources import Settings
from tests.sources.boxed import InABox

SETTINGS = Settings(
    name="servicenow",
    kind="servicenow",
    connection="servicenow",
    since=1,
    max_share_of_rate_limit=1.0,
    statuses={"Waiting on vendor": "on_hold", "Escalated to engineering": "open"},
    fields={"topic": "custom_field:u_topic", "tier": "organization.u_plan"},
    bots=["assistant@nordlicht.example", "zapier@nordlicht.example"],
)


class TestInABox(InABox):
    kind = "servicenow"
    here = dataclasses.replace(SETTINGS, options={"page_size": 25})
    """A page holds so many tickets with all that belongs to them that the whole company would fit on one."""
    tickets_path = "/api/now/table/incident"
    needed_field = "sys_created_on"
