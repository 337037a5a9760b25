"""
# Durable resolution

How long it takes until a case is solved in a way that lasts.

From the customer's first message (or the creation) to the first solve that survived seven days:
nobody reopened the ticket, and the customer did not come back about the same issue with another. A
reopening that only thanks, or an agent's that is taken back within five minutes, undoes nothing.
Until the seven days are known the solve is *waiting*: not yet is not never. A case that stayed
solved although every solve of it was undone is *closed unanswered*: its customer had to come with
another ticket.

## Example: a reopening within seven days undoes a solve

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-09 10:00 | customer | writes         |
| T1     | 2026-03-09 10:00 | system   | status: open   |
| T1     | 2026-03-09 11:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-09 10:01 | customer | writes         |
| T2     | 2026-03-09 10:01 | system   | status: open   |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-03 10:00 | agent    | status: open   |
| T4     | 2026-03-02 09:00 | customer | writes         |
| T4     | 2026-03-02 10:00 | agent    | status: solved |
| T4     | 2026-03-03 10:00 | customer | thanks         |
| T4     | 2026-03-03 10:00 | system   | status: open   |
| T4     | 2026-03-03 11:00 | agent    | status: solved |
| T5     | 2026-03-02 09:00 | customer | writes         |
| T5     | 2026-03-02 10:00 | agent    | status: solved |
| T5     | 2026-03-02 10:01 | agent    | status: open   |
| T5     | 2026-03-02 10:05 | agent    | status: solved |

| value: ticket | durable_resolution_minutes | durable_resolution_business_minutes | state    |
| ------------- | -------------------------- | ----------------------------------- | -------- |
| T1            | 10200                      | 2520                                | observed |
| T2            | 60                         | 60                                  | observed |
| T3            |                            |                                     | waiting  |
| T4            | 60                         | 60                                  | observed |
| T5            | 60                         | 60                                  | observed |

## Example: who comes back with another ticket was not helped for good

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T2     | 2026-03-05 10:00 | customer | writes         | Ada      | billing |
| T2     | 2026-03-05 11:00 | agent    | status: solved |          |         |
| T3     | 2026-03-02 09:00 | customer | writes         | Bo       | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T4     | 2026-03-12 10:00 | customer | writes         | Bo       | billing |
| T5     | 2026-03-02 09:00 | agent    | writes         | Cy       |         |
| T5     | 2026-03-02 09:10 | agent    | status: solved |          |         |
| T5     | 2026-03-02 11:00 | customer | thanks         |          |         |

| value: ticket | durable_resolution_minutes | state             |
| ------------- | -------------------------- | ----------------- |
| T1            |                            | closed_unanswered |
| T2            | 60                         | observed          |
| T3            | 60                         | observed          |
| T4            |                            | waiting           |
| T5            |                            | not_applicable    |

## Example: seven days have to pass, as of 2026-03-09 10:00

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 09:59 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-02 08:00 | agent    | writes         |
| T3     | 2026-03-02 08:10 | agent    | status: solved |
| T3     | 2026-03-02 08:30 | customer | writes         |
| T3     | 2026-03-02 08:30 | system   | status: open   |
| T3     | 2026-03-02 08:45 | agent    | status: solved |

| value: ticket | durable_resolution_minutes | state    |
| ------------- | -------------------------- | -------- |
| T1            | 59                         | observed |
| T2            |                            | waiting  |
| T3            | 15                         | observed |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.span import NEVER, Span, State
from auditlib.timelines import Timelines

WINDOW = 7 * 24 * 60 * 60

METRIC = Metric(
    title="Time until the case was solved for good",
    leg="outcome",
    unit="minutes",
    columns={
        "durable_resolution_minutes": {"clock": "calendar"},
        "durable_resolution_business_minutes": {"clock": "business"},
    },
    figures=(),
    date_basis="created",
    attributed_at="solve",
    matures_after_days=7,
    needs=("status_history",),
    counter_metric="full_resolution_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "DRS-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "durable_resolution_minutes",
                "column_B": "durable_resolution_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
        {
            "id": "DRS-002",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "durable_resolution_minutes",
                "column_B": "first_resolution_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "A solve that lasts can't come before the first: the events of the ticket are out of order.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    lasting, is_sure = t.solve_lasting(WINDOW)
    solved_at = np.where(is_sure, t.at(lasting), NEVER)
    solved = t.span(t.began_at, solved_at, clock).where(~t.is_solved_beforehand)
    undone = t.is_done & (t.at(lasting) == NEVER) & (solved.state == State.waiting)
    return solved.where(~undone, State.closed_unanswered)


def changes_at(t: Timelines, clock: str) -> np.ndarray:
    """When it will be known that a solve lasted; NEVER if it is known or nothing is to be known."""
    solved_at = t.at(t.solve_lasting(WINDOW)[0])
    known_at = np.where(solved_at == NEVER, NEVER, np.minimum(solved_at, NEVER - WINDOW - 1) + WINDOW + 1)
    return np.where(known_at > t.mature_until, known_at, NEVER)
