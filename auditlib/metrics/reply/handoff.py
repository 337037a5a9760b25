"""
# Handoff from a bot to a human

How long a customer waits for a human once the bot can do no more.

Helpdesks do not record the moment of a handoff, so it is read from the conversation. It is the
customer's first message that the bot no longer answered, or, if the bot had the last word, its
last message; it ends with the first reply by a human. A case on which no human has replied was
handed over if the customer wrote again after an answer of the bot. If the case was then solved
with the bot's word as the last, the bot was enough: *not applicable*, as without any bot.

## Example: the bot passes on

| ticket | when             | who      | what   | channel |
| ------ | ---------------- | -------- | ------ | ------- |
| T1     | 2026-03-02 09:00 | customer | writes | chat    |
| T1     | 2026-03-02 09:01 | bot      | writes |         |
| T1     | 2026-03-02 09:04 | customer | writes |         |
| T1     | 2026-03-02 09:05 | bot      | writes |         |
| T1     | 2026-03-02 09:06 | customer | thanks |         |
| T1     | 2026-03-02 09:15 | agent    | writes |         |
| T1     | 2026-03-02 09:20 | bot      | writes |         |
| T2     | 2026-03-02 16:30 | customer | writes | chat    |
| T2     | 2026-03-02 16:31 | bot      | writes |         |
| T2     | 2026-03-02 16:40 | customer | writes |         |
| T2     | 2026-03-02 16:50 | customer | writes |         |
| T2     | 2026-03-03 09:10 | agent    | writes |         |
| T2     | 2026-03-03 09:20 | customer | writes |         |
| T3     | 2026-03-02 09:00 | customer | writes | chat    |
| T3     | 2026-03-02 09:01 | bot      | writes |         |
| T3     | 2026-03-02 09:11 | agent    | writes |         |
| T4     | 2026-03-02 09:00 | customer | writes |         |
| T4     | 2026-03-02 09:01 | bot      | writes |         |
| T4     | 2026-03-02 09:21 | agent    | writes |         |
| T4     | 2026-03-02 09:22 | customer | writes |         |

| value: ticket | handoff_minutes | handoff_business_minutes |
| ------------- | --------------- | ------------------------ |
| T1            | 10              | 10                       |
| T2            | 990             | 30                       |
| T3            | 10              | 10                       |
| T4            | 20              | 20                       |

## Example: the bot was enough, at first

| ticket | when             | who        | what           | channel |
| ------ | ---------------- | ---------- | -------------- | ------- |
| T1     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T1     | 2026-03-02 09:01 | bot        | writes         |         |
| T1     | 2026-03-02 09:02 | customer   | writes         |         |
| T1     | 2026-03-02 09:03 | bot        | writes         |         |
| T1     | 2026-03-03 09:00 | automation | status: solved |         |
| T2     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T2     | 2026-03-02 09:01 | bot        | writes         |         |
| T2     | 2026-03-03 09:00 | automation | status: solved |         |
| T2     | 2026-03-03 11:00 | customer   | writes         |         |
| T2     | 2026-03-03 11:00 | system     | status: open   |         |
| T2     | 2026-03-03 11:30 | agent      | writes         |         |

| value: ticket | handoff_minutes | state          |
| ------------- | --------------- | -------------- |
| T1            |                 | not_applicable |
| T2            | 30              | observed       |

## Example: nobody took over

| ticket | when             | who        | what           | channel |
| ------ | ---------------- | ---------- | -------------- | ------- |
| T1     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T1     | 2026-03-02 09:01 | bot        | writes         |         |
| T1     | 2026-03-02 09:02 | customer   | writes         |         |
| T1     | 2026-03-02 09:03 | bot        | writes         |         |
| T2     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T2     | 2026-03-02 09:01 | bot        | writes         |         |
| T2     | 2026-03-02 09:02 | customer   | writes         |         |
| T2     | 2026-03-03 09:00 | automation | status: solved |         |
| T3     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T3     | 2026-03-02 09:01 | bot        | writes         |         |
| T4     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T4     | 2026-03-02 09:30 | customer   | writes         |         |
| T5     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T5     | 2026-03-02 09:30 | agent      | writes         |         |
| T6     | 2026-03-02 09:00 | customer   | writes         | chat    |
| T6     | 2026-03-02 09:01 | bot        | writes         |         |
| T6     | 2026-03-02 09:02 | customer   | thanks         |         |

| value: ticket | handoff_minutes | state             |
| ------------- | --------------- | ----------------- |
| T1            |                 | waiting           |
| T2            |                 | closed_unanswered |
| T3            |                 | not_applicable    |
| T4            |                 | not_applicable    |
| T5            |                 | not_applicable    |
| T6            |                 | not_applicable    |
"""

import datetime

from auditlib.metric import Figure, Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time from the bot's handoff to the first reply by a human",
    leg="process",
    unit="minutes",
    columns={
        "handoff_minutes": {"clock": "calendar"},
        "handoff_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="handoff_business_minutes",
            column="handoff_business_minutes",
            statistics=("p50", "p90"),
            title="From bot to human, business time",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("solve_history",),
    counter_metric="first_bot_reply_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    return t.or_closed_unanswered(t.span(t.at(t.handover), t.at(t.first_reply), clock))
