"""The verbs in which a ticket's story is told: each notes the fact first, then the act that shows it."""

from __future__ import annotations

from random import Random

from auditlib.sandbox.company import Company, Group
from auditlib.sandbox.hours import OpenHours
from auditlib.sandbox.intent import Intent
from auditlib.sandbox.plan import Act, Change, Message, Plan, duplicate_of
from auditlib.sandbox.staff import ADMIN, SYSTEM, Agent

TRIAGE = "rule:trigger:Triage by topic and region"
AUTO_REPLY = "rule:trigger:Acknowledge new request"
SURVEY = "rule:automation:Ask for a rating"
REOPENING = ("pending", "hold", "solved")


class Curtain(Exception):
    """The world ends before this act: what came before stands."""


class Plot:
    """One ticket while its story is told."""

    def __init__(self, plan: Plan, company: Company, rng: Random, group: Group) -> None:
        self.plan = plan
        self.intent = Intent(plan)
        self.facts = plan.facts
        self.company = company
        self.rng = rng
        self.group = group
        self.priority = "normal"
        self.assignee: Agent | None = None
        self.replied: tuple[int | None, str] = None, group.name
        self.status = "new"
        self.topic = plan.topic
        self.at = plan.created_at
        self.second: tuple[Plan, int | None] | None = None
        self._before_deletion = self.status

    @property
    def hours(self) -> OpenHours:
        """The hours of the team that has the ticket."""
        return self.group.schedule.open

    @property
    def stays_misfiled(self) -> bool:
        """Whether nobody ever corrects the topic: so it goes with half of those that are filed wrongly."""
        return self.plan.filed_as is not None or self.plan.salt % 2 == 0

    def opens(self, actor: int, message: Message, changes: list[Change]) -> None:
        """The ticket comes into being with its first message."""
        if actor == self.plan.customer.id:
            self.intent.asked(self.at)
        else:
            self.replied = actor, self.group.name
        self.facts.statuses.append({"at": self.at, "status": self.status})
        self._act(self.at, actor, self.plan.channel, changes, message)

    def customer_asks(self, at: int, occasion: str, actor: int | None = None) -> None:
        """The customer, or somebody in copy, writes something that needs an answer."""
        at = self._later(at)
        self.intent.asked(at, self.status == "solved")
        self._customer_writes(at, occasion, actor)

    def customer_chases(self, at: int, is_structural: bool) -> None:
        """The customer asks again while nobody answered."""
        at = self._later(at)
        self.intent.chased(at, is_structural)
        self._customer_writes(at, "chase")

    def customer_thanks(self, at: int, occasion: str = "thanks") -> None:
        """The customer says thanks and nothing else; the helpdesk reopens a solved ticket all the same."""
        at = self._later(at)
        self.intent.thanked(at, self.status == "solved")
        self._customer_writes(at, occasion)

    def writes_a_second_ticket(self, at: int, merged_at: int | None) -> Plan | None:
        """The customer loses patience and opens another ticket about the same thing, once at most."""
        at = self._later(at)
        if self.second or self.facts.repeat_kind == "duplicate":
            return None
        plan = duplicate_of(self.plan, at, self.rng)
        self.second = (plan, merged_at)
        self.intent.doubled(at, plan)
        return plan

    def agent_replies(
        self, at: int, agent: Agent, occasion: str, status: str, due: str = "", custom: str | None = None
    ) -> None:
        """An agent answers in public and leaves the ticket in a status."""
        at, agent = self._by(at, agent)
        self.intent.answered(at, agent, self.group)
        self.replied = agent.id, self.group.name
        changes = [*self._taking(at, agent), *self._status(at, status, str(agent.id), custom, with_reply=True)]
        via = self.plan.channel if self.intent.is_live else "web"
        self._act(at, agent.id, via, changes, self._message(True, occasion, due))

    def solves_silently(self, at: int, agent: Agent) -> None:
        """An agent sets the ticket to solved and writes nothing."""
        at, agent = self._by(at, agent)
        changes = [*self._taking(at, agent), *self._status(at, "solved", str(agent.id))]
        self._act(at, agent.id, "web", changes)

    def reopens_by_agent(self, at: int, agent: Agent) -> None:
        """An agent takes a solve back."""
        at, agent = self._by(at, agent)
        self.facts.reopens.append({"at": at, "by": "agent", "thanks_only": False})
        self._act(at, agent.id, "web", self._status(at, "open"))

    def notes(self, at: int, agent: Agent) -> None:
        """An agent writes an internal note."""
        at, agent = self._by(at, agent)
        self.facts.internal_notes += 1
        self.intent.attended(at)
        self._act(at, agent.id, "web", [], self._message(False, "note"))

    def takes(self, at: int, agent: Agent) -> None:
        """An agent assigns the ticket to themselves."""
        at, agent = self._by(at, agent)
        self._act(at, agent.id, "web", [*self._taking(at, agent), *self._status(at, "open")])

    def hands_over(self, at: int, by: Agent, to: Group) -> None:
        """An agent sends the ticket to another team, with a note or without."""
        at, by = self._by(at, by)
        self.intent.handed_over(at, by, self.group, to)
        changes = [Change("group_id", self.group.id, to.id)]
        if self.assignee:
            self.intent.assigned(at, None)
            changes.append(Change("assignee_id", self.assignee.id, None))
        if to.schedule.id != self.group.schedule.id:
            changes.append(Change("schedule", self.group.schedule.id, to.schedule.id, TRIAGE))
        if to.name == "Technical L2":
            changes += [*self._status(at, "open"), Change("custom_status", None, "Escalated to engineering")]
        self.group, self.assignee = to, None
        self.intent.attended(at)
        is_noted = self.rng.random() < 0.7
        self.facts.internal_notes += is_noted
        self._act(at, by.id, "web", changes, self._message(False, "hand_over") if is_noted else None)

    def prioritized(self, at: int, agent: Agent, priority: str) -> None:
        """An agent changes how urgent the ticket is."""
        at, agent = self._by(at, agent)
        self.intent.filed(at, self.facts.priorities, priority)
        self._act(at, agent.id, "web", [Change("priority", self.priority, priority)])
        self.priority = priority

    def categorized(self, at: int, agent: Agent) -> None:
        """An agent puts the ticket under the topic that it is really about."""
        at, agent = self._by(at, agent)
        self.intent.filed(at, self.facts.topics, self.plan.topic)
        self._act(at, agent.id, "web", [Change("topic", self.topic, self.plan.topic)])
        self.topic = self.plan.topic

    def machine_writes(self, at: int, actor: int, occasion: str, via: str, is_public: bool = True) -> None:
        """A bot, a rule or an integration writes; it answers no turn."""
        self._act(self._later(at), actor, via, [], self._message(is_public, occasion))

    def automation(self, at: int, rule: str, status: str, tag: str | None = None) -> None:
        """A rule of the helpdesk moves the ticket to another status."""
        at = self._later(at)
        changes = self._status(at, status, "automation")
        if tag:
            changes.append(Change("tags", None, tag))
        self._act(at, SYSTEM, f"rule:automation:{rule}", changes)

    def offered(self, at: int) -> None:
        """A survey goes out."""
        at = self._later(at)
        self._act(at, SYSTEM, SURVEY, self._score(at, "offered"))

    def rated(self, at: int, score: str) -> None:
        """The customer answers the survey, or changes an earlier answer."""
        at = self._later(at)
        self._act(at, self.plan.customer.id, "web", self._score(at, score))

    def merges_away(self, at: int, agent: Agent, into: Plan) -> None:
        """The ticket is closed as a duplicate of another."""
        at, agent = self._by(at, agent)
        self.facts.merged_into, self.facts.merged_at = into, at
        self.intent.turn_ended(at, "merged")
        changes = [*self._status(at, "closed"), Change("tags", None, "closed_by_merge")]
        self._act(at, agent.id, "system:merge", changes, self._message(False, "merged_away"))

    def receives(self, at: int, agent: Agent, merged: Plan) -> None:
        """Another ticket of the customer is merged into this one."""
        at, agent = self._by(at, agent)
        self.plan.quotes = merged
        self.intent.attended(at)
        self._act(at, agent.id, "system:merge", [], self._message(False, "merged_into"))

    def deleted(self, at: int, scrub_after: int) -> None:
        """The administrator deletes the ticket; later its text is scrubbed."""
        at = self._later(at)
        self.facts.deleted_at = at
        self.intent.turn_ended(at, "deleted")
        if at + scrub_after < self.company.end:
            self.facts.scrubbed_at = at + scrub_after
        self._before_deletion = self.status
        self._act(at, ADMIN, "web", self._status(at, "deleted"))

    def restored(self, at: int) -> None:
        """A deletion is taken back."""
        at = self._later(at)
        self.facts.restored_at, self.facts.scrubbed_at = at, None
        self._act(at, ADMIN, "web", [Change("status", "deleted", self._before_deletion)])
        self.status = self._before_deletion
        self.facts.statuses.append({"at": at, "status": self.status})

    def _customer_writes(self, at: int, occasion: str, actor: int | None = None) -> None:
        """A caller goes on by e-mail; others stay with their channel."""
        via = "email" if self.plan.channel == "voice" else self.plan.channel
        changes = self._status(at, "open") if self.status in REOPENING else []
        self._act(at, actor or self.plan.customer.id, via, changes, self._message(True, occasion))

    def _taking(self, at: int, agent: Agent) -> list[Change]:
        if self.assignee and self.assignee.id == agent.id:
            return []
        self.intent.assigned(at, agent)
        self.intent.attended(at)
        before, self.assignee = self.assignee, agent
        return [Change("assignee_id", before and before.id, agent.id)]

    def _status(
        self, at: int, status: str, by: str = "", custom: str | None = None, with_reply: bool = False
    ) -> list[Change]:
        if status == self.status:
            return []
        if status == "solved":
            self.intent.solved(at, by, with_reply)
        before, self.status = self.status, status
        self.facts.statuses.append({"at": at, "status": status})
        changes = [Change("status", before, status)]
        return [*changes, Change("custom_status", None, custom)] if custom else changes

    def _score(self, at: int, score: str) -> list[Change]:
        given = self.facts.ratings
        before = given[-1]["score"] if given else "unoffered"
        assignee = self.assignee.id if self.assignee else None
        replier, team = self.replied if self.replied[0] else (None, self.group.name)
        given.append(
            {"at": at, "score": score, "group": self.group.id, "assignee": assignee, "replier": replier, "team": team}
        )
        return [Change("satisfaction_score", before, score)]

    def _message(self, is_public: bool, occasion: str, due: str = "") -> Message:
        return Message(is_public, occasion, self.rng.getrandbits(30), due)

    def _by(self, at: int, agent: Agent) -> tuple[int, Agent]:
        """When the agent acts, or a colleague if the agent has left by then."""
        at = self._later(at)
        return at, agent if at < agent.until else self.group.on_duty(self.rng, at)

    def _later(self, at: int) -> int:
        """Acts stand in order, and none lies beyond the end of the world."""
        at = max(at, self.at)
        if at >= self.company.end:
            raise Curtain
        return at

    def _act(self, at: int, actor: int, via: str, changes: list[Change], message: Message | None = None) -> None:
        self.at = at
        self.plan.acts.append(Act(at, actor, via, changes, message))
