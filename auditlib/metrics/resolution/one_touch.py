"""
# One-touch

Whether one answer was enough: a human solved the case with exactly one public reply, and the
customer did not have to open it again.

In chats several messages in a row are one reply. A customer who only thanks, or an agent who
reopens and solves again within five minutes, breaks nothing; any other reopening does. Cases
that were never solved, or are open again, have no value; nor have mails that nobody asked for.

## Example: one answer, no answer, two answers

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | writes         |
| T3     | 2026-03-02 10:05 | agent    | writes         |
| T3     | 2026-03-02 10:05 | agent    | status: solved |
| T4     | 2026-03-02 09:00 | customer | writes         |
| T4     | 2026-03-02 10:00 | agent    | writes         |
| T4     | 2026-03-02 10:00 | system   | status: solved |
| T5     | 2026-03-02 09:00 | customer | writes         |
| T5     | 2026-03-02 10:00 | agent    | writes         |
| T6     | 2026-03-02 09:00 | agent    | writes         |
| T6     | 2026-03-02 10:00 | agent    | status: solved |

| value: ticket | is_one_touch |
| ------------- | ------------ |
| T1            | 1            |
| T2            | 0            |
| T3            | 0            |
| T4            | 0            |
| T5            |              |
| T6            |              |

## Example: what the customer wrote is no slip, and more than thanks

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 11:01 | agent    | status: open   |
| T1     | 2026-03-02 11:03 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-02 11:00 | customer | thanks         |
| T2     | 2026-03-02 11:30 | customer | writes         |
| T2     | 2026-03-02 11:30 | system   | status: open   |
| T2     | 2026-03-02 12:00 | agent    | status: solved |

| value: ticket | is_one_touch |
| ------------- | ------------ |
| T1            | 0            |
| T2            | 0            |

## Example: thanks are a message like any other

| ticket | when             | who      | what           | channel |
| ------ | ---------------- | -------- | -------------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | chat    |
| T1     | 2026-03-02 09:01 | agent    | writes         |         |
| T1     | 2026-03-02 09:02 | customer | thanks         |         |
| T1     | 2026-03-02 09:03 | agent    | writes         |         |
| T1     | 2026-03-02 09:04 | agent    | status: solved |         |
| T2     | 2026-03-02 09:00 | agent    | writes         | email   |
| T2     | 2026-03-02 10:00 | customer | thanks         |         |
| T2     | 2026-03-02 11:00 | agent    | writes         |         |
| T2     | 2026-03-02 11:00 | agent    | status: solved |         |

| value: ticket | is_one_touch |
| ------------- | ------------ |
| T1            | 0            |
| T2            | 1            |

## Example: reopened

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | thanks         |
| T1     | 2026-03-02 11:00 | system   | status: open   |
| T1     | 2026-03-02 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-02 11:00 | customer | writes         |
| T2     | 2026-03-02 11:00 | system   | status: open   |
| T2     | 2026-03-02 12:00 | agent    | status: solved |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | writes         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-02 10:01 | agent    | status: open   |
| T3     | 2026-03-02 10:06 | agent    | status: solved |
| T4     | 2026-03-02 09:00 | customer | writes         |
| T4     | 2026-03-02 10:00 | agent    | writes         |
| T4     | 2026-03-02 10:00 | agent    | status: solved |
| T4     | 2026-03-02 10:01 | agent    | status: open   |
| T4     | 2026-03-02 10:07 | agent    | status: solved |
| T5     | 2026-03-02 09:00 | customer | writes         |
| T5     | 2026-03-02 10:00 | agent    | writes         |
| T5     | 2026-03-02 10:00 | agent    | status: solved |
| T5     | 2026-03-02 11:00 | customer | writes         |
| T5     | 2026-03-02 11:00 | system   | status: open   |

| value: ticket | is_one_touch |
| ------------- | ------------ |
| T1            | 1            |
| T2            | 0            |
| T3            | 1            |
| T4            | 0            |
| T5            |              |

## Example: several messages in a chat are one reply

| ticket | when             | who      | what           | channel |
| ------ | ---------------- | -------- | -------------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | chat    |
| T1     | 2026-03-02 09:01 | agent    | writes         |         |
| T1     | 2026-03-02 09:02 | agent    | writes         |         |
| T1     | 2026-03-02 09:03 | agent    | status: solved |         |
| T2     | 2026-03-02 09:00 | customer | writes         | chat    |
| T2     | 2026-03-02 09:01 | agent    | writes         |         |
| T2     | 2026-03-02 09:02 | customer | writes         |         |
| T2     | 2026-03-02 09:03 | agent    | writes         |         |
| T2     | 2026-03-02 09:03 | agent    | status: solved |         |

| value: ticket | is_one_touch |
| ------------- | ------------ |
| T1            | 1            |
| T2            | 0            |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Whether one answer was enough",
    leg="outcome",
    unit="share",
    columns={"is_one_touch": {}},
    sentences={
        "is_one_touch": "True if a human solved it with exactly one public reply and it stayed solved; "
        "NULL while it is not solved.",
    },
    figures=(
        Figure(
            name="one_touch_rate",
            column="is_one_touch",
            statistics=("rate",),
            title="Solved with one answer",
            better="higher",
        ),
    ),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    breaking = t.reopens & ~t.is_flip & ~t.is_thanks_only_reopen
    one_touch = t.is_solved_by_human & (t.count(t.answers) == 1) & ~t.any(breaking)
    is_solved_now = t.is_done & (t.last_solve != NOWHERE)
    return np.where(is_solved_now & ~t.is_outbound, one_touch, np.nan)
