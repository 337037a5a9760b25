"""
# Messages

How much customers and agents wrote about a case.

*Customer messages* are those of the requester and of others on the customer's side, public or
not, with the first one. *Agent replies* are public messages by human agents after the customer
wrote; what an agent writes before is no reply, and in a chat several in a row without the customer
between are one. *Internal notes* are messages of agents that customers cannot see. Bots, rules and
authors whom nobody knows count nowhere. Who is an agent is decided as of the moment of writing. What was
written in tickets that were merged into this one counts here too, and a message that the helpdesk
copied into it counts once.

## Example: who writes what

| ticket | when             | who           | what   |
| ------ | ---------------- | ------------- | ------ |
| T1     | 2026-03-02 09:00 | customer      | writes |
| T1     | 2026-03-02 09:01 | automation    | writes |
| T1     | 2026-03-02 09:02 | customer_side | writes |
| T1     | 2026-03-02 09:03 | customer      | notes  |
| T1     | 2026-03-02 09:04 | agent Ann     | notes  |
| T1     | 2026-03-02 09:05 | agent Ann     | writes |
| T1     | 2026-03-02 09:06 | agent Ann     | writes |
| T1     | 2026-03-02 09:07 | bot           | writes |
| T1     | 2026-03-02 09:08 | bot           | notes  |
| T1     | 2026-03-02 09:09 | unknown       | writes |
| T1     | 2026-03-02 09:10 | customer      | thanks |
| T2     | 2026-03-02 09:00 | agent         | writes |
| T2     | 2026-03-02 09:10 | agent         | writes |
| T3     | 2026-03-02 09:00 | agent         | writes |
| T3     | 2026-03-02 09:10 | customer      | writes |
| T3     | 2026-03-02 09:20 | agent         | writes |

| value: ticket | customer_messages | agent_replies | internal_notes |
| ------------- | ----------------- | ------------- | -------------- |
| T1            | 4                 | 2             | 1              |
| T2            | 0                 | 0             | 0              |
| T3            | 1                 | 1             | 0              |

## Example: lines of a chat

| ticket | when             | who      | what   | channel   |
| ------ | ---------------- | -------- | ------ | --------- |
| T1     | 2026-03-02 09:00 | customer | writes | messaging |
| T1     | 2026-03-02 09:01 | agent    | writes |           |
| T1     | 2026-03-02 09:02 | agent    | writes |           |
| T1     | 2026-03-02 09:03 | customer | writes |           |
| T1     | 2026-03-02 09:04 | agent    | writes |           |

| value: ticket | customer_messages | agent_replies | internal_notes |
| ------------- | ----------------- | ------------- | -------------- |
| T1            | 2                 | 2             | 0              |

## Example: the description is a message

| ticket | when             | who      | what         |
| ------ | ---------------- | -------- | ------------ |
| T1     | 2026-03-02 09:00 | customer | status: open |
| T1     | 2026-03-02 09:10 | agent    | writes       |

| value: ticket | customer_messages | agent_replies | internal_notes |
| ------------- | ----------------- | ------------- | -------------- |
| T1            | 1                 | 1             | 0              |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How many messages were written",
    leg="process",
    unit="count",
    columns={
        "agent_replies": {"whose": "agent"},
        "customer_messages": {"whose": "customer"},
        "internal_notes": {"whose": "inside"},
    },
    sentences={
        "agent_replies": "Public messages by human agents after the customer wrote; in chats several in a row are one.",
        "customer_messages": "Messages from the customer's side, with the first one.",
        "internal_notes": "Messages by agents that customers cannot see.",
    },
    figures=(
        Figure(
            name="agent_replies_per_100_tickets",
            column="agent_replies",
            statistics=("per_100",),
            title="Replies by humans for each hundred cases",
            better="neither",
        ),
        Figure(
            name="customer_messages_per_100_tickets",
            column="customer_messages",
            statistics=("per_100",),
            title="Messages by customers for each hundred cases",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("solve_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, whose: str) -> np.ndarray:
    counted = {"agent": t.answers, "customer": t.is_said, "inside": t.notes}
    return t.count(counted[whose]).astype(float)
