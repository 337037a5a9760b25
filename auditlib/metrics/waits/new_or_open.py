"""
# New or open

How long a case was ours to work on: new or open.

Some helpdesks call this *agent work time*. It is no effort: most of it nobody works on the ticket.
On hold, when we wait for somebody else, and pending are left out. There is no sum before the ticket
is solved or closed.

## Example: on hold and pending do not count

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-06 15:00 | customer | writes                   |
| T1     | 2026-03-06 15:30 | agent    | status: open             |
| T1     | 2026-03-06 16:00 | agent    | status: pending_customer |
| T1     | 2026-03-06 16:30 | customer | writes                   |
| T1     | 2026-03-06 16:30 | system   | status: open             |
| T1     | 2026-03-09 09:30 | agent    | status: on_hold          |
| T1     | 2026-03-09 12:00 | agent    | status: solved           |
| T2     | 2026-03-02 09:00 | customer | writes                   |

| value: ticket | new_or_open_minutes | new_or_open_business_minutes | state    |
| ------------- | ------------------- | ---------------------------- | -------- |
| T1            | 3960                | 120                          | observed |
| T2            |                     |                              | waiting  |
"""

import datetime

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in which the ticket was ours to work on",
    leg="process",
    unit="minutes",
    columns={
        "new_or_open_minutes": {"clock": "calendar"},
        "new_or_open_business_minutes": {"clock": "business"},
    },
    figures=(),
    date_basis="created",
    attributed_at="solve",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "NOO-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "new_or_open_minutes",
                "column_B": "new_or_open_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.time_in((Status.new, Status.open), clock)
