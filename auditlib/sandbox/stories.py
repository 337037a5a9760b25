"""How tickets go: questions, waits, promises, transfers and solves, told in the verbs of a plot."""

from __future__ import annotations

from auditlib.sandbox.chances import a_moment, soon
from auditlib.sandbox.instants import DAY, HOUR, MINUTE
from auditlib.sandbox.plot import AUTO_REPLY, Plot
from auditlib.sandbox.promises import promised
from auditlib.sandbox.staff import ASSISTANT, HABITS, INTEGRATION, Agent

WORK = {"urgent": 0.3, "high": 0.6, "normal": 1.0, "low": 1.6}
PENDING_RULE = "Solve after five days without an answer"
CLOSE_RULE = "Close four days after the solve"


def by_mail(plot: Plot, hard: float, escalates: str | None) -> None:
    """An ordinary ticket: the customer writes, waits, and is answered, or not."""
    rng = plot.rng
    if plot.plan.channel == "email" and rng.random() < 0.3:
        plot.machine_writes(plot.at + rng.randint(0, 2), plot.group.agents[0].id, "auto_reply", AUTO_REPLY)
    if rng.random() < 0.08:
        plot.customer_asks(plot.at + rng.randint(2, 20) * MINUTE, "detail")
    fate = rng.random()
    if fate < 0.02:
        plot.solves_silently(plot.hours.after(plot.at, soon(rng, 5 * HOUR)), _somebody(plot))
    elif fate < 0.04:
        plot.facts.withdrawn = True
        plot.customer_asks(plot.at + soon(rng, 3 * HOUR), "withdraw")
        plot.solves_silently(plot.hours.after(plot.at, soon(rng, HOUR)), _somebody(plot))
    elif fate < 0.065:
        chased_until(plot, plot.company.end)
    else:
        before_the_reply(plot, escalates)
        conversation(plot, hard)


def before_the_reply(plot: Plot, escalates: str | None) -> None:
    """What happens inside the house while the customer waits."""
    rng = plot.rng
    if rng.random() < 0.15:
        agent = _somebody(plot)
        plot.notes(_when_worked(plot, 40 * MINUTE), agent)
    if rng.random() < 0.06:
        to_priority = "high" if plot.priority in ("normal", "low") else "urgent"
        plot.prioritized(_when_worked(plot, 30 * MINUTE), _somebody(plot), to_priority)
    if rng.random() < 0.12:
        home = plot.group
        wanted = escalates or rng.choice(["Billing", "Returns", "Technical L2"])
        if wanted != home.name:
            plot.hands_over(_when_worked(plot, 90 * MINUTE), _somebody(plot), plot.company.group_named(wanted))
            if rng.random() < 0.25:
                plot.hands_over(_when_worked(plot, 2 * HOUR), _somebody(plot), home)
    if plot.topic != plot.plan.topic and not plot.stays_misfiled:
        plot.categorized(_when_worked(plot, 20 * MINUTE), _somebody(plot))
    if rng.random() < 0.4:
        plot.takes(_when_worked(plot, 30 * MINUTE), _somebody(plot))


def conversation(plot: Plot, hard: float) -> None:
    """Replies and answers until somebody solves the ticket or lets it lie."""
    rng = plot.rng
    agent = plot.assignee or _somebody(plot)
    for rounds in range(6):
        agent = _still_here(plot, agent)
        work = 3 * HOUR * hard * agent.pace * WORK[plot.priority]
        reply_at = plot.hours.after(plot.at, soon(rng, round(work)))
        chased_until(plot, reply_at)
        habit = HABITS[agent.habit]
        if rounds == 0 and rng.random() < habit["acks"]:
            plot.agent_replies(reply_at, agent, "ack", "open")
            plot.agent_replies(plot.hours.after(plot.at, soon(rng, 5 * HOUR)), agent, _answer(plot, agent), "solved")
            return
        if rng.random() < habit["promises"]:
            if not promised(plot, agent, reply_at):
                return
            continue
        if rng.random() < agent.care:
            _solving_reply(plot, agent, reply_at)
            return
        plot.agent_replies(reply_at, agent, "question", "pending")
        if rng.random() < 0.18:
            plot.automation(plot.at + 5 * DAY, PENDING_RULE, "solved", "auto_closed")
            return
        plot.customer_asks(plot.at + soon(rng, 9 * HOUR), "inform")
    _solving_reply(plot, agent, plot.hours.after(plot.at, soon(rng, 2 * HOUR)))


def chased_until(plot: Plot, reply_at: int) -> None:
    """The customer asks again while they wait, in this ticket or in a second one."""
    rng = plot.rng
    patience = round(20 * HOUR * plot.plan.customer.patience)
    while plot.intent.asked_at is not None:
        if rng.random() < 0.04:
            chase_at, is_structural = plot.intent.last_asked_at + rng.randint(31, 45) * MINUTE, False
        else:
            waited = plot.hours.after(plot.intent.last_asked_at, 4 * HOUR + 20 * MINUTE)
            chase_at, is_structural = max(waited, plot.intent.last_asked_at + soon(rng, patience)), True
        if not plot.at <= chase_at < reply_at or rng.random() < 0.45:
            return
        if rng.random() < 0.16:
            _writes_twice(plot, chase_at, reply_at)
        else:
            plot.customer_chases(chase_at, is_structural)


def _writes_twice(plot: Plot, at: int, reply_at: int) -> None:
    merged_at = at + soon(plot.rng, 2 * HOUR)
    is_merged = merged_at < reply_at - HOUR and plot.rng.random() < 0.75
    second = plot.writes_a_second_ticket(at, merged_at if is_merged else None)
    if second and is_merged:
        plot.receives(merged_at, _somebody(plot), second)


def after_the_solve(plot: Plot, keeps: float) -> None:
    """Thanks, complaints, surveys, and the closing of the ticket."""
    rng = plot.rng
    if not plot.facts.solves or plot.status != "solved" or plot.facts.withdrawn:
        _close(plot)
        return
    solver = plot.assignee or _somebody(plot)
    fate = rng.random()
    if fate < 0.03:
        plot.reopens_by_agent(plot.at + rng.randint(20, 200), solver)
        plot.solves_silently(plot.at + rng.randint(10, 90), solver)
    elif fate < 0.14 and plot.facts.agent_replies:
        plot.customer_thanks(plot.at + soon(rng, 3 * HOUR), rng.choice(["thanks", "thanks", "confirm"]))
        plot.solves_silently(plot.at + a_moment(rng), _still_here(plot, solver))
    elif fate < 0.14 + keeps:
        plot.customer_asks(plot.at + soon(rng, 14 * HOUR), "complain")
        conversation(plot, 1.0)
        if plot.status != "solved":
            return
    _survey(plot)
    _close(plot)


def in_a_chat(plot: Plot, hard: float) -> None:
    """A conversation in the messenger: a bot first, then an agent who writes in several lines."""
    rng = plot.rng
    plot.machine_writes(plot.at + rng.randint(2, 6), ASSISTANT, "bot_answer", plot.plan.channel)
    if rng.random() < 0.25:
        plot.automation(plot.at + DAY, "Solve after the assistant's answer", "solved", "bot_solved")
        return
    plot.customer_asks(plot.at + rng.randint(20, 90), "inform")
    plot.machine_writes(plot.at + 2, ASSISTANT, "bot_hand_off", plot.plan.channel)
    agent = _somebody(plot)
    begin = plot.hours.after(plot.at, soon(rng, round(6 * MINUTE * hard * agent.pace)))
    chased_until(plot, begin)
    plot.agent_replies(begin, agent, "chat_hello", "open")
    plot.agent_replies(plot.at + rng.randint(15, 60), agent, "chat_line", "open")
    plot.customer_asks(plot.at + rng.randint(20, 120), "inform")
    plot.agent_replies(plot.at + rng.randint(30, 240), agent, "chat_line", "open")
    plot.agent_replies(plot.at + rng.randint(30, 400), agent, "chat_done", "solved")


def by_phone(plot: Plot) -> None:
    """A call that an agent wrote down; most are solved on the line."""
    rng = plot.rng
    agent = plot.assignee or _somebody(plot)
    if rng.random() < 0.7:
        plot.solves_silently(plot.at + soon(rng, 6 * MINUTE), agent)
    elif rng.random() < 0.5:
        plot.customer_asks(plot.at + soon(rng, 20 * HOUR), "inform")
        conversation(plot, 0.8)
    else:
        plot.agent_replies(plot.hours.after(plot.at, soon(rng, 4 * HOUR)), agent, _answer(plot, agent), "solved")


def outbound(plot: Plot) -> None:
    """The company writes first; a quarter of the customers answer."""
    rng = plot.rng
    agent = plot.assignee or _somebody(plot)
    plot.solves_silently(plot.at + 60, agent)
    if rng.random() < 0.25:
        plot.customer_asks(plot.at + soon(rng, 20 * HOUR), "inform")
        conversation(plot, 0.8)


def carrier_news(plot: Plot) -> None:
    """An integration writes into the ticket, in public or for the team."""
    plot.machine_writes(plot.at + HOUR, INTEGRATION, "bot_status", "api", plot.rng.random() < 0.5)


def _solving_reply(plot: Plot, agent: Agent, at: int) -> None:
    if plot.rng.random() < 0.03:
        plot.facts.declined = True
        plot.agent_replies(at, agent, "decline", "solved")
        return
    plot.agent_replies(at, agent, _answer(plot, agent), "solved")


def _answer(plot: Plot, agent: Agent) -> str:
    if plot.rng.random() < HABITS[agent.habit]["rude"]:
        return "curt"
    return f"answer_{plot.plan.topic}"


def _survey(plot: Plot) -> None:
    """Half are asked; the unhappy answer more often, and not all who complained give a bad score."""
    rng = plot.rng
    if plot.status != "solved" or rng.random() < 0.5:
        return
    plot.offered(plot.at + DAY)
    bad_times = len(plot.facts.chasers) + sum(not r["thanks_only"] for r in plot.facts.reopens)
    unhappy = rng.random() < min(0.9, 0.06 + 0.35 * bad_times)
    if rng.random() < (0.45 if unhappy else 0.25):
        plot.rated(plot.at + soon(rng, 5 * HOUR), "bad" if unhappy else "good")
        if unhappy and rng.random() < 0.1:
            plot.rated(plot.at + soon(rng, HOUR), "good")


def _close(plot: Plot) -> None:
    if plot.status == "solved":
        plot.automation(max(plot.at, plot.facts.solves[-1]["at"] + 4 * DAY), CLOSE_RULE, "closed")


def _when_worked(plot: Plot, seconds: int) -> int:
    return plot.hours.after(plot.at, soon(plot.rng, seconds))


def _somebody(plot: Plot) -> Agent:
    if plot.assignee and plot.assignee.group == plot.group.id:
        return plot.assignee
    return plot.group.on_duty(plot.rng, plot.at)


def _still_here(plot: Plot, agent: Agent) -> Agent:
    """The agent, or a colleague once they have left or the ticket has moved on."""
    if agent.group == plot.group.id and plot.at + 3 * DAY < agent.until:
        return agent
    return plot.group.on_duty(plot.rng, plot.at + 3 * DAY)
