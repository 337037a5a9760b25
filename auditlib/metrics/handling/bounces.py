"""
# Bounces

How often a case was handed back to the group that it had just come from.

From A to B and back to A is one bounce, and on to B again a second. Only transfers count, so what
rules sort before a human agent begins is none, and a spell without a group is a pause.

## Example: back, back again, and on

| ticket | when             | who        | what             |
| ------ | ---------------- | ---------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer   | writes           |
| T1     | 2026-03-02 09:00 | automation | group: sales     |
| T1     | 2026-03-02 09:10 | agent      | group: billing   |
| T1     | 2026-03-02 09:20 | agent      | group: nobody    |
| T1     | 2026-03-02 09:30 | agent      | group: sales     |
| T1     | 2026-03-02 09:40 | agent      | group: billing   |
| T2     | 2026-03-02 09:00 | customer   | writes           |
| T2     | 2026-03-02 09:00 | automation | group: sales     |
| T2     | 2026-03-02 09:10 | agent      | group: billing   |
| T2     | 2026-03-02 09:20 | agent      | group: lamps     |
| T2     | 2026-03-02 09:30 | agent      | group: sales     |
| T3     | 2026-03-02 09:00 | customer   | writes           |
| T3     | 2026-03-02 09:00 | automation | group: sales     |
| T3     | 2026-03-02 09:01 | automation | group: billing   |
| T3     | 2026-03-02 09:10 | agent      | group: sales     |
| T4     | 2026-03-02 09:00 | customer   | writes           |
| T4     | 2026-03-02 09:00 | automation | group: sales     |
| T4     | 2026-03-02 09:10 | agent      | group: billing   |
| T5     | 2026-03-02 09:00 | customer   | writes           |
| T5     | 2026-03-02 09:00 | automation | group: billing   |
| T5     | 2026-03-02 09:10 | agent      | group: sales     |

| value: ticket | bounces |
| ------------- | ------- |
| T1            | 2       |
| T2            | 0       |
| T3            | 0       |
| T4            | 0       |
| T5            | 0       |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How often a case was handed back",
    leg="process",
    unit="count",
    columns={"bounces": {}},
    sentences={"bounces": "How often it was handed back to the group from which it had just come: A, B, A."},
    figures=(
        Figure(
            name="bounce_rate",
            column="bounces",
            statistics=("rate",),
            title="Cases that were handed back",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history"),
    counter_metric="transfer_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "HND-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "transfers",
                "column_B": "bounces",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Each bounce is a transfer: more bounces than transfers are a fault in how moves are counted.",
        },
    ),
)


def value(t: Timelines) -> np.ndarray:
    return t.count(t.bounces).astype(float)
