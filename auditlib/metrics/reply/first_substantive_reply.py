"""
# First substantive reply

How long a customer waits for the first answer that says more than *we have received it*.

Like the first reply, but a message that only acknowledges does not stop the clock. What only
acknowledges is told by rules about words; they know English and German and look at short
messages only. A case that was closed with nothing but such a message is *closed unanswered*.

## Example: an acknowledgement is polite and no answer

| ticket | when             | who        | what                    |
| ------ | ---------------- | ---------- | ----------------------- |
| T1     | 2026-03-02 09:00 | customer   | writes                  |
| T1     | 2026-03-02 09:05 | agent      | writes: acknowledgement |
| T1     | 2026-03-02 09:20 | agent      | notes                   |
| T1     | 2026-03-02 09:25 | bot        | writes                  |
| T1     | 2026-03-02 10:00 | agent      | writes                  |
| T1     | 2026-03-02 11:00 | agent      | writes                  |

| value: ticket | first_substantive_reply_minutes |
| ------------- | ------------------------------- |
| T1            | 60                              |

## Example: nights do not count in business time

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 16:30 | customer | writes |
| T1     | 2026-03-03 09:30 | agent    | writes |

| value: ticket | first_substantive_reply_minutes | first_substantive_reply_business_minutes |
| ------------- | ------------------------------- | ---------------------------------------- |
| T1            | 1020                            | 60                                       |

## Example: acknowledged only

| ticket | when             | who      | what                    |
| ------ | ---------------- | -------- | ----------------------- |
| T1     | 2026-03-02 09:00 | customer | writes                  |
| T1     | 2026-03-02 09:05 | agent    | writes: acknowledgement |
| T2     | 2026-03-02 09:00 | customer | writes                  |
| T2     | 2026-03-02 09:05 | agent    | writes: acknowledgement |
| T2     | 2026-03-02 09:30 | agent    | status: solved          |
| T3     | 2026-03-02 09:00 | agent    | writes                  |
| T3     | 2026-03-02 09:30 | agent    | writes                  |
| T4     | 2026-03-02 09:00 | agent    | writes                  |
| T4     | 2026-03-02 10:00 | customer | writes                  |
| T4     | 2026-03-02 10:20 | agent    | writes                  |

| value: ticket | first_substantive_reply_minutes | state             |
| ------------- | ------------------------------- | ----------------- |
| T1            |                                 | waiting           |
| T2            |                                 | closed_unanswered |
| T3            |                                 | not_applicable    |
| T4            | 20                              | observed          |

## Example: in a chat, what follows the acknowledgement is the answer

| ticket | when             | who      | what                    | channel |
| ------ | ---------------- | -------- | ----------------------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes                  | chat    |
| T1     | 2026-03-02 09:01 | agent    | writes: acknowledgement |         |
| T1     | 2026-03-02 09:05 | agent    | writes                  |         |

| value: ticket | first_substantive_reply_minutes |
| ------------- | ------------------------------- |
| T1            | 5                               |
"""

import datetime

from auditlib.metric import Figure, Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time to the first reply that says more than that the request was received",
    leg="process",
    unit="minutes",
    columns={
        "first_substantive_reply_minutes": {"clock": "calendar"},
        "first_substantive_reply_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="first_substantive_reply_business_minutes",
            column="first_substantive_reply_business_minutes",
            statistics=("p50", "p90"),
            title="First substantive reply, business time",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("solve_history", "message_text"),
    counter_metric="first_reply_business_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "FSR-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "first_substantive_reply_minutes",
                "column_B": "first_reply_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "The first substantive reply is a reply: it can't come before the first one.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.or_closed_unanswered(t.span(t.at(t.first_ask), t.at(t.first_substantive_reply), clock))
