"""The bookkeeping of what is meant to happen: the facts of the answer key, as the story is told."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.company import Group
from auditlib.sandbox.plan import Facts, Plan
from auditlib.sandbox.staff import Agent


class Intent:
    """The facts of one ticket so far, and whose turn it is."""

    def __init__(self, plan: Plan) -> None:
        self.facts: Facts = plan.facts
        self.is_live = plan.channel in ("native_messaging", "chat")
        self.asked_at: int | None = None
        self.last_asked_at = plan.created_at
        self._is_mid_reply = False

    def asked(self, at: int, is_solved: bool = False) -> None:
        """The customer's side wrote something that needs an answer; on a solved ticket it reopens."""
        if is_solved:
            self.facts.reopens.append({"at": at, "by": "customer", "thanks_only": False})
        self.facts.customer_messages += 1
        self._is_mid_reply = False
        self.last_asked_at = at
        if self.asked_at is None:
            self.asked_at = at
            self.facts.turns.append({"opened_at": at, "closed_at": None, "state": "waiting"})

    def chased(self, at: int, is_structural: bool) -> None:
        """The customer asked again while waiting."""
        gap = at - self.last_asked_at
        self.facts.chasers.append({"at": at, "gap_seconds": gap, "structural": is_structural, "lexical": True})
        self.asked(at)

    def doubled(self, at: int, second: Plan) -> None:
        """The customer asked again in another ticket."""
        self.facts.chasers.append({"at": at, "gap_seconds": at - self.last_asked_at, "duplicate": second})
        self.last_asked_at = at

    def thanked(self, at: int, is_solved: bool) -> None:
        """The customer wrote thanks and nothing else."""
        if is_solved:
            self.facts.reopens.append({"at": at, "by": "customer", "thanks_only": True})
        self.facts.customer_messages += 1
        self.facts.confirmed_at = at
        self._is_mid_reply = False

    def answered(self, at: int, agent: Agent, team: Group) -> None:
        """An agent answered in public; several lines of a chat are one answer."""
        facts = self.facts
        if facts.customer_messages:
            facts.agent_replies += not (self.is_live and self._is_mid_reply)
            first = {"at": at, "by": agent.id, "team": team.name, "team_id": team.id}
            facts.first_reply = facts.first_reply or first
        self._is_mid_reply = True
        if self.asked_at is not None:
            facts.turns[-1].update(responder=agent.id, team=team.name)
        self.turn_ended(at, "answered")

    def attended(self, at: int) -> None:
        """A human did something for the customer without writing to them."""
        self.facts.attended.append({"at": at})

    def solved(self, at: int, by: str, with_reply: bool) -> None:
        """The ticket became solved; who was still waiting got no answer."""
        self.facts.solves.append({"at": at, "by": by, "with_reply": with_reply})
        self.turn_ended(at, "closed_unanswered")

    def turn_ended(self, at: int, state: str) -> None:
        """The customer's turn, if one is open, ends in some way."""
        if self.asked_at is not None:
            self.asked_at = None
            self.facts.turns[-1].update(closed_at=at, state=state)

    def assigned(self, at: int, to: Agent | None) -> None:
        """The ticket came to an agent, or to nobody."""
        self.facts.assignees.append({"at": at, "to": to and to.id})

    def filed(self, at: int, under: list[dict[str, Any]], word: str) -> None:
        """The ticket was put under a topic or a priority."""
        under.append({"at": at, "is": word})

    def handed_over(self, at: int, by: Agent, before: Group, after: Group) -> None:
        """An agent sent the ticket to another team."""
        self.facts.transfers.append(
            {"at": at, "by": by.id, "from": before.name, "to": after.name,
             "from_id": before.id, "to_id": after.id}
        )  # fmt: skip
