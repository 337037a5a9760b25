"""
# Customer's wait by status

How long the status said that the customer waits for us: new, open or on hold.

This is what most helpdesks call *requester wait*. It can be made to look better by setting a
ticket to pending, which is why the wait by messages leads and *paused while the customer waited*
stands beside it. The clock starts with the case and stops while the ticket is pending, solved or
deleted. There is no sum before the ticket is solved or closed; a reopening takes it back until then.

## Example: pending and solved do not count, on hold does

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-06 16:00 | customer | writes                   |
| T1     | 2026-03-06 16:10 | agent    | status: open             |
| T1     | 2026-03-06 16:30 | agent    | status: on_hold          |
| T1     | 2026-03-09 09:30 | agent    | status: pending_customer |
| T1     | 2026-03-09 10:00 | customer | writes                   |
| T1     | 2026-03-09 10:00 | system   | status: open             |
| T1     | 2026-03-09 10:05 | agent    | status: solved           |
| T1     | 2026-03-13 10:05 | system   | status: closed           |

| value: ticket | customer_wait_by_status_minutes | customer_wait_by_status_business_minutes |
| ------------- | ------------------------------- | ---------------------------------------- |
| T1            | 3935                            | 95                                       |

## Example: measured again after a reopening, and not before the next solve

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 11:00 | system   | status: open   |
| T1     | 2026-03-02 11:30 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-02 11:00 | customer | writes         |
| T2     | 2026-03-02 11:00 | system   | status: open   |

| value: ticket | customer_wait_by_status_minutes | state    |
| ------------- | ------------------------------- | -------- |
| T1            | 90                              | observed |
| T2            |                                 | waiting  |

## Example: no clock runs while a ticket is deleted

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | deletes        |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | deletes        |
| T2     | 2026-03-02 12:00 | agent    | restores       |
| T2     | 2026-03-02 12:30 | agent    | status: solved |

| value: ticket | customer_wait_by_status_minutes | state    |
| ------------- | ------------------------------- | -------- |
| T1            | 60                              | observed |
| T2            | 90                              | observed |

## Example: opened by an agent or a machine, the case begins when the customer writes

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | agent    | writes         |
| T1     | 2026-03-02 09:10 | agent    | status: open   |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 11:20 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | bot      | writes         |
| T2     | 2026-03-02 11:00 | customer | writes         |
| T2     | 2026-03-02 11:20 | agent    | status: solved |

| value: ticket | customer_wait_by_status_minutes | state    |
| ------------- | ------------------------------- | -------- |
| T1            | 20                              | observed |
| T2            | 20                              | observed |
"""

import datetime

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in which the status said that the customer waits for us",
    leg="process",
    unit="minutes",
    columns={
        "customer_wait_by_status_minutes": {"clock": "calendar"},
        "customer_wait_by_status_business_minutes": {"clock": "business"},
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
            "id": "CWS-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "customer_wait_by_status_minutes",
                "column_B": "customer_wait_by_status_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.time_in((Status.new, Status.open, Status.on_hold), clock)
