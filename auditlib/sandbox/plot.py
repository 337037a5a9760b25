"""The verbs in which a ticket's story is told: each notes the fact first, then the act that shows it."""

from __future__ import annotations

from random import Random

from auditlib.sandbox.company import Company, Group
from auditlib.sandbox.hours import OpenHours
from auditlib.sandbox.instants import MINUTE
from auditlib.sandbox.plan import Act, Change, Facts, Message, Plan
from auditlib.sandbox.staff import ADMIN, SYSTEM, Agent

TRIAGE = "rule:trigger:Triage by topic and region"
AUTO_REPLY = "rule:trigger:Acknowledge new request"
REOPENING = ("pending", "hold", "solved")


class Curtain(Exception):
    """The world ends before this act: what came before stands."""


class Plot:
    """One ticket while its story is told."""

    def __init__(self, plan: Plan, company: Company, rng: Random, group: Group) -> None:
        self.plan = plan
        self.facts = plan.facts
        self.company = company
        self.rng = rng
        self.group = group
        self.priority = "normal"
        self.assignee: Agent | None = None
        self.status = "new"
        self.at = plan.created_at
        self.asked_at: int | None = None
        self.last_customer_at = plan.created_at
        self.is_live = plan.channel in ("native_messaging", "chat")
        self.replied_since_customer = False
        self.topic = plan.topic
        self.before_deletion = self.status
        self.second: tuple[Plan, int | None] | None = None

    @property
    def hours(self) -> OpenHours:
        """The hours of the team that has the ticket."""
        return self.group.schedule.open

    @property
    def customer_via(self) -> str:
        """How the customer writes once the ticket exists: a caller goes on by e-mail."""
        return "email" if self.plan.channel in ("voice", "phone") else self.plan.channel

    def opens(self, actor: int, message: Message, changes: list[Change]) -> None:
        """The ticket comes into being with its first message."""
        self.at = min(self.at, self.company.end - 1)
        if actor == self.plan.customer.id:
            self._customer_asked(self.at)
        self._act(self.at, actor, self.plan.channel, changes, message)

    def customer_asks(self, at: int, occasion: str, actor: int | None = None) -> None:
        """The customer writes something that needs an answer; on a solved ticket it reopens."""
        at = self._later(at)
        actor = actor or self.plan.customer.id
        if self.status == "solved":
            self.facts.reopens.append({"at": at, "by": "customer", "thanks_only": False})
        self._customer_asked(at)
        self._act(at, actor, self.customer_via, self._reopening(), self._message(True, occasion))

    def customer_chases(self, at: int, is_structural: bool) -> None:
        """The customer asks again while nobody answered."""
        at = self._later(at)
        gap = at - self.last_customer_at
        self.facts.chasers.append(
            {"at": at, "gap_seconds": gap, "structural": is_structural, "lexical": True}
        )
        self._customer_asked(at)
        message = self._message(True, "chase")
        self._act(at, self.plan.customer.id, self.customer_via, self._reopening(), message)

    def writes_a_second_ticket(self, at: int, merged_at: int | None) -> Plan | None:
        """The customer loses patience and opens another ticket about the same thing, once at most."""
        at = self._later(at)
        if self.second or self.facts.repeat_kind == "duplicate":
            return None
        plan = duplicate_of(self.plan, at, self.rng)
        self.second = (plan, merged_at)
        self.facts.chasers.append({"at": at, "duplicate": plan, "gap_seconds": at - self.last_customer_at})
        self.last_customer_at = at
        return plan

    def customer_thanks(self, at: int, occasion: str = "thanks") -> None:
        """The customer says thanks and nothing else; the helpdesk reopens a solved ticket all the same."""
        at = self._later(at)
        if self.status == "solved":
            self.facts.reopens.append({"at": at, "by": "customer", "thanks_only": True})
        self.facts.customer_messages += 1
        self.facts.confirmed = True
        self.replied_since_customer = False
        message = self._message(True, occasion)
        self._act(at, self.plan.customer.id, self.customer_via, self._reopening(), message)

    def agent_replies(
        self, at: int, agent: Agent, occasion: str, status: str, due: str = "", custom: str | None = None
    ) -> None:
        """An agent answers in public and leaves the ticket in a status."""
        at = self._later(at)
        self._answered(at, agent)
        self._solved(at, status, str(agent.id), with_reply=True)
        changes = [*self._taking(agent), *self._status(status, custom)]
        via = self.plan.channel if self.is_live else "web"
        self._act(at, agent.id, via, changes, self._message(True, occasion, due))

    def solves_silently(self, at: int, agent: Agent) -> None:
        """An agent sets the ticket to solved and writes nothing."""
        at = self._later(at)
        self._solved(at, "solved", str(agent.id), with_reply=False)
        self._act(at, agent.id, "web", [*self._taking(agent), *self._status("solved")])

    def reopens_by_agent(self, at: int, agent: Agent) -> None:
        """An agent takes a solve back."""
        at = self._later(at)
        self.facts.reopens.append({"at": at, "by": "agent", "thanks_only": False})
        self._act(at, agent.id, "web", self._status("open"))

    def notes(self, at: int, agent: Agent, occasion: str = "note") -> None:
        """An agent writes an internal note."""
        at = self._later(at)
        self.facts.internal_notes += 1
        self._act(at, agent.id, "web", [], self._message(False, occasion))

    def machine_writes(self, at: int, actor: int, occasion: str, via: str, is_public: bool = True) -> None:
        """A bot, a rule or an integration writes; it answers no turn."""
        self._act(self._later(at), actor, via, [], self._message(is_public, occasion))

    def takes(self, at: int, agent: Agent) -> None:
        """An agent assigns the ticket to themselves."""
        at = self._later(at)
        self._act(at, agent.id, "web", [*self._taking(agent), *self._status("open")])

    def hands_over(self, at: int, by: Agent, to: Group) -> None:
        """An agent sends the ticket to another team, with a note or without."""
        at = self._later(at)
        self.facts.transfers.append(
            {
                "at": at,
                "by": by.id,
                "from": self.group.name,
                "to": to.name,
                "from_id": self.group.id,
                "to_id": to.id,
            }
        )
        changes = [Change("group_id", self.group.id, to.id)]
        if self.assignee:
            changes.append(Change("assignee_id", self.assignee.id, None))
        if to.schedule.id != self.group.schedule.id:
            changes.append(Change("schedule", self.group.schedule.id, to.schedule.id, TRIAGE))
        noted = self.rng.random() < 0.7
        self.facts.internal_notes += noted
        self.group, self.assignee = to, None
        if to.name == "Technical L2":
            changes += [*self._status("open"), Change("custom_status", None, "Escalated to engineering")]
        self._act(at, by.id, "web", changes, self._message(False, "hand_over") if noted else None)

    def prioritized(self, at: int, agent: Agent, priority: str) -> None:
        """An agent changes how urgent the ticket is."""
        at = self._later(at)
        self._act(at, agent.id, "web", [Change("priority", self.priority, priority)])
        self.priority = priority

    def categorized(self, at: int, agent: Agent) -> None:
        """An agent puts the ticket under the topic that it is really about."""
        at = self._later(at)
        self._act(at, agent.id, "web", [Change("topic", self.topic, self.plan.topic)])
        self.topic = self.plan.topic

    def automation(self, at: int, rule: str, status: str, tag: str | None = None) -> None:
        """A rule of the helpdesk moves the ticket to another status."""
        at = self._later(at)
        self._solved(at, status, "automation", with_reply=False)
        changes = self._status(status)
        if tag:
            changes.append(Change("tags", None, tag))
        self._act(at, SYSTEM, f"rule:automation:{rule}", changes)

    def offered(self, at: int) -> None:
        """A survey goes out."""
        at = self._later(at)
        self.facts.ratings.append(
            {"at": at, "score": "offered", "group": self.group.id, "assignee": self._assignee}
        )
        rule = "rule:automation:Ask for a rating"
        self._act(at, SYSTEM, rule, [Change("satisfaction_score", "unoffered", "offered")])

    def rated(self, at: int, score: str) -> None:
        """The customer answers the survey, or changes an earlier answer."""
        at = self._later(at)
        before = self.facts.ratings[-1]["score"]
        self.facts.ratings.append(
            {"at": at, "score": score, "group": self.group.id, "assignee": self._assignee}
        )
        self._act(at, self.plan.customer.id, "web", [Change("satisfaction_score", before, score)])

    def merges_away(self, at: int, agent: Agent, into: Plan) -> None:
        """The ticket is closed as a duplicate of another."""
        at = self._later(at)
        self.facts.merged_into, self.facts.merged_at = into, at
        self._close_turn(at, "merged")
        self.plan.quotes = into
        changes = [*self._status("closed"), Change("tags", None, "closed_by_merge")]
        self._act(at, agent.id, "system:merge", changes, self._message(False, "merged_away"))

    def receives(self, at: int, agent: Agent, merged: Plan) -> None:
        """Another ticket of the customer is merged into this one."""
        self.plan.quotes = merged
        self._act(self._later(at), agent.id, "system:merge", [], self._message(False, "merged_into"))

    def deleted(self, at: int, by: int = ADMIN, scrub_after: int | None = None) -> None:
        """The ticket is deleted; later its text is scrubbed."""
        at = self._later(at)
        self.facts.deleted_at = at
        self._close_turn(at, "deleted")
        if scrub_after and at + scrub_after < self.company.end:
            self.facts.scrubbed_at = at + scrub_after
        self._act(at, by, "web", [Change("status", self.status, "deleted")])
        self.before_deletion, self.status = self.status, "deleted"

    def restored(self, at: int, by: int = ADMIN) -> None:
        """A deletion is taken back."""
        at = self._later(at)
        self.facts.restored_at, self.facts.scrubbed_at = at, None
        self._act(at, by, "web", self._status(self.before_deletion))

    # The bookkeeping of intent.

    @property
    def _assignee(self) -> int | None:
        return self.assignee.id if self.assignee else None

    def _customer_asked(self, at: int) -> None:
        self.facts.customer_messages += 1
        self.replied_since_customer = False
        self.last_customer_at = at
        if self.asked_at is None:
            self.asked_at = at
            self.facts.turns.append({"opened_at": at, "closed_at": None, "state": "waiting"})

    def _answered(self, at: int, agent: Agent) -> None:
        counts = not (self.is_live and self.replied_since_customer) and self.facts.customer_messages > 0
        self.facts.agent_replies += counts
        self.replied_since_customer = True
        if self.facts.first_reply is None and self.facts.customer_messages > 0:
            self.facts.first_reply = {
                "at": at,
                "by": agent.id,
                "team": self.group.name,
                "team_id": self.group.id,
            }
        self._close_turn(at, "answered", agent)

    def _close_turn(self, at: int, state: str, agent: Agent | None = None) -> None:
        if self.asked_at is None:
            return
        self.asked_at = None
        self.facts.turns[-1].update(closed_at=at, state=state)
        if agent:
            self.facts.turns[-1].update(responder=agent.id, team=self.group.name)

    def _solved(self, at: int, status: str, by: str, with_reply: bool) -> None:
        if status == "solved" and self.status != "solved":
            self.facts.solves.append({"at": at, "by": by, "with_reply": with_reply})
            self._close_turn(at, "closed_unanswered")

    def _taking(self, agent: Agent) -> list[Change]:
        if self.assignee and self.assignee.id == agent.id:
            return []
        before, self.assignee = self._assignee, agent
        return [Change("assignee_id", before, agent.id)]

    def _reopening(self) -> list[Change]:
        return self._status("open") if self.status in REOPENING else []

    def _status(self, status: str, custom: str | None = None) -> list[Change]:
        if status == self.status:
            return []
        before, self.status = self.status, status
        changes = [Change("status", before, status)]
        if custom:
            changes.append(Change("custom_status", None, custom))
        return changes

    def _message(self, is_public: bool, occasion: str, due: str = "") -> Message:
        return Message(is_public, occasion, self.rng.getrandbits(30), due)

    def _later(self, at: int) -> int:
        """Acts stand in order, and none lies beyond the end of the world."""
        at = max(at, self.at)
        if at >= self.company.end:
            raise Curtain
        return at

    def _act(
        self, at: int, actor: int, via: str, changes: list[Change], message: Message | None = None
    ) -> None:
        self.at = at
        self.plan.acts.append(Act(at, actor, via, changes, message))


def duplicate_of(plan: Plan, at: int, rng: Random) -> Plan:
    """A second ticket of the same customer about the same issue, through another channel."""
    facts = Facts(issue=plan.facts.issue, repeat_of=plan, repeat_kind="duplicate")
    return Plan(
        customer=plan.customer,
        channel="web" if plan.channel == "email" else "email",
        topic=plan.topic,
        created_at=at,
        opened_by=plan.customer.id,
        order=plan.order,
        product=plan.product,
        salt=rng.getrandbits(30),
        facts=facts,
        quotes=plan,
    )


def soon(rng: Random, seconds: int) -> int:
    """A span around so many seconds, rarely much longer."""
    return max(20, round(seconds * rng.lognormvariate(0.0, 0.7)))


def a_moment(rng: Random) -> int:
    """Half a minute to five."""
    return round(rng.uniform(0.5, 5) * MINUTE)
