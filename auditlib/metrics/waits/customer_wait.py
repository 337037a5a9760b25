"""
# Customer's whole wait

How long a customer waited for us in all, told by the messages alone.

Every turn counts: from the customer's first unanswered message to the next public message by a
human agent. Who writes again while they wait does not begin anew, and what the status says
meanwhile makes no difference. A solve or a close ends a turn without an answer: the wait up to it
counts, and if that turn was the last the whole wait is *closed unanswered*. Customers who never
asked anything did not wait.

## Example: turns add up, and writing again does not begin anew

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 09:30 | customer | writes                   |
| T1     | 2026-03-02 10:00 | agent    | writes                   |
| T1     | 2026-03-02 10:00 | agent    | status: pending_customer |
| T1     | 2026-03-02 12:00 | customer | writes                   |
| T1     | 2026-03-02 12:10 | agent    | notes                    |
| T1     | 2026-03-02 12:20 | agent    | writes                   |
| T1     | 2026-03-02 13:00 | customer | thanks                   |
| T2     | 2026-03-02 09:00 | agent    | writes                   |

| value: ticket | customer_wait_minutes | state          |
| ------------- | --------------------- | -------------- |
| T1            | 80                    | observed       |
| T2            |                       | not_applicable |

## Example: closed instead of answered

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 09:20 | agent    | writes         |
| T1     | 2026-03-02 10:00 | customer | writes         |
| T1     | 2026-03-02 10:30 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-02 11:00 | customer | writes         |
| T2     | 2026-03-02 11:05 | agent    | writes         |

| value: ticket | customer_wait_minutes | state             |
| ------------- | --------------------- | ----------------- |
| T1            | 50                    | closed_unanswered |
| T2            | 65                    | observed          |

## Example: whoever still waits has no sum yet

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 09:20 | agent    | writes         |
| T1     | 2026-03-02 10:00 | customer | writes         |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 09:20 | agent    | writes         |
| T2     | 2026-03-02 09:20 | agent    | status: solved |
| T2     | 2026-03-02 10:00 | customer | writes         |

| value: ticket | customer_wait_minutes | state   |
| ------------- | --------------------- | ------- |
| T1            |                       | waiting |
| T2            |                       | waiting |
"""

import datetime

from auditlib.metric import Figure, Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time that the customer waited for us in all",
    leg="process",
    unit="minutes",
    columns={"customer_wait_minutes": {"clock": "calendar"}},
    figures=(
        Figure(
            name="customer_wait_minutes",
            column="customer_wait_minutes",
            statistics=("p50", "p90"),
            title="Customer's whole wait",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("solve_history",),
    counter_metric="chasers_per_100_tickets",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    return t.total(t.waits, clock, t.wait_state, t.began_at)
