"""Signatures of periods: what they cover, their chained head, and whether the store still holds what was signed."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from auditlib.store.figure_tables import FIGURES, RESTATEMENT_PARTS
from auditlib.store.run_tables import PUBLICATIONS, RUNS
from auditlib.store.signature_tables import FINDINGS, SIGNATURES

COVERED = (
    "figure_id", "cell_id", "metric", "version", "statistic", "weighting", "date_basis", "segment", "period_end",
    "breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2", "n", "numerator", "denominator", "value",
    "ci_low", "ci_high", "ci_method", "maturity", "reliability", "coverage", "sources", "missing_sources",
    "suppressed_reason", "target", "meets_target", "members_hash", "supersedes",
)  # fmt: skip
"""What of each figure goes into the head, beside the reasons why it is another than the one before."""
SIGNED = (
    "signature", "period", "period_start", "period_end", "publication", "run", "signed_by", "signed_at", "comment",
    "exceptions", "figures",
)  # fmt: skip
"""What of a signature itself goes into the head: nobody else's name can be put under it."""


def covered(c: sa.Connection, run: int, period: str, start: str) -> list[dict[str, Any]]:
    """The figures of a period as a published night showed them, by cell."""
    nights = sa.select(RUNS.c.run).where(RUNS.c.state == "published", RUNS.c.kind == "night", RUNS.c.run <= run)
    of_period = (FIGURES.c.period == period) & (FIGURES.c.period_start == start)
    newest = (
        sa.select(FIGURES.c.cell_id, sa.func.max(FIGURES.c.publication_run).label("newest"))
        .where(of_period, FIGURES.c.publication_run.in_(nights))
        .group_by(FIGURES.c.cell_id)
        .subquery()
    )
    same = (FIGURES.c.cell_id == newest.c.cell_id) & (FIGURES.c.publication_run == newest.c.newest)
    told = [FIGURES.c[name] for name in (*COVERED, "publication_run", "period", "period_start")]
    query = sa.select(*told).join(newest, same).order_by(FIGURES.c.cell_id)
    table = RESTATEMENT_PARTS.c
    why = sa.select(table.figure_id, table.position, table.reason, table.tickets, table.part)
    why = why.join(FIGURES, FIGURES.c.figure_id == table.figure_id).where(of_period)
    reasons: dict[str, list[list[Any]]] = {}
    for figure, *part in c.execute(why.order_by(table.figure_id, table.position)):
        reasons.setdefault(figure, []).append(part)
    return [{**row, "reasons": reasons.get(row["figure_id"], [])} for row in c.execute(query).mappings()]


def head_of(previous: str, signed: Mapping[str, Any], figures: Sequence[dict[str, Any]]) -> str:
    """The head of a chain: a hash over the head before, who signed what, and every figure in the order of cells."""
    told = hashlib.sha256(previous.encode())
    told.update(json.dumps([_plain(signed[name]) for name in SIGNED]).encode())
    for figure in figures:
        told.update(json.dumps([figure[name] for name in (*COVERED, "reasons")]).encode())
    return told.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def signatures(c: sa.Connection) -> list[dict[str, Any]]:
    """All signatures, in order."""
    return [dict(row) for row in c.execute(sa.select(SIGNATURES).order_by(SIGNATURES.c.signature)).mappings()]


def add(c: sa.Connection, **signed: Any) -> dict[str, Any]:
    """Adds a signature over what its publication showed of its period; gives it with its head."""
    before = signatures(c)
    previous = before[-1]["head"] if before else ""
    figures = covered(c, signed["run"], signed["period"], signed["period_start"])
    row = {
        **signed,
        "signature": len(before) + 1,
        "exceptions": json.dumps(signed["exceptions"], ensure_ascii=False),
        "figures": len(figures),
        "previous_head": previous,
    }
    row["head"] = head_of(previous, row, figures)
    c.execute(sa.insert(SIGNATURES).values(**row))
    return row


def broken(c: sa.Connection) -> list[str]:
    """What the store no longer holds as it was signed, in sentences; none if every head is found again."""
    found, previous = [], ""
    for row in signatures(c):
        figures = covered(c, row["run"], row["period"], row["period_start"])
        if row["previous_head"] != previous:
            found.append(f"signature {row['signature']} does not follow the one before it: one was removed or changed")
        if head_of(row["previous_head"], row, figures) != row["head"]:
            found.append(
                f"signature {row['signature']} by {row['signed_by']}: the figures of the {row['period']} from "
                f"{row['period_start']} are not those that were signed, or what is told of the signature is not"
            )
        previous = row["head"]
    return found


def restated_since(c: sa.Connection, run: int, period: str, start: str) -> int:
    """How many figures of a period were replaced by a later publication than that of a run, for more than time."""
    night = sa.select(PUBLICATIONS.c.run).where(PUBLICATIONS.c.kind == "night", PUBLICATIONS.c.run > run)
    of_period = (FIGURES.c.period == period) & (FIGURES.c.period_start == start)
    corrected = sa.select(RESTATEMENT_PARTS.c.figure_id).where(
        RESTATEMENT_PARTS.c.reason.not_in(("MATURATION", "TIME_PASSED"))
    )
    query = sa.select(sa.func.count(sa.distinct(FIGURES.c.cell_id))).where(
        of_period, FIGURES.c.publication_run.in_(night), FIGURES.c.figure_id.in_(corrected)
    )
    return int(c.scalar(query) or 0)


def keep_findings(c: sa.Connection, findings: Sequence[dict[str, Any]]) -> None:
    """Replaces the findings with those of audit.toml."""
    c.execute(sa.delete(FINDINGS))
    if findings:
        c.execute(sa.insert(FINDINGS), list(findings))
