"""
# Full resolution

How long it takes until a case is solved for the last time.

From the customer's first message (or the creation) to the last change into solved, or into
closed if it went there without being solved. While a ticket is open again after a solve it is
*waiting*, whatever it looked like before.

## Example: the last solve counts, and closing later does not

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 11:00 | system   | status: open   |
| T1     | 2026-03-02 12:00 | agent    | status: solved |
| T1     | 2026-03-06 12:00 | system   | status: closed |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 11:00 | agent    | status: closed |

| value: ticket | full_resolution_minutes | full_resolution_business_minutes |
| ------------- | ----------------------- | -------------------------------- |
| T1            | 180                     | 180                              |
| T2            | 120                     | 120                              |

## Example: open again is not solved

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-03 11:00 | customer | writes         |
| T1     | 2026-03-03 11:00 | system   | status: open   |
| T2     | 2026-03-02 09:00 | customer | writes         |

| value: ticket | full_resolution_minutes | state   |
| ------------- | ----------------------- | ------- |
| T1            |                         | waiting |
| T2            |                         | waiting |

## Example: opened by an agent or a machine, the case begins when the customer writes

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | agent    | writes         |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | agent    | writes         |
| T2     | 2026-03-02 09:10 | agent    | status: solved |
| T2     | 2026-03-02 11:00 | customer | thanks         |
| T3     | 2026-03-02 09:00 | bot      | writes         |
| T3     | 2026-03-02 11:00 | customer | writes         |
| T3     | 2026-03-02 11:30 | agent    | status: solved |

| value: ticket | full_resolution_minutes | state          |
| ------------- | ----------------------- | -------------- |
| T1            | 60                      | observed       |
| T2            |                         | not_applicable |
| T3            | 30                      | observed       |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER, Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time until the case was solved for the last time",
    leg="process",
    unit="minutes",
    columns={
        "full_resolution_minutes": {"clock": "calendar"},
        "full_resolution_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="full_resolution_minutes",
            column="full_resolution_minutes",
            statistics=("p50", "p90"),
            title="Full resolution, calendar time",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="solve",
    needs=("solve_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "FUR-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "full_resolution_minutes",
                "column_B": "full_resolution_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    solved_at = np.where(t.is_done & ~t.is_solved_beforehand, t.at(t.last_solve), NEVER)
    return t.span(t.began_at, solved_at, clock).where(~t.is_solved_beforehand)
