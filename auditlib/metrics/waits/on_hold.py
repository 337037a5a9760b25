"""
# On hold

How long a case waited for somebody else, such as a carrier or a supplier.

The customer waits all the same, so this time is part of their wait by status. There is no sum
before the ticket is solved or closed.

## Example: only on hold counts

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-06 15:00 | customer | writes                   |
| T1     | 2026-03-06 15:30 | agent    | status: open             |
| T1     | 2026-03-06 16:00 | agent    | status: on_hold          |
| T1     | 2026-03-09 10:00 | agent    | status: pending_customer |
| T1     | 2026-03-09 12:00 | agent    | status: solved           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 09:30 | agent    | status: on_hold          |

| value: ticket | on_hold_minutes | on_hold_business_minutes | state    |
| ------------- | --------------- | ------------------------ | -------- |
| T1            | 3960            | 120                      | observed |
| T2            |                 |                          | waiting  |
"""

import datetime

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in which the ticket waited for a third party",
    leg="process",
    unit="minutes",
    columns={
        "on_hold_minutes": {"clock": "calendar"},
        "on_hold_business_minutes": {"clock": "business"},
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
            "id": "OHD-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "on_hold_minutes",
                "column_B": "on_hold_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.time_in((Status.on_hold,), clock)
