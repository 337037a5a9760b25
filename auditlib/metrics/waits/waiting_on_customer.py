"""
# Waiting on the customer

How long a case was pending: we asked, and waited for the customer.

Some helpdesks call this *agent wait*, since it is the agent who waits. It does not speak of the
customer's patience, and it is only as true as the status: see *paused while the customer waited*.
There is no sum before the ticket is solved or closed.

## Example: only pending counts

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-06 15:00 | customer | writes                   |
| T1     | 2026-03-06 15:30 | agent    | status: open             |
| T1     | 2026-03-06 16:00 | agent    | writes                   |
| T1     | 2026-03-06 16:00 | agent    | status: pending_customer |
| T1     | 2026-03-09 10:00 | customer | writes                   |
| T1     | 2026-03-09 10:00 | system   | status: open             |
| T1     | 2026-03-09 11:00 | agent    | status: on_hold          |
| T1     | 2026-03-09 12:00 | agent    | status: pending_customer |
| T1     | 2026-03-09 12:30 | agent    | status: solved           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 09:30 | agent    | status: solved           |
| T3     | 2026-03-02 09:00 | customer | writes                   |
| T3     | 2026-03-02 09:30 | agent    | status: pending_customer |

| value: ticket | waiting_on_customer_minutes | waiting_on_customer_business_minutes | state    |
| ------------- | --------------------------- | ------------------------------------ | -------- |
| T1            | 3990                        | 150                                  | observed |
| T2            | 0                           | 0                                    | observed |
| T3            |                             |                                      | waiting  |
"""

import datetime

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in which the ticket waited for the customer",
    leg="process",
    unit="minutes",
    columns={
        "waiting_on_customer_minutes": {"clock": "calendar"},
        "waiting_on_customer_business_minutes": {"clock": "business"},
    },
    figures=(),
    date_basis="created",
    attributed_at="solve",
    needs=("status_history", "detailed_statuses"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "WOC-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "waiting_on_customer_minutes",
                "column_B": "waiting_on_customer_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.time_in((Status.pending_customer,), clock)
