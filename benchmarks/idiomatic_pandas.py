"""The same measures as most people would write them: pandas, a groupby for each, without a loop.

It is given the vectorised clock, which it would not have; business days of pandas are far slower.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import numpy as np
import pandas as pd

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.clocks import Roster
from benchmarks import made_up

DONE = (Status.solved, Status.closed)
SIDES = (ActorClass.customer, ActorClass.customer_side)
FLIP = 5 * 60


def measured(folder: str, size: int) -> Callable[[], None]:
    """All columns of all tickets and turns, saved as files of the folder `pandas`."""
    where = pathlib.Path(folder)
    schedules = made_up.hours()

    def work() -> None:
        tickets = pd.DataFrame(made_up.named(made_up.read(where, "tickets")))
        events = pd.DataFrame(made_up.read(where, "events"))
        found = measures(tickets, events, made_up.roster(0, size, schedules))
        (where / "pandas").mkdir()
        for name, values in found.items():
            np.save(where / "pandas" / f"{name}.npy", np.asarray(values, float))

    return work


def measures(tickets: pd.DataFrame, events: pd.DataFrame, clock: Roster) -> dict[str, pd.Series]:
    """Measure → its values, by ticket or by turn; what is unknown or lasts is NaN."""
    e = events.assign(place=np.arange(len(events)))
    e["by_customer"] = e.actor_class.isin(SIDES)
    e["thanks"] = (e.markers & Marker.gratitude) != 0
    e["is_message"] = e.kind == Kind.message
    e["is_ask"] = e.is_message & e.by_customer & ~e.thanks
    e["is_reply"] = e.is_message & (e.actor_class == ActorClass.agent) & (e.is_public == 1)
    e = statuses(e)
    life = lives(tickets, e)
    found = first_reply(life, e, clock) | full_resolution(life, clock)
    found |= reopened(life, e)
    return found | turns(e, clock) | one_touch(life, e)


def statuses(e: pd.DataFrame) -> pd.DataFrame:
    """Which events solve, and which open again."""
    changes = e[e.kind == Kind.status]
    before = changes.groupby("ticket").new.shift().fillna(changes.old)
    is_done, was_done = changes.new.isin(DONE), before.isin(DONE)
    e["is_solve"] = (is_done & ~was_done).reindex(e.index, fill_value=False)
    e["is_reopen"] = (was_done & changes.new.between(1, 4)).reindex(e.index, fill_value=False)
    e["ends_wait"] = (is_done & (before != changes.new)).reindex(e.index, fill_value=False)
    return e


def lives(tickets: pd.DataFrame, e: pd.DataFrame) -> pd.DataFrame:
    """A row a ticket: when it was asked, begun, solved, and what it is now."""
    said = e[e.is_message & e.by_customer].groupby("ticket")
    asked = said.agg(asked=("place", "first"), asked_at=("occurred_at", "first"))
    solved = (
        e[e.is_solve]
        .groupby("ticket")
        .agg(
            first_solved=("place", "first"),
            last_solved=("place", "last"),
            solved_at=("occurred_at", "last"),
            solved_by=("actor_class", "last"),
        )
    )
    life = tickets.join(asked).join(solved)
    life["by_agent"] = e[e.kind == Kind.created].groupby("ticket").actor_class.first() == ActorClass.agent
    last = e[e.kind == Kind.status].groupby("ticket").new.last()
    life["is_done"] = last.isin(DONE).reindex(life.index, fill_value=False)
    own = life[["created_at", "asked_at"]].min(axis=1)
    life["began_at"] = own.where(~(life.by_agent & life.asked.notna()), life.asked_at)
    life["is_outbound"] = life.by_agent & ~life.channel.isin(["phone", "voice", "counter"]) & life.asked.isna()
    return life


def on_clock(clock: Roster, ticket: pd.Series, began: pd.Series, ended: pd.Series) -> pd.Series:
    """Business minutes where both moments are there."""
    there = began.notna() & ended.notna()
    seconds, _ = clock.seconds(ticket[there], began[there].astype(int), ended[there].astype(int))
    return pd.Series(seconds / 60.0, there[there].index).reindex(began.index)


def first_reply(life: pd.DataFrame, e: pd.DataFrame, clock: Roster) -> dict[str, pd.Series]:
    replies = e[e.is_reply].merge(life[["asked"]], left_on="ticket", right_index=True)
    answered = replies[replies.place > replies.asked].groupby("ticket").occurred_at.first().reindex(life.index)
    ticket = life.index.to_series()
    return {
        "first_reply_minutes": (answered - life.asked_at) / 60,
        "first_reply_business_minutes": on_clock(clock, ticket, life.asked_at, answered),
    }


def full_resolution(life: pd.DataFrame, clock: Roster) -> dict[str, pd.Series]:
    beforehand = life.by_agent & (life.last_solved < life.asked)
    solved = life.solved_at.where(life.is_done & (life.began_at <= life.solved_at) & ~beforehand)
    return {
        "full_resolution_minutes": (solved - life.began_at) / 60,
        "full_resolution_business_minutes": on_clock(clock, life.index.to_series(), life.began_at, solved),
    }


def reopened(life: pd.DataFrame, e: pd.DataFrame) -> dict[str, pd.Series]:
    e["asks_so_far"] = e.is_ask.cumsum()
    e["thanks_so_far"] = (e.is_message & e.by_customer & e.thanks).cumsum()
    second = e.groupby(["ticket", "occurred_at"])
    solve = e.place.where(e.is_solve).groupby(e.ticket).ffill()
    again = e.is_reopen & solve.notna()
    since = solve[again].astype(int)
    asks = second.asks_so_far.transform("max")[again] - e.asks_so_far.to_numpy()[since]
    thanks = second.thanks_so_far.transform("max")[again] - e.thanks_so_far.to_numpy()[since]
    e["by_asking"] = (asks > 0).reindex(e.index, fill_value=False)
    e["by_thanking"] = (thanks > 0).reindex(e.index, fill_value=False) & ~e.by_asking
    counts = e.groupby("ticket")[["is_reopen", "by_asking"]].sum().reindex(life.index)
    known = life.first_solved.notna()
    return {"reopens": counts.is_reopen.where(known), "customer_reopens": counts.by_asking.where(known)}


def turns(e: pd.DataFrame, clock: Roster) -> dict[str, pd.Series]:
    e["ends"] = e.is_reply | e.ends_wait
    talk = e[e.is_ask | e.ends]
    opened = talk[talk.is_ask & ~talk.groupby("ticket").is_ask.shift(fill_value=False)]
    following = e.place.where(e.ends).groupby(e.ticket).bfill()[opened.index]
    closing = e.reindex(following.dropna().astype(int)).set_axis(following.dropna().index)
    answered = closing.occurred_at.where(closing.is_reply).reindex(opened.index)
    return {
        "next_reply_minutes": (answered - opened.occurred_at) / 60,
        "next_reply_business_minutes": on_clock(clock, opened.ticket, opened.occurred_at, answered),
    }


def one_touch(life: pd.DataFrame, e: pd.DataFrame) -> dict[str, pd.Series]:
    said = e.is_message & e.by_customer
    has_asked = said.groupby(e.ticket).cumsum() > 0
    answering = e.is_reply & has_asked
    talk = e[answering | said]
    again = answering[talk.index].groupby(talk.ticket).shift(fill_value=False)
    live = talk.ticket.map(life.channel.isin(["chat", "messaging"]))
    repeated = (again & live).reindex(e.index, fill_value=False)
    answers = (answering & ~repeated).groupby(e.ticket).sum()
    solve_at = e.occurred_at.where(e.is_solve).groupby(e.ticket).bfill()
    is_agents = e.actor_class == ActorClass.agent
    is_flip = e.is_reopen & (solve_at - e.occurred_at <= FLIP) & ~e.by_asking & is_agents
    broken = (e.is_reopen & ~is_flip & ~e.by_thanking).groupby(e.ticket).any()
    once = (life.solved_by == ActorClass.agent) & (answers == 1) & ~broken
    return {"is_one_touch": once.astype(float).where(life.is_done & life.first_solved.notna() & ~life.is_outbound)}
