"""
# New

How long a case stood there as new, before anybody opened it.

Together with *new or open* it says how long a case was open: the difference of the two. There is
no sum before the ticket is solved or closed.

## Example: until it is opened

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-06 16:30 | customer | writes         |
| T1     | 2026-03-09 09:30 | agent    | status: open   |
| T1     | 2026-03-09 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 09:45 | agent    | status: solved |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 09:45 | agent    | status: open   |

| value: ticket | new_minutes | new_business_minutes | state    |
| ------------- | ----------- | -------------------- | -------- |
| T1            | 3900        | 60                   | observed |
| T2            | 45          | 45                   | observed |
| T3            |             |                      | waiting  |
"""

import datetime

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in which nobody had opened the ticket",
    leg="process",
    unit="minutes",
    columns={
        "new_minutes": {"clock": "calendar"},
        "new_business_minutes": {"clock": "business"},
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
            "id": "NEW-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "new_minutes",
                "column_B": "new_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.time_in((Status.new,), clock)
