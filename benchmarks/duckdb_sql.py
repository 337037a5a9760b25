"""The same measures as SQL on DuckDB, which uses every core that it is given.

Like pandas it is given the vectorised clock for the business columns.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa

from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from benchmarks import made_up

DONE = f"({int(Status.solved)}, {int(Status.closed)})"
AGENT = int(ActorClass.agent)
PREPARED = f"""
CREATE TABLE e AS
SELECT row_number() OVER () - 1 AS place, ticket, occurred_at AS moment, kind, old, new, actor_class,
    kind = {int(Kind.message)} AS is_message,
    actor_class IN ({int(ActorClass.customer)}, {int(ActorClass.customer_side)}) AS by_customer,
    (markers & {int(Marker.gratitude)}) != 0 AS thanks,
    kind = {int(Kind.message)} AND actor_class = {AGENT} AND is_public = 1 AS is_reply
FROM told;
CREATE TABLE changes AS
SELECT place, new IN {DONE} AND before NOT IN {DONE} AS is_solve, before IN {DONE} AND new BETWEEN 1 AND 4 AS is_reopen,
    new IN {DONE} AND before != new AS ends_wait
FROM (
    SELECT place, new, coalesce(lag(new) OVER (PARTITION BY ticket ORDER BY place), old) AS before
    FROM e WHERE kind = {int(Kind.status)}
);
CREATE TABLE f AS
SELECT e.*, coalesce(is_solve, FALSE) AS is_solve, coalesce(is_reopen, FALSE) AS is_reopen,
    is_reply OR coalesce(ends_wait, FALSE) AS ends, is_message AND by_customer AS is_said,
    is_message AND by_customer AND NOT thanks AS is_ask
FROM e LEFT JOIN changes USING (place);
"""
LIVES = f"""
WITH life AS (
    SELECT ticket, min(place) FILTER (is_said) AS asked, arg_min(moment, place) FILTER (is_said) AS asked_at,
        min(place) FILTER (is_solve) AS first_solved, max(moment) FILTER (is_solve) AS solved_at,
        max(place) FILTER (is_solve) AS last_solved,
        arg_max(actor_class, place) FILTER (is_solve) AS solved_by,
        bool_or(actor_class = {AGENT}) FILTER (kind = {int(Kind.created)}) AS by_agent,
        coalesce(arg_max(new, place) FILTER (kind = {int(Kind.status)}) IN {DONE}, FALSE) AS is_done
    FROM f GROUP BY ticket
),
replied AS (
    SELECT f.ticket, arg_min(f.moment, f.place) AS answered
    FROM f JOIN life USING (ticket) WHERE f.is_reply AND f.place > life.asked GROUP BY f.ticket
),
counted AS (
    SELECT ticket, moment, place, is_reopen, actor_class,
        last_value(CASE WHEN is_solve THEN asks END IGNORE NULLS) OVER up AS asks_at_solve,
        last_value(CASE WHEN is_solve THEN thanked END IGNORE NULLS) OVER up AS thanks_at_solve,
        max(asks) OVER (PARTITION BY ticket, moment) AS asks_by_now,
        max(thanked) OVER (PARTITION BY ticket, moment) AS thanks_by_now,
        min(CASE WHEN is_solve THEN moment END) OVER (
            PARTITION BY ticket ORDER BY place ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS solved_again
    FROM (
        SELECT *, sum(is_ask::INT) OVER (PARTITION BY ticket ORDER BY place) AS asks,
            sum((is_said AND thanks)::INT) OVER (PARTITION BY ticket ORDER BY place) AS thanked
        FROM f
    )
    WINDOW up AS (PARTITION BY ticket ORDER BY place ROWS UNBOUNDED PRECEDING)
),
again AS (
    SELECT ticket, count(*) AS reopens, count(*) FILTER (by_asking) AS customer_reopens,
        bool_or(NOT (quick AND NOT by_asking) AND NOT (by_thanking AND NOT by_asking)) AS broken
    FROM (
        SELECT ticket, coalesce(asks_by_now - asks_at_solve > 0, FALSE) AS by_asking,
            coalesce(thanks_by_now - thanks_at_solve > 0, FALSE) AS by_thanking,
            coalesce(solved_again - moment <= 300, FALSE) AND actor_class = {AGENT} AS quick
        FROM counted WHERE is_reopen
    ) GROUP BY ticket
),
talk AS (
    SELECT t.ticket, t.answering, live.channel IN ('chat', 'messaging') AS is_live,
        coalesce(lag(t.answering) OVER (PARTITION BY t.ticket ORDER BY t.place), FALSE) AS again
    FROM (
        SELECT ticket, place, is_said,
            is_reply AND bool_or(is_said) OVER (PARTITION BY ticket ORDER BY place) AS answering
        FROM f
    ) t JOIN described live USING (ticket) WHERE t.answering OR t.is_said
),
answers AS (
    SELECT ticket, count(*) FILTER (answering AND NOT (again AND is_live)) AS answers FROM talk GROUP BY ticket
)
SELECT l.ticket, d.created_at, l.asked_at, r.answered, l.first_solved, l.by_agent, l.is_done, l.solved_at,
    l.last_solved, l.asked, l.solved_by, d.channel, coalesce(a.reopens, 0) AS reopens,
    coalesce(a.customer_reopens, 0) AS customer_reopens, coalesce(a.broken, FALSE) AS broken,
    coalesce(n.answers, 0) AS answers
FROM life l JOIN described d USING (ticket) LEFT JOIN replied r USING (ticket) LEFT JOIN again a USING (ticket)
LEFT JOIN answers n USING (ticket) ORDER BY l.ticket
"""
TURNS = """
WITH talk AS (
    SELECT ticket, place, moment, is_ask, is_reply, ends,
        coalesce(lag(is_ask) OVER (PARTITION BY ticket ORDER BY place), FALSE) AS goes_on,
        min(CASE WHEN ends THEN place END) OVER (
            PARTITION BY ticket ORDER BY place ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS ended
    FROM f WHERE is_ask OR ends
)
SELECT t.ticket, t.moment AS opened_at, CASE WHEN c.is_reply THEN c.moment END AS answered_at
FROM talk t LEFT JOIN f c ON c.place = t.ended WHERE t.is_ask AND NOT t.goes_on ORDER BY t.place
"""


def measured(folder: str, size: int) -> Callable[[], None]:
    """All columns of all tickets and turns, saved as files of the folder `duckdb`."""
    where = pathlib.Path(folder)
    schedules = made_up.hours()

    def work() -> None:
        db = duckdb.connect(":memory:")
        db.register("told", pa.table(made_up.read(where, "events")))
        tickets = made_up.named(made_up.read(where, "tickets"))
        described = {"ticket": np.arange(size), "created_at": tickets["created_at"]}
        db.register("described", pa.table({**described, "channel": pa.array(tickets["channel"])}))
        for statement in filter(str.strip, PREPARED.split(";")):
            db.execute(statement)
        clock = made_up.roster(0, size, schedules)
        lives, turns = db.sql(LIVES).fetchnumpy(), db.sql(TURNS).fetchnumpy()
        (where / "duckdb").mkdir()
        for name, values in {**_tickets(lives, clock), **_turns(turns, clock)}.items():
            np.save(where / "duckdb" / f"{name}.npy", values)

    return work


def _tickets(rows: dict[str, np.ndarray], clock: made_up.Roster) -> dict[str, np.ndarray]:
    held = {name: _floats(values) for name, values in rows.items() if name != "channel"}
    by_agent, is_done = held["by_agent"] == 1, held["is_done"] == 1
    began = np.fmin(held["created_at"], held["asked_at"])
    began = np.where(by_agent & ~np.isnan(held["asked_at"]), held["asked_at"], began)
    beforehand = by_agent & (held["last_solved"] < held["asked"])
    solved = np.where(is_done & (began <= held["solved_at"]) & ~beforehand, held["solved_at"], np.nan)
    known = ~np.isnan(held["first_solved"])
    voice = np.isin(rows["channel"].astype(str), ["phone", "voice", "counter"])
    is_outbound = by_agent & ~voice & np.isnan(held["asked_at"])
    once = (held["solved_by"] == AGENT) & (held["answers"] == 1) & (held["broken"] == 0)
    ticket = held["ticket"].astype(np.int64)
    return {
        "first_reply_minutes": (held["answered"] - held["asked_at"]) / 60,
        "first_reply_business_minutes": _on_clock(clock, ticket, held["asked_at"], held["answered"]),
        "full_resolution_minutes": (solved - began) / 60,
        "full_resolution_business_minutes": _on_clock(clock, ticket, began, solved),
        "reopens": np.where(known, held["reopens"], np.nan),
        "customer_reopens": np.where(known, held["customer_reopens"], np.nan),
        "is_one_touch": np.where(is_done & known & ~is_outbound, once.astype(float), np.nan),
    }


def _turns(rows: dict[str, np.ndarray], clock: made_up.Roster) -> dict[str, np.ndarray]:
    opened, answered = _floats(rows["opened_at"]), _floats(rows["answered_at"])
    ticket = _floats(rows["ticket"]).astype(np.int64)
    return {
        "next_reply_minutes": (answered - opened) / 60,
        "next_reply_business_minutes": _on_clock(clock, ticket, opened, answered),
    }


def _on_clock(clock: made_up.Roster, ticket: np.ndarray, began: np.ndarray, ended: np.ndarray) -> np.ndarray:
    there = ~np.isnan(began) & ~np.isnan(ended)
    minutes = np.full(len(ticket), np.nan)
    seconds, _ = clock.seconds(ticket[there], began[there].astype(np.int64), ended[there].astype(np.int64))
    minutes[there] = seconds / 60.0
    return minutes


def _floats(values: np.ndarray) -> np.ndarray:
    """Numbers with NaN for NULL."""
    return np.ma.filled(np.ma.asarray(values).astype(float), np.nan)
