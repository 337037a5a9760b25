"""Why a figure is another than it was: its restatements between two publications, with some of the tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditlib import reasons
from auditlib.figures import moved, restatement
from auditlib.figures.replaced import Knowledge
from auditlib.pipeline import citing, figuring, touched
from auditlib.pipeline.citing import Question
from auditlib.pipeline.setting import Setting
from auditlib.store import StoreError, cited, engine, runs, showing
from auditlib.store.readings import Readings

Row = Mapping[str, Any]
NAMED = 3
"""So many tickets are named for each reason."""


@dataclass(frozen=True)
class Change:
    """What became of one figure between two publications.

    parts: kind, reason, tickets, part (None where a value was withheld), and the names of some tickets.
    """

    before: Row | None
    after: Row
    parts: list[dict[str, Any]]
    adds_up: bool | None
    """Whether the parts come to the change; None if a value was withheld on the way."""


def changes(setting: Setting, question: Question, since: int | None, until: int | None) -> list[Change]:
    """What became of the figures that are asked about, from one publication (their first) to another (the last)."""
    with engine.reading(setting.store.engine) as c:
        numbers = cited.publications(c)
    for number in (since, until):
        if number is not None and number not in numbers:
            raise StoreError(f"no night became publication {number}; `auditlib runs` lists them")
    if since is not None and until is not None and since > until:
        raise StoreError(f"--from {since} is later than --to {until}; write the earlier one first")
    after = citing.latest(setting, question, until)
    if not after:
        raise StoreError(f"no {question.metric} of {question.period} was published up to publication {until}")
    with engine.reading(setting.store.engine) as c:
        first = cited.history(c, [row["cell_id"] for row in after])
    return [_change(setting, row, first[row["cell_id"]], since) for row in after]


def _change(setting: Setting, after: Row, history: Sequence[Row], since: int | None) -> Change:
    """The restatements of one cell after a publication, up to the figure that it came to."""
    until = after["publication"]
    held = [row for row in history if row["publication"] <= until]
    earlier = [row for row in held if row["publication"] <= since] if since is not None else held[:1]
    before = earlier[-1] if earlier else None
    steps = held[held.index(before) + 1 if before else 1 :] if held else []
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in steps:
        told = _told(setting, row)
        named = _named(setting, row, _replaced(setting, row)) if told else {}
        for part in told:
            key = (part["kind"], part["reason"])
            one = parts.setdefault(key, {"kind": key[0], "reason": key[1], "tickets": 0, "part": 0.0, "named": []})
            one["tickets"] += part["tickets"]
            one["part"] = None if None in (one["part"], part["part"]) else one["part"] + part["part"]
            more = [ticket for ticket in _some(key[1], named) if ticket not in one["named"]]
            one["named"] = [*one["named"], *more][:NAMED]
    told = list(parts.values())
    if before is not None and adds_up(before, after, told) is None:
        told = _at_once(setting, before, after) or told
    ordered = sorted(told, key=lambda part: (-abs(part["part"] or 0.0), part["reason"]))
    return Change(before, after, ordered, adds_up(before, after, ordered))


def _at_once(setting: Setting, before: Row, after: Row) -> list[dict[str, Any]]:
    """The parts from one figure straight to the other, where a value was withheld on the way between them."""
    if before["value"] is None or after["value"] is None:
        return []
    known = _knowledge(setting, before, after)
    if known is None:
        return []
    rows = pd.DataFrame([{**after, "supersedes": before["figure_id"]}])
    parts = restatement.parts(rows, pd.DataFrame([before]), *known)
    named = _named(setting, after, before)
    return [
        {
            "kind": reasons.kind(part.reason, before["maturity"]),
            "reason": part.reason,
            "tickets": part.tickets,
            "part": None if pd.isna(part.part) else float(part.part),
            "named": _some(part.reason, named),
        }
        for part in parts.itertuples()
    ]


def _some(reason: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    return [ticket for one in reason.split(",") for ticket in named.get(one, [])][:NAMED]


def adds_up(before: Row | None, after: Row, parts: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether parts come to the change between two figures; None if a value was withheld."""
    told = [part["part"] for part in parts]
    if before is None or before["value"] is None or after["value"] is None or None in told:
        return None
    return bool(np.isclose(sum(told), after["value"] - before["value"], rtol=1e-9, atol=1e-9))


def _told(setting: Setting, row: Row) -> list[dict[str, Any]]:
    with engine.reading(setting.store.engine) as c:
        return showing.rows(c, "restatements", ["position"], figure_id=row["figure_id"])


def _replaced(setting: Setting, row: Row) -> Row | None:
    with engine.reading(setting.store.engine) as c:
        return cited.by_id(c, row["supersedes"])[0] if row["supersedes"] is not None else None


def _named(setting: Setting, row: Row, was: Row | None) -> dict[str, list[str]]:
    """Reason → names of the tickets that it speaks of, as far as the definitions of today can tell."""
    known = None if was is None else _knowledge(setting, was, row)
    if was is None or known is None:
        return {}
    found = moved.moved(row, was, *known)
    run = runs.read(setting.store, row["publication_run"])
    with engine.reading(setting.store.engine) as c:
        facts = Readings().described(c, run, ("ticket",), found.key.to_numpy(np.int64)).set_index("ticket_key").ticket
    named = found.assign(ticket=facts.reindex(found.key).to_numpy(object)).dropna(subset="ticket")
    return {str(reason): sorted(of) for reason, of in named.groupby("reason").ticket}


def _knowledge(setting: Setting, was: Row, row: Row) -> tuple[Knowledge, Knowledge] | None:
    """What was known when the one and the other figure were published; None if their metric is gone."""
    every = touched.everything(setting)
    if row["metric"] not in every.figures:
        return None
    wanted = every.narrowed(pd.DataFrame([row]))
    then, now = (runs.read(setting.store, told["publication_run"]) for told in (was, row))
    new = figuring.told_since(setting, now, then, figuring.knowledge(setting, now, wanted))
    return figuring.knowledge(setting, then, wanted), new
