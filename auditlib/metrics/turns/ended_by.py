"""
# Who ended a turn

Who ended each time that a customer waited: the agent who answered, or whoever closed the case
instead.

With the state of the turn it tells the whole story: *observed* and agent is an answer, *closed
unanswered* and automation a rule that closed over a customer who waited. Who somebody is, is
decided as of that moment. While the customer waits it is NULL.

## Example: an answer, a rule, an agent, nobody yet

| ticket | when             | who        | what           |
| ------ | ---------------- | ---------- | -------------- |
| T1     | 2026-03-02 09:00 | customer   | writes         |
| T1     | 2026-03-02 09:10 | bot        | writes         |
| T1     | 2026-03-02 09:30 | agent      | writes         |
| T1     | 2026-03-02 10:00 | customer   | writes         |
| T1     | 2026-03-02 11:00 | automation | status: solved |
| T2     | 2026-03-02 09:00 | customer   | writes         |
| T2     | 2026-03-02 09:30 | customer   | status: solved |
| T2     | 2026-03-02 10:00 | customer   | writes         |

| value: ticket | turn | ended_by   |
| ------------- | ---- | ---------- |
| T1            | 1    | agent      |
| T1            | 2    | automation |
| T2            | 1    | customer   |
| T2            | 2    |            |
"""

import datetime

import numpy as np

from auditlib.caselog.words import ActorClass
from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Who ended a customer's wait",
    leg="process",
    unit="word",
    of="turn",
    columns={"ended_by": {}},
    sentences={
        "ended_by": "agent, if a human answered; else who closed the case instead: agent, automation, bot, customer …; "
        "NULL while the customer waits.",
    },
    figures=(),
    date_basis="opened",
    attributed_at="reply",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    words = np.array([None, *[whose.name for whose in ActorClass]], object)
    return words[t.value_at("actor_class", t.turns.closed)]
