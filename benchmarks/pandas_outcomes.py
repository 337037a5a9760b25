"""Outcomes as most people would write them in pandas: a groupby for each thing that decides, then a choice."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import numpy as np
import pandas as pd

from auditlib.caselog.ratings import ANSWERS
from auditlib.caselog.words import ActorClass, Kind, Marker
from benchmarks import made_up
from benchmarks.idiomatic_pandas import SIDES, lives, statuses

DAY = 24 * 60 * 60
WINDOW, HORIZON, ANSWERED = 7 * DAY, 14 * DAY, 14 * DAY
STRICT = ("O1", "O2", "O9")
PARTS = {
    "is_failed": "O5", "is_closed_unanswered": "O6", "is_auto_closed": "O4", "is_withdrawn": "O7",
    "is_declined": "O8", "is_bot_only": "O9",
}  # fmt: skip


def measured(folder: str, size: int) -> Callable[[], None]:
    """All columns of the tickets' outcomes, saved as files of the folder `pandas`."""
    where = pathlib.Path(folder)
    files = {"ticket": "repeated", "came_back": "came_back", "solved": "solved"}
    links = pd.DataFrame({name: np.load(where / "links" / f"{file}.npy") for name, file in files.items()})

    def work() -> None:
        tickets = pd.DataFrame(made_up.named(made_up.read(where, "tickets")))
        events = pd.DataFrame(made_up.read(where, "events"))
        found = measures(tickets, events, links)
        (where / "pandas").mkdir()
        for name, values in found.items():
            np.save(where / "pandas" / f"{name}.npy", values)

    return work


def measures(tickets: pd.DataFrame, events: pd.DataFrame, links: pd.DataFrame) -> dict[str, np.ndarray]:
    """Column → its values by ticket; what is unknown is NaN, and a moment that never came 0."""
    e = statuses(described(events))
    life = lives(tickets, e)
    life = settled(life, e).join(last_words(life, e)).join(came_back(links))
    life["reopened_at"] = reopened_at(e)
    code, decided_at = chosen(life)
    known_until = made_up.AS_OF
    claimed = life.is_done & (life.settled_at <= known_until - WINDOW)
    judged = life.began_at <= known_until - WINDOW - HORIZON
    strict = claimed & np.isin(code, STRICT)
    shares = {name: claimed & (code == one) for name, one in PARTS.items()}
    shares |= {"is_claimed_resolved": claimed, "is_strictly_resolved": strict, "is_claimed_only": claimed & ~strict}
    shares["is_confirmed_resolved"] = claimed & (code == "O1")
    offered = (e.kind == Kind.rating_offered).groupby(e.ticket).any()
    return {
        "outcome_code": code,
        "outcome_decided_at": decided_at,
        "rating": life.rating.fillna("").to_numpy(str),
        "is_survey_offered": offered.astype(float).where(claimed).to_numpy(),
        **{name: share.astype(float).where(judged).to_numpy() for name, share in shares.items()},
    }


def described(events: pd.DataFrame) -> pd.DataFrame:
    """The events with what each is."""
    e = events.assign(place=np.arange(len(events)))
    e["by_customer"] = e.actor_class.isin(SIDES)
    e["is_message"] = e.kind == Kind.message
    for marker in Marker:
        e[marker.name] = (e.markers & marker) != 0
    e["is_said"] = e.is_message & e.by_customer
    e["is_ask"] = e.is_said & ~e.gratitude
    e["wants"] = e.is_ask & ~e.withdrawal
    e["is_reply"] = e.is_message & (e.actor_class == ActorClass.agent) & (e.is_public == 1)
    e["by_bot"] = e.is_message & (e.actor_class == ActorClass.bot) & (e.is_public == 1)
    return e


def settled(life: pd.DataFrame, e: pd.DataFrame) -> pd.DataFrame:
    """When and by whom the ticket was solved last, and when its status last changed."""
    changed = e[e.kind.isin([Kind.status, Kind.created])].groupby("ticket").place.last()
    life["changed"] = changed
    life["settled"] = life.last_solved.fillna(changed).where(life.is_done)
    there = life.settled.dropna().astype(int)
    at = e.loc[there, ["occurred_at", "actor_class"]].set_axis(there.index)
    life["settled_at"], life["settled_by"] = at.occurred_at, at.actor_class
    life["changed_at"] = e.occurred_at.to_numpy()[changed]
    return life


def last_words(life: pd.DataFrame, e: pd.DataFrame) -> pd.DataFrame:
    """Where each kind of message stands last, with its moment."""
    helped = e.place.where(e.is_reply | e.is_solve | e.by_bot).groupby(e.ticket).min()
    ratings = answers(e)
    well = e.is_said & (e.gratitude | e.confirmation) & (e.place > e.ticket.map(helped))
    well |= e.is_solve & e.by_customer
    last = ratings.groupby("ticket").place.last()
    good = ratings[ratings.word == "good"]
    good = good[(good.place == good.ticket.map(last)) & (good.place > good.ticket.map(life.first_solved))]
    well |= e.place.isin(good.place)
    kinds = {
        "ask": e.is_ask, "want": e.wants, "reply": e.is_reply, "well": well, "bot": e.by_bot & ~e.acknowledgement,
        "withdrawn": e.is_said & e.withdrawal, "refused": e.is_reply & e.refusal, 
    }  # fmt: skip
    found = {}
    for name, chosen in kinds.items():
        rows = e[chosen].groupby("ticket")
        found[name], found[f"{name}_at"] = rows.place.last(), rows.occurred_at.last()
    return pd.DataFrame(found | {"rating": ratings.groupby("ticket").word.last()}, index=life.index)


def answers(e: pd.DataFrame) -> pd.DataFrame:
    """The answers to surveys that came in time."""
    told = e[e.kind.isin([Kind.rating_offered, Kind.rating])]
    survey = (told.kind == Kind.rating_offered).groupby(told.ticket).cumsum()
    since = told.groupby([told.ticket, survey]).occurred_at.transform("first")
    in_time = (told.kind == Kind.rating) & (told.occurred_at - since <= ANSWERED)
    return told[in_time].assign(word=told.new.map({number: a.rating.name for number, a in ANSWERS.items()}))


def reopened_at(e: pd.DataFrame) -> pd.Series:
    """When the ticket was last opened again, the customer having wanted something since the solve."""
    e["wants_so_far"] = e.wants.cumsum()
    solve = e.place.where(e.is_solve).groupby(e.ticket).ffill()
    again = e[e.is_reopen & solve.notna()]
    until = e.groupby(["ticket", "occurred_at"]).wants_so_far.transform("max")[again.index]
    asked = until - e.wants_so_far.to_numpy()[solve[again.index].astype(int)] > 0
    return again[asked].groupby("ticket").occurred_at.last()


def came_back(links: pd.DataFrame) -> pd.Series:
    """When the customer last came back within the window."""
    soon = links[links.came_back - links.solved <= WINDOW]
    return soon.groupby("ticket").came_back.max().rename("came_back_at")


def chosen(life: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The outcome of each ticket by the first rule that fits, and the moment that decided it."""
    since = life.well_at.fillna(-1)
    nobody_wrote = life.reply.isna() & ~life.by_agent
    unanswered = pd.Series(np.where(life.ask.isna(), nobody_wrote, ~(life.reply > life.ask)), life.index)
    by_customer = life.settled_by.isin(SIDES)
    said_last = life.withdrawn.notna() & ~(life.want > life.withdrawn)
    by_bot = life.bot.notna() & life.reply.isna() & ~(life.bot < life.ask)
    has_settled = life.settled_at <= made_up.AS_OF - WINDOW
    refused = life.refused.notna() & ~(life.refused < life.ask)
    rules = [
        ("O0", ~life.is_done, life.changed_at),
        ("O5", life.came_back_at > since, life.came_back_at),
        ("O5", life.reopened_at > since, life.reopened_at),
        ("O7", said_last, life.withdrawn_at),
        ("O7", unanswered & by_customer, life.settled_at),
        ("O9", by_bot & has_settled, life.bot_at),
        ("O3", by_bot, life.bot_at),
        ("O6", unanswered, life.ask_at.fillna(life.settled_at)),
        ("O8", refused, life.refused_at),
        ("O4", ~by_customer & (life.settled_by != ActorClass.agent), life.settled_at),
        ("O1", life.well.notna() & ~(life.ask > life.well), life.well_at),
        ("O3", ~has_settled, life.settled_at),
        ("O2", pd.Series(True, life.index), life.settled_at),
    ]
    holds, codes, moments = zip(*((rule, code, at) for code, rule, at in rules), strict=True)
    return np.select(holds, codes, ""), np.select(holds, [at.to_numpy(float) for at in moments], np.nan)
