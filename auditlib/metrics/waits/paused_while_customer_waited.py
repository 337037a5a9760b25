"""
# Paused while the customer waited

How long a ticket stood on pending or on hold although the customer was waiting for an answer.

Setting a ticket to pending or on hold stops the clocks that go by status. While the customer has
written and nobody has answered, nothing is waited for but us: these minutes are missing from every
wait by status and stand in the customer's wait by messages. They are zero where statuses tell the
truth. Customers who never asked anything could not be kept waiting. There is no sum before the
ticket is solved or closed.

## Example: the customer had answered

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 10:00 | agent    | writes                   |
| T1     | 2026-03-02 10:00 | agent    | status: pending_customer |
| T1     | 2026-03-02 11:00 | customer | writes                   |
| T1     | 2026-03-02 11:45 | system   | status: open             |
| T1     | 2026-03-02 12:00 | agent    | writes                   |
| T1     | 2026-03-02 12:00 | agent    | status: solved           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 09:10 | agent    | status: on_hold          |
| T2     | 2026-03-02 09:30 | agent    | writes                   |
| T2     | 2026-03-02 10:00 | agent    | status: solved           |
| T3     | 2026-03-02 09:00 | customer | writes                   |
| T3     | 2026-03-02 09:30 | agent    | writes                   |
| T3     | 2026-03-02 09:30 | agent    | status: pending_customer |
| T3     | 2026-03-02 10:00 | customer | thanks                   |
| T3     | 2026-03-02 11:00 | agent    | status: solved           |

| value: ticket | paused_while_customer_waited_minutes |
| ------------- | ------------------------------------ |
| T1            | 45                                   |
| T2            | 20                                   |
| T3            | 0                                    |

## Example: not solved yet, deleted, and never asked

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 10:00 | agent    | status: pending_customer |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 10:00 | agent    | status: pending_customer |
| T2     | 2026-03-02 10:30 | agent    | deletes                  |
| T3     | 2026-03-02 09:00 | agent    | writes                   |
| T3     | 2026-03-02 09:00 | agent    | status: pending_customer |
| T3     | 2026-03-02 10:00 | agent    | status: solved           |

| value: ticket | paused_while_customer_waited_minutes | state          |
| ------------- | ------------------------------------ | -------------- |
| T1            |                                      | waiting        |
| T2            | 30                                   | observed       |
| T3            |                                      | not_applicable |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.span import Span, State
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in which the ticket was paused although the customer waited",
    leg="process",
    unit="minutes",
    columns={"paused_while_customer_waited_minutes": {"clock": "calendar"}},
    figures=(),
    date_basis="created",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="customer_wait_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "PWW-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "customer_wait_minutes",
                "column_B": "paused_while_customer_waited_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "A customer can't have waited longer on a pause than in all: turns and statuses disagree.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    paused = t.while_(t.is_waiting_after & t.is_in(Status.pending_customer, Status.on_hold))
    state = np.where(t.wait_state == State.not_applicable, State.not_applicable, t.sum_state)
    return t.total(paused, clock, state, t.began_at)
