"""
# Claimed, strict and confirmed resolution

What the helpdesk claims to have resolved, what really was, and what customers said was; and the
gap between saying and doing.

Three shares of the same cases: those in scope, created long enough ago that there were 14 days to
solve them and seven more to take the solve back. What is still unsolved counts against all three.

- **claimed**: it is solved or closed, by whomever;
- **strict**: it is resolved by its outcome: confirmed (O1), silent for seven days after a human solved
  it (O2), or answered well enough by a bot (O9);
- **confirmed**: the customer said so (O1);
- **claimed only**: claimed and not strictly resolved. Its share is the say–do gap.

A solve counts once seven days have passed since, whatever its outcome: until then the case counts as
not yet solved, so that young solves make neither a good week nor a gap.

## Example: one denominator, as of 2026-03-28 00:00

| ticket | when             | who      | what           | customer | topic |
| ------ | ---------------- | -------- | -------------- | -------- | ----- |
| T1     | 2026-03-06 23:59 | customer | writes         |          |       |
| T1     | 2026-03-09 10:00 | agent    | writes         |          |       |
| T1     | 2026-03-09 10:00 | agent    | status: solved |          |       |
| T2     | 2026-03-07 00:01 | customer | writes         |          |       |
| T2     | 2026-03-09 10:00 | agent    | writes         |          |       |
| T2     | 2026-03-09 10:00 | agent    | status: solved |          |       |
| T3     | 2026-03-02 09:00 | customer | writes         |          |       |
| T3     | 2026-03-02 10:00 | agent    | writes         |          |       |
| T4     | 2026-03-02 09:00 | customer | writes         |          |       |
| T4     | 2026-03-02 10:00 | agent    | status: solved |          |       |
| T5     | 2026-03-02 09:00 | customer | writes         |          |       |
| T5     | 2026-03-02 10:00 | agent    | writes         |          |       |
| T5     | 2026-03-02 10:00 | agent    | status: solved |          |       |
| T5     | 2026-03-02 11:00 | customer | thanks         |          |       |
| T6     | 2026-03-02 09:00 | customer | writes         |          |       |
| T6     | 2026-03-02 09:01 | bot      | writes         |          |       |
| T6     | 2026-03-03 09:00 | system   | status: solved |          |       |
| T7     | 2026-03-02 09:00 | customer | writes         |          |       |
| T7     | 2026-03-02 10:00 | agent    | writes         |          |       |
| T7     | 2026-03-21 00:01 | agent    | status: solved |          |       |
| T7     | 2026-03-23 10:00 | customer | thanks         |          |       |
| T8     | 2026-03-02 09:00 | agent    | writes         |          |       |
| T8     | 2026-03-02 09:00 | agent    | status: solved |          |       |

| value: ticket | is_claimed_resolved | is_strictly_resolved | is_confirmed_resolved | is_claimed_only |
| ------------- | ------------------- | -------------------- | --------------------- | --------------- |
| T1            | 1                   | 1                    | 0                     | 0               |
| T2            |                     |                      |                       |                 |
| T3            | 0                   | 0                    | 0                     | 0               |
| T4            | 1                   | 0                    | 0                     | 1               |
| T5            | 1                   | 1                    | 1                     | 0               |
| T6            | 1                   | 1                    | 0                     | 0               |
| T7            | 0                   | 0                    | 0                     | 0               |
| T8            |                     |                      |                       |                 |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

STRICT = ("O1", "O2", "O9")

METRIC = Metric(
    title="Whether the case was resolved, as claimed and in truth",
    leg="outcome",
    unit="share",
    columns={
        "is_claimed_resolved": {"how": "claimed"},
        "is_strictly_resolved": {"how": "strict"},
        "is_confirmed_resolved": {"how": "confirmed"},
        "is_claimed_only": {"how": "claimed only"},
    },
    sentences={
        "is_claimed_resolved": "True if it is solved or closed, by whomever; NULL until there was time to.",
        "is_strictly_resolved": "True if it is resolved by its outcome (O1, O2, O9); NULL until there was time to.",
        "is_confirmed_resolved": "True if the customer said that it is resolved (O1); NULL until there was time to.",
        "is_claimed_only": "True if it is claimed and not strictly resolved; NULL until there was time to.",
    },
    figures=(
        Figure(
            name="strict_resolution_rate",
            column="is_strictly_resolved",
            statistics=("rate",),
            title="Strictly resolved",
            better="higher",
        ),
        Figure(
            name="claimed_resolution_rate",
            column="is_claimed_resolved",
            statistics=("rate",),
            title="Claimed to be resolved",
            better="neither",
        ),
        Figure(
            name="confirmed_resolution_rate",
            column="is_confirmed_resolved",
            statistics=("rate",),
            title="Resolved, said the customer",
            better="higher",
        ),
        Figure(
            name="say_do_gap",
            column="is_claimed_only",
            statistics=("rate",),
            title="Say–do gap",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="solve",
    matures_after_days=21,
    needs=("status_history",),
    counter_metric="customer_wait_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, how: str) -> np.ndarray:
    claimed = t.has_settled
    strict = claimed & t.outcome.ended(*STRICT)
    found = {
        "claimed": claimed,
        "strict": strict,
        "confirmed": claimed & t.outcome.ended("O1"),
        "claimed only": claimed & ~strict,
    }
    return np.where(t.is_judged, found[how], np.nan)


def changes_at(t: Timelines, how: str) -> np.ndarray:
    """When the case is old enough, or its solve, without any new event."""
    return t.judgement_changes_at
