"""What can be asked of figures with nothing but views: of `leaders.db`, or with a role on PostgreSQL.

Leaders have figures; analysts have their members too, and can count a figure again from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from auditlib.pipeline.citing import Question, Row
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.whychanged import Change, adds_up
from auditlib.store import StoreError, engine, showing

MEMBER = ("ticket", "customer", "unit", "number", "side", "reason", "contribution", "state")
CELL = ("statistic", "weighting", "breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2")


def by_id(setting: Setting, beginning: str) -> Row:
    """The figure of the scorecard whose id begins like this; one that was replaced is not in it any more."""
    with engine.reading(setting.store.engine) as c:
        found = [row for row in showing.rows(c, "scorecard") if row["figure_id"].startswith(beginning)]
    if len(found) != 1:
        many = "several figures begin" if found else "no figure of the scorecard begins"
        raise StoreError(f"{many} with {beginning!r}; take an id from the view `scorecard`")
    return found[0]


def latest(setting: Setting, question: Question) -> Sequence[Row]:
    """The figures that are asked about, as the scorecard has them."""
    with engine.reading(setting.store.engine) as c:
        found = showing.rows(c, "scorecard", CELL, **_about(question))
    if not found:
        raise StoreError(f"no {question.metric} of {question.period} was published; see the view `scorecard`")
    return found


def changes(setting: Setting, question: Question, since: int | None, until: int | None) -> list[Change]:
    """What became of the figures that are asked about between two publications; no ticket is named."""
    with engine.reading(setting.store.engine) as c:
        steps = showing.rows(c, "restatements", (*CELL, "publication", "position"), **_about(question))
    told = [
        row
        for row in steps
        if (since is None or row["publication"] > since) and (until is None or row["publication"] <= until)
    ]
    moved = {cell: list(rows) for cell, rows in groupby(told, key=lambda row: tuple(row[name] for name in CELL))}
    found = []
    for row in latest(setting, question):
        mine = moved.get(tuple(row[name] for name in CELL), [])
        found.append(_change({**row, "publication": None}, mine))
    return found


def members(setting: Setting, figure: Row) -> list[Row] | None:
    """The members of a figure as it was published, as far as they may be seen; None for who sees none."""
    with engine.reading(setting.store.engine) as c:
        if not showing.may_read(c, "evidence"):
            return None
        rows = showing.rows(c, "evidence", ("side", "ticket", "number"), figure_id=figure["figure_id"])
    return [{name: row[name] for name in MEMBER} for row in rows]


def counted(figure: Row, rows: Sequence[Row]) -> float | None:
    """What a figure comes to when its members are counted by hand; None where that takes more than counting.

    Percentiles, estimates of what still runs, and weights by customer are computed by whoever has the audit's store.
    """
    inside = [row for row in rows if row["side"] == "in"]
    known = [row["contribution"] for row in inside]
    if figure["weighting"] != "ticket" or figure["value"] is None or not known or None in known:
        return None
    match figure["statistic"]:
        case "count":
            return float(sum(known))
        case "rate":
            return float(sum(known)) / len(known)
        case "per_100":
            return 100.0 * sum(known) / len(known)
        case "standing":
            return float(len(known))
        case "distinct":
            return float(len({row["customer"] for row in inside}))
    return None


def _change(now: dict[str, Any], steps: Sequence[Row]) -> Change:
    if not steps:
        return Change(now, now, [], None)
    first, last = steps[0], steps[-1]
    unsaid = {"maturity": None, "suppressed_reason": None}
    before = now | unsaid | {"value": first["value_before"], "publication": f"before {first['publication']}"}
    after = now | unsaid | {"value": last["value"], "publication": last["publication"]}
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in steps:
        key = (row["kind"], row["reason"])
        one = parts.setdefault(key, {"kind": key[0], "reason": key[1], "tickets": 0, "part": 0.0, "named": []})
        one["tickets"] += row["tickets"]
        one["part"] = None if None in (one["part"], row["part"]) else one["part"] + row["part"]
    ordered = sorted(parts.values(), key=lambda part: (-abs(part["part"] or 0.0), part["reason"]))
    return Change(before, after, ordered, adds_up(before, after, ordered))


def _about(question: Question) -> dict[str, Any]:
    return {**question.about()}
