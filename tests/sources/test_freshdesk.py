"""Freshdesk against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

from auditlib.sources import Settings
from tests.sources.boxed import InABox

SETTINGS = Settings(
    name="freshdesk",
    kind="freshdesk",
    connection="freshdesk",
    since=1,
    max_share_of_rate_limit=1.0,
    statuses={"Waiting on vendor": "on_hold", "Escalated to engineering": "open"},
    fields={"topic": "custom_field:cf_topic", "tier": "organization.plan"},
    bots=["assistant@nordlicht.example", "8000002"],
)


class TestInABox(InABox):
    kind = "freshdesk"
    here = SETTINGS

    @staticmethod
    def written(plan):
        """What a rule sends is a notification and no part of the conversation; a description is never private."""
        opening, *rest = [act for act in plan.acts if act.message and not act.via.startswith("rule")]
        return [(opening.at, True), *((act.at, act.message.is_public) for act in rest)]
