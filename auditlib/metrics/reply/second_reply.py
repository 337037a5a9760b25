"""
# Second reply

How long a customer waits for the next answer, once a human has answered for the first time.

The clock starts at the customer's first message after the first reply and stops at the next
public message by a human agent; further messages do not reset it, one that only thanks does not
start it. So it is the second time that a human was due, whatever happened before the first reply;
further messages by agents that nobody asked for are no second reply. A solve or close without an
answer ends it as *closed unanswered*. Where the customer had nothing more to ask it is *not
applicable*.

## Example: once more

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | customer | writes |
| T1     | 2026-03-02 10:00 | agent    | writes |
| T1     | 2026-03-02 10:10 | agent    | writes |
| T1     | 2026-03-02 16:20 | customer | thanks |
| T1     | 2026-03-02 16:30 | customer | writes |
| T1     | 2026-03-02 16:40 | customer | writes |
| T1     | 2026-03-02 16:45 | bot      | writes |
| T1     | 2026-03-02 16:50 | agent    | notes  |
| T1     | 2026-03-03 09:30 | agent    | writes |
| T1     | 2026-03-03 10:00 | customer | writes |
| T1     | 2026-03-03 10:01 | agent    | writes |

| value: ticket | second_reply_minutes | second_reply_business_minutes |
| ------------- | -------------------- | ----------------------------- |
| T1            | 1020                 | 60                            |

## Example: nothing more to ask, and no answer

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | writes         |
| T1     | 2026-03-02 11:00 | customer | thanks         |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | writes         |
| T2     | 2026-03-02 11:00 | customer | writes         |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | writes         |
| T3     | 2026-03-02 11:00 | customer | writes         |
| T3     | 2026-03-02 12:00 | agent    | status: solved |
| T3     | 2026-03-02 13:00 | agent    | writes         |
| T4     | 2026-03-02 09:00 | customer | writes         |
| T4     | 2026-03-02 10:00 | agent    | status: solved |
| T4     | 2026-03-02 11:00 | customer | writes         |
| T4     | 2026-03-02 11:00 | system   | status: open   |
| T4     | 2026-03-02 11:30 | agent    | writes         |

| value: ticket | second_reply_minutes | state             |
| ------------- | -------------------- | ----------------- |
| T1            |                      | not_applicable    |
| T2            |                      | waiting           |
| T3            |                      | closed_unanswered |
| T4            |                      | not_applicable    |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import Span, State
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Time to the second reply by a human",
    leg="process",
    unit="minutes",
    columns={
        "second_reply_minutes": {"clock": "calendar"},
        "second_reply_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="second_reply_business_minutes",
            column="second_reply_business_minutes",
            statistics=("p50", "p90"),
            title="Second reply, business time",
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
    asked = t.first(t.opens_turn, after=t.first_reply)
    ended = t.first(t.ends_turn, after=asked)
    is_answered = t.is_at(t.replies, ended)
    waited = t.span(t.at(asked), t.at(np.where(is_answered, ended, NOWHERE)), clock)
    closed_instead = (waited.state == State.waiting) & (ended != NOWHERE)
    return waited.where(~closed_instead, State.closed_unanswered)
