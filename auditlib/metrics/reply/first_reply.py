"""
# First reply

How long a customer waits for the first answer by a human.

The clock starts at the customer's first message and stops at the first public message by a
human agent. Internal notes, automatic replies and bots do not stop it. A ticket that an agent
opened starts when the customer writes in it; until then nothing is waited for. Tickets that
nobody has answered are not left out: they are *waiting*, and *closed unanswered* if they were
closed instead. A later answer still counts, even after a solve without one.

It runs on three clocks: the calendar, the opening hours in force, and the hours that customers
are told (`[clock] promised` of `audit.toml`); without these the last one is *unmeasurable*. Who
is a human agent is decided as of the moment of writing: an agent who left later still answered.
Somebody in copy on the customer's side asks like the customer does.

## Example: notes, robots and other people do not answer

| ticket | when             | who        | what          |
| ------ | ---------------- | ---------- | ------------- |
| T1     | 2026-03-02 09:00 | customer   | writes        |
| T1     | 2026-03-02 09:01 | automation | writes        |
| T1     | 2026-03-02 09:05 | bot        | writes        |
| T1     | 2026-03-02 09:10 | agent      | notes         |
| T1     | 2026-03-02 09:20 | customer   | writes        |
| T1     | 2026-03-02 09:25 | unknown    | writes        |
| T1     | 2026-03-02 09:30 | agent      | writes        |
| T1     | 2026-03-02 10:30 | agent      | writes        |

| value: ticket | first_reply_minutes | first_reply_business_minutes |
| ------------- | ------------------- | ---------------------------- |
| T1            | 30                  | 30                           |

## Example: nights and weekends count on the calendar only

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-06 16:30 | customer | writes |
| T1     | 2026-03-09 09:30 | agent    | writes |
| T2     | 2026-03-07 10:00 | customer | writes |
| T2     | 2026-03-08 10:00 | agent    | writes |

| value: ticket | first_reply_minutes | first_reply_business_minutes |
| ------------- | ------------------- | ---------------------------- |
| T1            | 3900                | 60                           |
| T2            | 1440                | 0                            |

## Example: customers were promised: Mon-Sat 08:00-20:00 Europe/Berlin

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-06 16:30 | customer | writes |
| T1     | 2026-03-09 09:30 | agent    | writes |

| value: ticket | first_reply_minutes | first_reply_business_minutes | first_reply_promised_minutes |
| ------------- | ------------------- | ---------------------------- | ---------------------------- |
| T1            | 3900                | 60                           | 1020                         |

## Example: no hours were promised

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | customer | writes |
| T1     | 2026-03-02 09:30 | agent    | writes |

| value: ticket | first_reply_promised_minutes | state        |
| ------------- | ---------------------------- | ------------ |
| T1            |                              | unmeasurable |

## Example: whoever asks first, and an agent who has left since

| ticket | when             | who               | what   |
| ------ | ---------------- | ----------------- | ------ |
| T1     | 2026-03-02 09:00 | customer_side     | writes |
| T1     | 2026-03-02 09:20 | customer          | writes |
| T1     | 2026-03-02 09:30 | agent Ann         | writes |
| T1     | 2026-03-02 09:40 | customer_side Ann | writes |
| T1     | 2026-03-02 09:50 | agent             | writes |

| value: ticket | first_reply_minutes |
| ------------- | ------------------- |
| T1            | 30                  |

## Example: the unanswered are not lost

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 10:00 | agent    | status: solved   |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 10:00 | agent    | status: solved   |
| T3     | 2026-03-02 11:00 | agent    | writes           |

| value: ticket | first_reply_minutes | state             |
| ------------- | ------------------- | ----------------- |
| T1            |                     | waiting           |
| T2            |                     | closed_unanswered |
| T3            | 120                 | observed          |

## Example: opened by an agent

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | agent    | writes |
| T1     | 2026-03-02 09:10 | agent    | writes |
| T2     | 2026-03-02 09:00 | agent    | writes |
| T2     | 2026-03-02 11:00 | customer | writes |
| T2     | 2026-03-02 11:15 | agent    | writes |

| value: ticket | first_reply_minutes | state          |
| ------------- | ------------------- | -------------- |
| T1            |                     | not_applicable |
| T2            | 15                  | observed       |

## Example: solved on the phone or by a bot, and brought up again

| ticket | when             | who        | what           | channel |
| ------ | ---------------- | ---------- | -------------- | ------- |
| T1     | 2026-03-02 09:00 | agent      | writes         | phone   |
| T1     | 2026-03-02 09:05 | agent      | status: solved |         |
| T2     | 2026-03-02 09:00 | agent      | writes         | phone   |
| T2     | 2026-03-02 09:05 | agent      | status: solved |         |
| T2     | 2026-03-03 10:00 | customer   | writes         |         |
| T2     | 2026-03-03 10:00 | system     | status: open   |         |
| T2     | 2026-03-03 10:10 | agent      | writes         |         |
| T3     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T3     | 2026-03-02 09:01 | bot        | writes         |         |
| T3     | 2026-03-02 10:00 | automation | status: solved |         |
| T3     | 2026-03-03 09:00 | customer   | writes         |         |
| T3     | 2026-03-03 09:00 | system     | status: open   |         |
| T3     | 2026-03-03 09:10 | agent      | writes         |         |

| value: ticket | first_reply_minutes | state          |
| ------------- | ------------------- | -------------- |
| T1            |                     | not_applicable |
| T2            | 10                  | observed       |
| T3            | 1450                | observed       |
"""

import datetime

from auditlib.metric import Figure, Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time to the first reply by a human",
    leg="process",
    unit="minutes",
    columns={
        "first_reply_minutes": {"clock": "calendar"},
        "first_reply_business_minutes": {"clock": "business"},
        "first_reply_promised_minutes": {"clock": "promised"},
    },
    figures=(
        Figure(
            name="first_reply_business_minutes",
            column="first_reply_business_minutes",
            statistics=("p50", "p90"),
            title="First reply, business time",
            better="lower",
        ),
        Figure(
            name="first_reply_minutes",
            column="first_reply_minutes",
            statistics=("p50", "p90"),
            title="First reply, calendar time",
            better="lower",
        ),
        Figure(
            name="first_reply_promised_minutes",
            column="first_reply_promised_minutes",
            statistics=("p50", "p90"),
            title="First reply, in the hours that customers are told",
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
    expectations=(
        {
            "id": "FRT-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "first_reply_minutes",
                "column_B": "first_reply_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
        {
            "id": "FRT-002",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "first_reply_minutes",
                "column_B": "first_reply_promised_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Promised time can't be longer than the calendar: look at [clock] promised in audit.toml.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    return t.or_closed_unanswered(t.span(t.at(t.first_ask), t.at(t.first_reply), clock))
