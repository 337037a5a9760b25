"""Promises: what agents say they will do by when, and whether they do."""

from __future__ import annotations

from auditlib.sandbox.chances import soon
from auditlib.sandbox.hours import OpenHours
from auditlib.sandbox.instants import DAY, HOUR
from auditlib.sandbox.plot import Plot
from auditlib.sandbox.staff import HABITS, Agent

WORDS = {
    "within_24_hours": {"en": "within 24 hours", "de": "innerhalb von 24 Stunden"},
    "end_of_day": {"en": "by end of day", "de": "bis Ende des Tages"},
    "two_business_days": {"en": "within 2 business days", "de": "innerhalb von 2 Werktagen"},
}


def due_at(kind: str, made_at: int, hours: OpenHours) -> int:
    """When a promise falls due: 24 hours by the clock, or at the close of a working day."""
    if kind == "within_24_hours":
        return made_at + DAY
    return hours.close_of_day(made_at, 0 if kind == "end_of_day" else 2)


def promised(plot: Plot, agent: Agent, at: int) -> bool:
    """An agent promises; true where the talk goes on, false where nobody comes back to it."""
    rng = plot.rng
    language = plot.plan.customer.language
    if rng.random() < 0.2:
        plot.agent_replies(at, agent, "vague", "open")
        _record(plot, agent, "vague", None)
        return True
    kind = rng.choice(list(WORDS))
    words = WORDS[kind].get(language) or WORDS[kind]["en"]
    status, custom = ("hold", "Waiting on vendor") if rng.random() < 0.2 else ("open", None)
    plot.agent_replies(at, agent, "promise", status, due=words, custom=custom)
    due = due_at(kind, plot.at, plot.hours)
    promise = _record(plot, agent, kind, due)
    fate = rng.random()
    if fate < HABITS[agent.habit]["keeps"]:
        answer_at = plot.at + max(60, round((due - plot.at) * rng.uniform(0.2, 0.95)))
        plot.agent_replies(answer_at, agent, f"answer_{plot.plan.topic}", "solved")
        promise.update(state="kept", fulfilled_at=plot.at)
        return False
    missed_at = due + soon(rng, 20 * HOUR)
    if rng.random() < 0.6:
        plot.customer_asks(missed_at, "chase")
    if fate < 0.93:
        late_at = plot.hours.after(max(plot.at, missed_at), soon(rng, 3 * HOUR))
        plot.agent_replies(late_at, agent, f"answer_{plot.plan.topic}", "solved")
        promise.update(state="late", fulfilled_at=plot.at)
    else:
        promise.update(state="broken")
    return False


def _record(plot: Plot, agent: Agent, kind: str, due: int | None) -> dict[str, object]:
    state = "vague" if due is None else "pending"
    promise: dict[str, object] = {
        "at": plot.at, "by": agent.id, "team": plot.group.name, "kind": kind, "due_at": due, "state": state,
    }  # fmt: skip
    plot.facts.promises.append(promise)
    return promise
