"""
# Next reply

How long a customer waits each time that they wait, not only the first time.

A turn opens when the customer writes and nobody has answered yet. Further messages do not
reset it: who writes five times and is answered once has waited from the first. It ends with
the next public message by a human agent. A solve or close without an answer ends it as
*closed unanswered*; a message that only thanks opens none.

## Example: writing again does not reset the clock

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | customer | writes |
| T1     | 2026-03-02 10:00 | customer | writes |
| T1     | 2026-03-02 11:00 | customer | writes |
| T1     | 2026-03-02 12:00 | agent    | writes |
| T1     | 2026-03-02 12:30 | agent    | writes |
| T1     | 2026-03-02 13:00 | customer | writes |
| T1     | 2026-03-02 13:10 | agent    | notes  |
| T1     | 2026-03-02 13:20 | bot      | writes |
| T1     | 2026-03-02 13:30 | agent    | writes |

| value: ticket | turn | next_reply_minutes | next_reply_business_minutes |
| ------------- | ---- | ------------------ | --------------------------- |
| T1            | 1    | 180                | 180                         |
| T1            | 2    | 30                 | 30                          |

## Example: closed instead of answered, and still waiting

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | thanks         |
| T1     | 2026-03-02 12:00 | customer | writes         |
| T1     | 2026-03-02 12:00 | system   | status: open   |

| value: ticket | turn | next_reply_minutes | state             |
| ------------- | ---- | ------------------ | ----------------- |
| T1            | 1    |                    | closed_unanswered |
| T1            | 2    |                    | waiting           |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import Span, State
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Time that a customer waited for an answer",
    leg="process",
    unit="minutes",
    of="turn",
    columns={
        "next_reply_minutes": {"clock": "calendar"},
        "next_reply_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="next_reply_business_minutes",
            column="next_reply_business_minutes",
            statistics=("p50", "p90"),
            title="Every reply, business time",
            better="lower",
        ),
    ),
    date_basis="opened",
    attributed_at="reply",
    needs=("solve_history",),
    counter_metric="chasers_per_100_tickets",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    turns = t.turns
    answered = t.at(np.where(turns.is_answered, turns.closed, NOWHERE))
    waited = t.span(t.at(turns.opened), answered, clock, ticket=turns.ticket)
    closed_instead = (turns.closed != NOWHERE) & (waited.state == State.waiting)
    return waited.where(~closed_instead, State.closed_unanswered)
