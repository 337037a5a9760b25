"""HubSpot's words in the case log's: stages, channels, and who its actors are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._hubspot.shapes import Owner, Pipeline, Stage, Value
from auditlib.sources._shared.statuses import unmapped

CUSTOM, COMPANY = "custom_field:", "organization."
STAGE, OWNER, TEAM, PRIORITY = "hs_pipeline_stage", "hubspot_owner_id", "hubspot_team_id", "hs_ticket_priority"
STAGES = {"1": "new", "2": "pending_customer", "3": "open", "4": "solved"}
"""The stages with which the first pipeline of each account begins: New, Waiting on contact, Waiting on us, Closed."""
CHANNELS = {"EMAIL": "email", "FORM": "web", "CHAT": "chat", "PHONE": "phone"}
RULES = frozenset({"AUTOMATION_PLATFORM", "WORKFLOWS", "WORKFLOW", "HELP_DESK", "HELPDESK", "CONVERSATIONS", "SLA",
                   "CALCULATED", "BACKFILL", "MIGRATION"})  # fmt: skip
"""Sources of a change behind which there is no person: workflows, the inbox's own rules, computed values."""
CLASSES = {"B": "bot", "L": "bot", "I": "automation", "S": "system"}
"""The first letter of an actor's id: bots and language models, integrations, the platform. A, V and E are people."""


def user(number: int | None) -> str | None:
    """A user as an actor of conversations is named."""
    return None if number is None else f"A-{number}"


def contact(number: str | int | None) -> str | None:
    """A contact as an actor of conversations is named."""
    return None if number in (None, "") else f"V-{number}"


class Owners:
    """Which user owns what, and who of them is a bot by `audit.toml`."""

    def __init__(self, owners: Iterable[Owner], bots: Iterable[str]) -> None:
        self.all = {owner.id: owner for owner in owners}
        named = {bot.lower() for bot in bots}
        own = {user(owner.user) for owner in self.all.values() if (owner.email or "").lower() in named}
        self._bots = own | {bot for bot in bots if bot[:2] in ("A-", "V-", "I-")}
        self._by_address = {(owner.email or "").lower(): user(owner.user) for owner in self.all.values()}
        self.addresses: dict[str, str] = {}
        """Somebody who is no contact → the address from which they wrote."""

    def person(self, owner: str | None) -> str | None:
        """The person behind an owner's number; a queue is nobody."""
        held = self.all.get(owner or "")
        if held and held.type == "QUEUE":
            return None
        return (user(held.user) if held else None) or (f"owner-{owner}" if owner else None)

    def class_of(self, actor: str | None) -> str | None:
        """Who acts, where the actor's id tells; None: as the person's role says."""
        if actor is None:
            return "unknown"
        return "bot" if actor in self._bots else CLASSES.get(actor[0])

    def who(self, actor: str | None) -> tuple[str | None, str | None]:
        """Person and class of an actor."""
        whose = self.class_of(actor)
        return (self._known(actor) if actor and whose in (None, "bot") else None), whose

    def _known(self, actor: str) -> str:
        """An actor's key. Whoever is known by an address alone has one that does not tell it."""
        if not actor.startswith("E-"):
            return actor
        address = actor.removeprefix("E-").lower()
        if colleague := self._by_address.get(address):
            return colleague
        key = "E-" + hashlib.blake2b(address.encode(), digest_size=8).hexdigest()
        self.addresses[key] = address
        return key

    def setter(self, value: Value) -> tuple[str | None, str | None]:
        """Person and class of whoever set a property."""
        if value.updatedByUserId is not None and value.sourceType not in RULES:
            return self.who(user(value.updatedByUserId))
        return None, "automation"


class Stages:
    """Which status of the case log a stage means, the company's own included."""

    def __init__(self, pipelines: Iterable[Pipeline], settings: Settings) -> None:
        self._source, self._mapped = settings.name, dict(settings.statuses)
        self._stages = {stage.id: stage for pipeline in pipelines for stage in pipeline.stages}

    def labels(self) -> Mapping[str, str | None]:
        """Each stage's name and what it means, if that is known."""
        return {stage.label: self._known(stage) for stage in self._stages.values()}

    def of(self, number: str | None) -> str:
        """The case log's word; a stage that nobody mapped stops the source with the line to add."""
        if not number:
            raise BadRecord("a ticket is in no stage of its pipeline, as each of HubSpot's is")
        stage = self._stages.get(number) or Stage(id=number, label=number)
        ours = self._known(stage)
        if ours is None:
            raise unmapped(self._source, stage.label, "ticket status")
        return ours

    def _known(self, stage: Stage) -> str | None:
        ours = self._mapped.get(stage.label) or STAGES.get(stage.id)
        # Whom an open stage of the company's own waits for, it does not say; a closed one waits for nobody.
        if ours is None and stage.metadata.get("ticketState") == "CLOSED":
            ours = "solved"
        return ours if ours in Status.__members__ else None
