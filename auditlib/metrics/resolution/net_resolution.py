"""
# Net resolution

How long it takes until a case is solved for the last time, without the time in which it was pending.

From the customer's first message (or the creation) to the last solve, less the time in which the
status said that we wait for the customer. Time on hold counts: the customer waits then. So does time
between a solve and its reopening. While a ticket is not solved, or open again, it is *waiting*.
Setting tickets to pending makes it shorter: *paused while the customer waited* tells how much of
that was not true.

## Example: pending does not count, on hold does

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-06 15:00 | customer | writes                   |
| T1     | 2026-03-06 15:30 | agent    | status: on_hold          |
| T1     | 2026-03-06 16:00 | agent    | status: pending_customer |
| T1     | 2026-03-09 10:00 | customer | writes                   |
| T1     | 2026-03-09 10:00 | system   | status: open             |
| T1     | 2026-03-09 10:30 | agent    | status: solved           |
| T1     | 2026-03-13 10:30 | system   | status: closed           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 10:00 | agent    | status: solved           |
| T2     | 2026-03-02 11:00 | customer | writes                   |
| T2     | 2026-03-02 11:00 | system   | status: open             |
| T2     | 2026-03-02 11:30 | agent    | status: solved           |

| value: ticket | net_resolution_minutes | net_resolution_business_minutes |
| ------------- | ---------------------- | ------------------------------- |
| T1            | 90                     | 90                              |
| T2            | 150                    | 150                             |

## Example: not solved, open again, and solved before the customer wrote

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 10:00 | agent    | status: pending_customer |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 10:00 | agent    | status: solved           |
| T2     | 2026-03-02 11:00 | customer | writes                   |
| T2     | 2026-03-02 11:00 | system   | status: open             |
| T3     | 2026-03-02 09:00 | agent    | writes                   |
| T3     | 2026-03-02 09:10 | agent    | status: solved           |
| T3     | 2026-03-02 11:00 | customer | thanks                   |

| value: ticket | net_resolution_minutes | state          |
| ------------- | ---------------------- | -------------- |
| T1            |                        | waiting        |
| T2            |                        | waiting        |
| T3            |                        | not_applicable |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Status
from auditlib.metric import Figure, Metric
from auditlib.span import Span, State
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time until the case was solved for the last time, pending left out",
    leg="process",
    unit="minutes",
    columns={
        "net_resolution_minutes": {"clock": "calendar"},
        "net_resolution_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="net_resolution_minutes",
            column="net_resolution_minutes",
            statistics=("p50", "p90"),
            title="Net resolution, pending left out",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="solve",
    needs=("status_history", "detailed_statuses"),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "NRS-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "net_resolution_minutes",
                "column_B": "net_resolution_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
        {
            "id": "NRS-002",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "full_resolution_minutes",
                "column_B": "net_resolution_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Without its pauses a resolution can't be longer than with them: stays overlap.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    counted = t.while_(t.is_unsettled_after & ~t.is_in(Status.pending_customer, Status.deleted))
    state = np.where(t.is_done, State.observed, State.waiting)
    state = np.where(t.is_solved_beforehand, State.not_applicable, state)
    return t.total(counted, clock, state, t.began_at, t.sums_end_at)
