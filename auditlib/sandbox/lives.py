"""The life of one customer with the company: issues, the tickets they take, and coming back."""

from __future__ import annotations

from random import Random

from auditlib.sandbox import stories
from auditlib.sandbox.calendar import Arrivals
from auditlib.sandbox.chances import Chances
from auditlib.sandbox.company import Company, Group, Topic
from auditlib.sandbox.customers import Customer, colleague
from auditlib.sandbox.instants import DAY, HOUR
from auditlib.sandbox.plan import Change, Facts, Message, Plan
from auditlib.sandbox.plot import TRIAGE, Curtain, Plot

CHANNELS = Chances(
    {"email": 0.49, "web": 0.22, "native_messaging": 0.13, "voice": 0.08, "chat": 0.02, "outbound": 0.02,
     "spam": 0.02, "test": 0.01, "monitoring": 0.01}
)  # fmt: skip
CHANNELS_BACK = Chances({"email": 0.6, "web": 0.2, "native_messaging": 0.1, "voice": 0.1})
CARRIED_BY = {"spam": "email", "test": "web", "monitoring": "api", "outbound": "web"}
MISFILED = 0.06


class Life:
    """Everything that one customer goes through, from one stream of random numbers."""

    def __init__(self, company: Company, customer: Customer, rng: Random, arrivals: Arrivals) -> None:
        self.company = company
        self.customer = customer
        self.rng = rng
        self.arrivals = arrivals
        self.issues = 0
        self.plans: list[Plan] = []

    def lived(self, outages: list[Plan]) -> list[Plan]:
        """All tickets of the customer, in the order in which they were invented."""
        rng = self.rng
        count = 1
        while rng.random() < 0.35 and count < 15:
            count += 1
        for _ in range(15 if rng.random() < 0.003 else count):
            topic = self._topic()
            first = self._issue(self.arrivals.moment(rng, self.customer.region), topic, rng)
            if rng.random() < 0.05 / count:
                others = [t for t in self.company.topics if t is not topic]
                at = first.created_at + rng.randint(6, 160) * HOUR
                if at < self.company.end:
                    self._issue(at, rng.choice(others), rng, before=first).facts.unrelated_to = first
        for outage in outages:
            if rng.random() < 0.05:
                self._struck_by(outage, rng)
        return self.plans

    def _issue(self, at: int, topic: Topic, rng: Random, before: Plan | None = None) -> Plan:
        self.issues += 1
        channel = CHANNELS.draw(rng)
        first = self._plan(at, topic, channel, f"{self.customer.id}-{self.issues}")
        # An agent in a hurry files one in four of them under what the customer asked about last.
        first.filed_as = before.topic if before and first.salt % 4 == 0 else None
        self._told(first, topic)
        self._comes_back(first, topic, rng)
        return first

    def _comes_back(self, plan: Plan, topic: Topic, rng: Random) -> None:
        """The customer returns with the same issue, the likelier the less careful the solve was."""
        for _ in range(4):
            if not self._is_unhappy_with(plan, topic) or plan.solved_at is None:
                return
            at = plan.solved_at + max(2 * HOUR, round(rng.expovariate(1 / (2.5 * DAY))))
            wrote_later = any(a.at >= at for a in plan.acts if a.actor == plan.customer.id)
            if at >= self.company.end or wrote_later:
                return
            plan = self._again(plan, topic, at)

    def _is_unhappy_with(self, plan: Plan, topic: Topic) -> bool:
        facts = plan.facts
        if plan.solved_at is None or facts.in_scope != "yes" or facts.withdrawn or facts.deleted_at:
            return False
        chance = topic.repeat * (2.6 - 2 * self._care_of(plan))
        return self.rng.random() < chance and not facts.confirmed_at

    def _again(self, plan: Plan, topic: Topic, at: int) -> Plan:
        closed_at = plan.closed_at
        is_follow_up = closed_at is not None and closed_at < at and self.rng.random() < 0.6
        channel = "email" if is_follow_up else CHANNELS_BACK.draw(self.rng)
        again = self._plan(at, topic, channel, plan.facts.issue)
        again.facts.repeat_of = plan
        again.facts.repeat_kind = "follow_up" if is_follow_up else "new_ticket"
        again.follows = plan if is_follow_up else None
        again.order, again.product = plan.order, plan.product
        self._told(again, topic)
        return again

    def _struck_by(self, outage: Plan, rng: Random) -> None:
        at = outage.created_at + rng.randint(-2 * HOUR, 9 * HOUR)
        topic = next(t for t in self.company.topics if t.name == "defect")
        self.issues += 1
        plan = self._plan(at, topic, "email", f"{self.customer.id}-{self.issues}")
        plan.kind, plan.incident_of = "incident", outage
        self._told(plan, topic)

    def _topic(self) -> Topic:
        number = self.company.topic_chances.draw(self.rng)
        return self.company.topics[number]

    def _care_of(self, plan: Plan) -> float:
        by = plan.facts.solves[-1]["by"]
        return next((a.care for a in self.company.agents if str(a.id) == by), 0.7)

    def _plan(self, at: int, topic: Topic, channel: str, issue: str) -> Plan:
        rng = self.rng
        facts = Facts(issue=issue)
        if channel in CARRIED_BY:
            facts.in_scope = channel
        return Plan(
            customer=self.customer,
            channel=CARRIED_BY.get(channel, channel),
            topic=topic.name,
            created_at=at,
            opened_by=self.customer.id,
            order=str(rng.randint(100_000, 999_999)),
            product=rng.choice(self.company.products),
            salt=rng.getrandbits(30),
            facts=facts,
            tags=[channel] if channel in ("test", "monitoring", "spam") else [],
            copied=colleague(self.customer) if channel == "email" and rng.random() < 0.06 else None,
        )

    def _told(self, plan: Plan, topic: Topic) -> None:
        """The plan becomes a story; what lies beyond the end of the world is not told."""
        self.plans.append(plan)
        group = self._group_for(topic)
        if _is_opened_by_agent(plan):
            at_work = group.schedule.open.after(plan.created_at, 1)
            plan.created_at = at_work if at_work < self.company.end else plan.created_at
        plot = Plot(plan, self.company, self.rng, group)
        try:
            self._begin(plot)
            self._go_on(plot, topic)
        except Curtain:
            pass
        if plot.second:
            second, merged_at = plot.second
            self._told_second(second, merged_at, topic)
        if self.rng.random() < 0.03:
            plan.touched_at = plan.acts[-1].at + self.rng.randint(1, 40) * DAY

    def _told_second(self, plan: Plan, merged_at: int | None, topic: Topic) -> None:
        if merged_at is None:
            self._told(plan, topic)
            return
        self.plans.append(plan)
        plot = Plot(plan, self.company, self.rng, self._group_for(topic))
        try:
            self._begin(plot)
            plot.merges_away(merged_at, plot.group.on_duty(self.rng, merged_at), plan.facts.repeat_of or plan)
        except Curtain:
            pass

    def _go_on(self, plot: Plot, topic: Topic) -> None:
        plan, scope = plot.plan, plot.facts.in_scope
        if scope == "spam":
            plot.deleted(plot.at + self.rng.randint(1, 20) * HOUR, scrub_after=30 * DAY)
            return
        if scope == "test":
            plot.solves_silently(plot.at + HOUR, plot.group.on_duty(self.rng, plot.at))
            return
        if scope == "monitoring":
            plot.automation(plot.at + 6 * HOUR, "Close device alerts", "solved")
            return
        if scope == "outbound":
            stories.outbound(plot)
        elif plan.channel == "voice":
            stories.by_phone(plot)
        elif plot.intent.is_live:
            stories.in_a_chat(plot, topic.hard)
        else:
            if plan.topic == "delivery" and self.rng.random() < 0.15:
                stories.carrier_news(plot)
            if plan.copied:
                plot.customer_asks(plot.at + self.rng.randint(40, 300) * 60, "copied", plan.copied)
            stories.by_mail(plot, topic.hard, topic.escalates)
        stories.after_the_solve(plot, keeps=0.10)
        if self.rng.random() < 0.006:
            plot.deleted(plot.at + self.rng.randint(1, 30) * DAY, scrub_after=30 * DAY)
            if self.rng.random() < 0.3:
                plot.restored(plot.at + DAY)

    def _group_for(self, topic: Topic) -> Group:
        if self.customer.tier == "premium" and self.rng.random() < 0.6:
            return self.company.group_named("Priority desk")
        return self.company.group_named(topic.group or self.customer.region.group)

    def _begin(self, plot: Plot) -> None:
        plan, rng = plot.plan, self.rng
        by_agent = _is_opened_by_agent(plan)
        roll = rng.random() - (0.15 if self.customer.tier == "premium" else 0.0)
        plot.priority = "urgent" if roll < 0.02 else "high" if roll < 0.15 else "low" if roll > 0.9 else "normal"
        if rng.random() < MISFILED and not by_agent:
            plot.topic = rng.choice(self.company.topics).name
        plot.topic = plan.filed_as or plot.topic
        plot.intent.filed(plan.created_at, plot.facts.topics, plot.topic)
        plot.intent.filed(plan.created_at, plot.facts.priorities, plot.priority)
        changes = [
            Change("priority", None, plot.priority, TRIAGE),
            Change("group_id", None, plot.group.id, TRIAGE),
            Change("schedule", None, plot.group.schedule.id, TRIAGE),
            Change("topic", None, plot.topic),
        ]
        if by_agent:
            agent = plot.group.on_duty(rng, plan.created_at)
            plot.assignee, plot.status, plan.opened_by = agent, "open", agent.id
            plot.intent.assigned(plan.created_at, agent)
            changes.append(Change("assignee_id", None, agent.id))
        plot.opens(plan.opened_by, Message(True, self._occasion(plan), rng.getrandbits(30)), changes)

    def _occasion(self, plan: Plan) -> str:
        facts = plan.facts
        if facts.in_scope in ("spam", "monitoring", "outbound"):
            return facts.in_scope
        if plan.channel == "voice":
            return "phone_summary"
        if facts.repeat_kind == "duplicate":
            return "duplicate"
        return "again" if facts.repeat_of else f"ask_{plan.topic}"


def _is_opened_by_agent(plan: Plan) -> bool:
    return plan.channel == "voice" or plan.facts.in_scope == "outbound"
