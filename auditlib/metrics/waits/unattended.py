"""
# Longest time unattended

The longest time in which no human did anything for a customer who was waiting for us.

Counted are the gaps while the customer waits for an answer: from when they began to wait, or from
the last act of a human, to the next act. An act is a public message by a human agent, an internal
note of twenty characters or more, or a human's handing the ticket on to another person or group.
Leaving it to nobody hands nothing on. Changes of status, of tags and of fields are no acts either, nor
is anything that machines do: they are done to hundreds of tickets at once. A solve or a close ends the
last gap. While somebody still waits the longest gap is not known yet.

## Example: notes and handing on interrupt, other edits do not

| ticket | when             | who        | what                     |
| ------ | ---------------- | ---------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer   | writes                   |
| T1     | 2026-03-02 10:00 | agent      | notes: 20 letters        |
| T1     | 2026-03-02 11:30 | agent      | assignee: Ann            |
| T1     | 2026-03-02 12:15 | agent      | writes                   |
| T2     | 2026-03-02 09:00 | customer   | writes                   |
| T2     | 2026-03-02 10:00 | agent      | notes: 19 letters        |
| T2     | 2026-03-02 10:30 | automation | group: billing           |
| T2     | 2026-03-02 10:40 | automation | writes                   |
| T2     | 2026-03-02 10:45 | bot        | notes                    |
| T2     | 2026-03-02 11:00 | agent      | status: pending_customer |
| T2     | 2026-03-02 11:20 | customer   | writes                   |
| T2     | 2026-03-02 11:30 | customer   | notes                    |
| T2     | 2026-03-02 12:00 | agent      | group: billing           |
| T2     | 2026-03-02 14:00 | agent      | writes                   |
| T3     | 2026-03-02 09:00 | customer   | writes                   |
| T3     | 2026-03-02 09:00 | automation | assignee: Ann            |
| T3     | 2026-03-02 09:00 | automation | group: billing           |
| T3     | 2026-03-02 10:00 | agent Ann  | assignee: nobody         |
| T3     | 2026-03-02 11:00 | agent Ann  | group: nobody            |
| T3     | 2026-03-02 12:00 | agent      | writes                   |

| value: ticket | unattended_minutes | unattended_business_minutes |
| ------------- | ------------------ | --------------------------- |
| T1            | 90                 | 90                          |
| T2            | 180                | 180                         |
| T3            | 180                | 180                         |

## Example: nobody has to look after who does not wait

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-06 16:30 | customer | writes         |
| T1     | 2026-03-06 16:50 | agent    | writes         |
| T1     | 2026-03-09 16:50 | customer | writes         |
| T1     | 2026-03-10 09:30 | agent    | status: solved |
| T1     | 2026-03-12 09:30 | agent    | notes          |
| T2     | 2026-03-02 09:00 | agent    | writes         |
| T2     | 2026-03-02 10:00 | agent    | writes         |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | notes          |

| value: ticket | unattended_minutes | unattended_business_minutes | state          |
| ------------- | ------------------ | --------------------------- | -------------- |
| T1            | 1000               | 40                          | observed       |
| T2            |                    |                             | not_applicable |
| T3            |                    |                             | waiting        |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import Span, State
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Longest time in which nobody looked after a customer who waited",
    leg="process",
    version="1.1.0",
    unit="minutes",
    columns={
        "unattended_minutes": {"clock": "calendar"},
        "unattended_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="unattended_business_minutes",
            column="unattended_business_minutes",
            statistics=("p50", "p90"),
            title="Longest time unattended, business time",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("solve_history", "assignment_history", "message_text"),
    counter_metric="customer_wait_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "UNA-001",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "unattended_minutes",
                "column_B": "unattended_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
        {
            "id": "UNA-002",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "customer_wait_minutes",
                "column_B": "unattended_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Nobody can be unattended longer than they waited: acts and turns of these tickets disagree.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    # A solve ends the last gap whether anybody answered or not.
    state = np.where(t.wait_state == State.closed_unanswered, State.observed, t.wait_state)
    return t.longest(t.unattended, clock, state, t.began_at)
