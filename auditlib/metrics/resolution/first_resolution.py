"""
# First resolution

How long it takes until a case is solved for the first time.

From the customer's first message (or the creation) to the first change into solved, or into closed
if it went there without being solved. What happens after it, such as a reopening, changes nothing:
*full resolution* speaks of that. A ticket that was never solved is *waiting*. If an agent or a machine
opened the ticket, the clock starts when the customer writes in it, and solves before that were another
matter.

## Example: the first solve counts, also after a reopening

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-06 16:00 | customer | writes         |
| T1     | 2026-03-09 09:30 | agent    | status: solved |
| T1     | 2026-03-09 11:00 | customer | writes         |
| T1     | 2026-03-09 11:00 | system   | status: open   |
| T1     | 2026-03-09 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 11:00 | agent    | status: closed |
| T3     | 2026-03-02 09:00 | customer | writes         |

| value: ticket | first_resolution_minutes | first_resolution_business_minutes | state    |
| ------------- | ------------------------ | --------------------------------- | -------- |
| T1            | 3930                     | 90                                | observed |
| T2            | 120                      | 120                               | observed |
| T3            |                          |                                   | waiting  |

## Example: opened by an agent or a machine, the case begins when the customer writes

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | agent    | writes         |
| T1     | 2026-03-02 09:10 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 11:00 | system   | status: open   |
| T1     | 2026-03-02 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | agent    | writes         |
| T2     | 2026-03-02 09:10 | agent    | status: solved |
| T3     | 2026-03-02 09:00 | agent    | writes         |
| T3     | 2026-03-02 09:10 | agent    | status: solved |
| T3     | 2026-03-02 11:00 | customer | thanks         |
| T4     | 2026-03-02 09:00 | bot      | writes         |
| T4     | 2026-03-02 09:10 | agent    | status: solved |
| T4     | 2026-03-02 11:00 | customer | writes         |
| T4     | 2026-03-02 11:00 | system   | status: open   |
| T4     | 2026-03-02 11:30 | agent    | status: solved |
| T5     | 2026-03-02 09:00 | bot      | writes         |
| T5     | 2026-03-02 09:10 | agent    | status: solved |

| value: ticket | first_resolution_minutes | state          |
| ------------- | ------------------------ | -------------- |
| T1            | 60                       | observed       |
| T2            | 10                       | observed       |
| T3            |                          | not_applicable |
| T4            | 30                       | observed       |
| T5            | 10                       | observed       |
"""

import datetime

from auditlib.metric import Figure, Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time until the case was solved for the first time",
    leg="process",
    unit="minutes",
    columns={
        "first_resolution_minutes": {"clock": "calendar"},
        "first_resolution_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="first_resolution_minutes",
            column="first_resolution_minutes",
            statistics=("p50", "p90"),
            title="First resolution, calendar time",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="solve",
    needs=("solve_history",),
    counter_metric="customer_reopen_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "FRS-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "first_resolution_minutes",
                "column_B": "first_resolution_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
        {
            "id": "FRS-002",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "full_resolution_minutes",
                "column_B": "first_resolution_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "The last solve of a case can't come before its first: the events of the ticket are out of order.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.span(t.began_at, t.at(t.first_resolution), clock).where(~t.is_solved_beforehand)
