"""Why a figure is another than it was: its restatements between two publications, with some of the tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditlib.figures import moved
from auditlib.figures.replaced import Knowledge
from auditlib.pipeline import citing, figuring, touched
from auditlib.pipeline.citing import Question
from auditlib.pipeline.setting import Setting
from auditlib.store import StoreError, cited, engine, measures, runs, showing
from auditlib.store import figures as stored

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
        named = _named(setting, row) if told else {}
        for part in told:
            key = (part["kind"], part["reason"])
            one = parts.setdefault(key, {"kind": key[0], "reason": key[1], "tickets": 0, "part": 0.0, "named": []})
            one["tickets"] += part["tickets"]
            one["part"] = None if None in (one["part"], part["part"]) else one["part"] + part["part"]
            one["named"] = [*one["named"], *(n for n in named.get(key[1], []) if n not in one["named"])][:NAMED]
    ordered = sorted(parts.values(), key=lambda part: (-abs(part["part"] or 0.0), part["reason"]))
    return Change(before, after, ordered, _adds_up(before, after, ordered))


def _adds_up(before: Row | None, after: Row, parts: Sequence[Mapping[str, Any]]) -> bool | None:
    told = [part["part"] for part in parts]
    if before is None or before["value"] is None or after["value"] is None or None in told:
        return None
    return bool(np.isclose(sum(told), after["value"] - before["value"], rtol=1e-9, atol=1e-9))


def _told(setting: Setting, row: Row) -> list[dict[str, Any]]:
    with engine.reading(setting.store.engine) as c:
        return showing.rows(c, "restatements", ["position"], figure_id=row["figure_id"])


def _named(setting: Setting, row: Row) -> dict[str, list[str]]:
    """Reason → names of the tickets that it speaks of, as far as the definitions of today can tell."""
    every = touched.everything(setting)
    if row["metric"] not in every.figures or row["supersedes"] is None:
        return {}
    with engine.reading(setting.store.engine) as c:
        was = cited.by_id(c, row["supersedes"])[0]
    wanted = every.narrowed(pd.DataFrame([row]))
    old, new = (_knowledge(setting, told["publication_run"], wanted) for told in (was, row))
    found = moved.moved(row, was, old, new)
    run = runs.read(setting.store, row["publication_run"])
    with engine.reading(setting.store.engine) as c:
        facts = measures.described(c, run, ("ticket",), found.key.to_numpy(np.int64)).set_index("ticket_key").ticket
    named = found.assign(ticket=facts.reindex(found.key).to_numpy(object)).dropna(subset="ticket")
    return {str(reason): sorted(of) for reason, of in named.groupby("reason").ticket}


def _knowledge(setting: Setting, number: int, wanted: touched.Touched) -> Knowledge:
    run = runs.read(setting.store, number)
    held = dict(figuring.members_of(setting, run, wanted))
    with engine.reading(setting.store.engine) as c:
        causes = stored.causes(c, run)
    of = {name: (figure, own, beside) for name, (_, figure, own, beside) in held.items()}
    return Knowledge(figuring.basis_of(setting, run), of, causes)
