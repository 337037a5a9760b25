"""Turns, answers, holders, transfers and bots a second time: one plain loop over one ticket's events.

An event is a dictionary with at, kind, who (a class of actors), actor, public, old, new, thanks and
chars; a life is a list of them in order. Nothing here knows the verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CUSTOMERS = ("customer", "customer_side")
DONE = ("solved", "closed")
CONTEXT = 600


@dataclass
class Handled:
    """What came of one ticket: places in its life, and counts."""

    customer_messages: int = 0
    internal_notes: int = 0
    answers: list[int] = field(default_factory=list)
    turns: list[tuple[int, int | None, bool]] = field(default_factory=list)
    first_group: int = 0
    first_assignee: int = 0
    group_stations: int = 0
    assignee_stations: int = 0
    transfers: list[tuple[int, int, int]] = field(default_factory=list)
    bounces: int = 0
    blind: int = 0
    lost: int | None = None
    """Seconds lost in transfers; None while one waits, or without any."""
    first_reply: int | None = None
    bot_replies: list[int] = field(default_factory=list)
    handover: int | None = None
    is_done: bool = False


def handled(life: list[dict[str, Any]], is_live: bool, group: int, assignee: int) -> Handled:
    """One ticket, event by event; `group` and `assignee` have it now."""
    found = Handled()
    messages = [_is_message(life, i) for i in range(len(life))]
    shown, is_changed = _first_status(life)
    first_ask, is_asked, last_said, turn = None, False, "", None
    unsolved = []
    for i, event in enumerate(life):
        is_reply = messages[i] and event["who"] == "agent" and event["public"]
        if messages[i] and event["who"] in CUSTOMERS:
            found.customer_messages += 1
            first_ask = i if first_ask is None else first_ask
            is_asked, last_said = True, "customer"
            if not event["thanks"] and turn is None:
                turn = i
        if messages[i] and event["who"] == "agent" and not event["public"]:
            found.internal_notes += 1
        if is_reply:
            if is_asked and not (is_live and last_said == "agent"):
                found.answers.append(i)
            if is_asked:
                last_said = "agent"
            if first_ask is not None and found.first_reply is None:
                found.first_reply = i
        is_bot = messages[i] and event["who"] == "bot" and event["public"]
        if is_bot and first_ask is not None and found.first_reply is None:
            found.bot_replies.append(i)
        ends = is_reply
        if event["kind"] == "status":
            ends |= event["new"] in DONE and event["new"] != (shown if is_changed else event["old"])
            shown, is_changed = event["new"], True
        if ends and turn is not None:
            found.turns.append((turn, i, is_reply))
            turn = None
        unsolved.append(shown not in DONE)
    if turn is not None:
        found.turns.append((turn, None, False))
    found.is_done = shown in DONE
    _hold(found, life, messages, unsolved, group, assignee)
    _hand_over(found, life, messages)
    return found


def holder(life: list[dict[str, Any]], kind: str, now: int, place: int) -> int:
    """Who has a ticket just after a place in its life, by its changes of group or assignee; `now` without any."""
    moves = [(i, event) for i, event in enumerate(life) if event["kind"] == kind]
    came = [event["new"] for i, event in moves if i <= place]
    return came[-1] if came else moves[0][1]["old"] if moves else now


def _is_message(life: list[dict[str, Any]], i: int) -> bool:
    """A message, or the creation if its author wrote none in that second, nor passed on a customer's."""
    event = life[i]
    at_once = [e for e in life if e["kind"] == "message" and e["at"] == event["at"]]
    theirs = [e for e in at_once if e["actor"] == event["actor"] or (event["who"] == "agent" and e["who"] in CUSTOMERS)]
    return event["kind"] == "message" or (event["kind"] == "created" and not theirs)


def is_passed_on(life: list[dict[str, Any]]) -> bool:
    """Whether an agent only wrote down what a customer said: it stands in the second of the creation, alone."""
    at_once = [e for e in life if e["kind"] == "message" and e["at"] == life[0]["at"]]
    return any(e["who"] in CUSTOMERS for e in at_once) and not any(e["who"] == "agent" for e in at_once)


def _first_status(life: list[dict[str, Any]]) -> tuple[str, bool]:
    old = next((event["old"] for event in life if event["kind"] == "status"), None)
    return (old or "new"), False


def _hold(
    found: Handled, life: list[dict[str, Any]], messages: list[bool], unsolved: list[bool], group: int, assignee: int
) -> None:
    """Stays, transfers, and what they lose."""
    acts = [
        event["who"] == "agent" and (messages[i] or event["kind"] in ("group", "assignee", "status"))
        for i, event in enumerate(life)
    ]
    for kind, now in (("group", group), ("assignee", assignee)):
        changes = [i for i, event in enumerate(life) if event["kind"] == kind]
        holder = life[changes[0]]["old"] if changes else now
        stations = int(holder != 0)
        setattr(found, f"first_{kind}", next((h for h in (holder, *(life[i]["new"] for i in changes)) if h), 0))
        for i in changes:
            new = life[i]["new"]
            if new not in (0, holder):
                stations += 1
                if kind == "group" and holder and any(acts[: i + 1]):
                    found.transfers.append((i, holder, new))
                holder = new
        setattr(found, f"{kind}_stations", stations)
    found.bounces = sum(a[1] == b[2] for a, b in zip(found.transfers, found.transfers[1:], strict=False))
    found.blind = sum(not _has_context(life, messages, i) for i, _, _ in found.transfers)
    waits = {}
    for i, _, _ in found.transfers:
        if unsolved[i]:
            later = [j for j, e in enumerate(life) if e["at"] > life[i]["at"] and (acts[j] or _is_solve(life, j))]
            waits.setdefault(later[0] if later else None, i)
    if waits and None not in waits:
        found.lost = sum(life[end]["at"] - life[begin]["at"] for end, begin in waits.items())


def _has_context(life: list[dict[str, Any]], messages: list[bool], i: int) -> bool:
    at = life[i]["at"]
    return any(
        messages[j] and e["who"] == "agent" and not e["public"] and e["chars"] >= 20 and at - CONTEXT <= e["at"] <= at
        for j, e in enumerate(life)
    )


def _is_solve(life: list[dict[str, Any]], i: int) -> bool:
    if life[i]["kind"] != "status" or life[i]["new"] not in DONE:
        return False
    before = [event["new"] for event in life[:i] if event["kind"] == "status"]
    return (before[-1] if before else life[i]["old"]) not in DONE


def _hand_over(found: Handled, life: list[dict[str, Any]], messages: list[bool]) -> None:
    if not found.bot_replies:
        return
    until = len(life) if found.first_reply is None else found.first_reply
    asks = [i for i, e in enumerate(life) if messages[i] and e["who"] in CUSTOMERS and not e["thanks"]]
    first, last = found.bot_replies[0], found.bot_replies[-1]
    ignored = [i for i in asks if last < i < until]
    wrote_again = any(i > first for i in asks)
    if ignored:
        found.handover = ignored[0]
    elif found.first_reply is not None or (wrote_again and not found.is_done):
        found.handover = last
