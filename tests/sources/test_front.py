"""Front against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

from tests.sources.boxed import InABox, settings_of

SETTINGS = settings_of(
    "front", fields={"topic": "custom_field:Topic"}, bots=["assistant@nordlicht.example", "zapier@nordlicht.example"]
)


class TestInABox(InABox):
    kind = "front"
    here = SETTINGS
    # The list of events only says which conversations are due; what is read of them stands here.
    tickets_path = "/conversations/cnv_2"
    needed_field = "emitted_at"

    @staticmethod
    def is_gone(plan, at):
        merged_at = plan.facts.merged_at
        return plan.is_deleted(at) or (merged_at is not None and merged_at <= at)

    @staticmethod
    def moved_on(plan):
        """What was written before it was merged."""
        return [(act.at, act.message.is_public) for act in plan.acts[:-1] if act.message]
