"""
# Customers served

How many customers got an answer from a person.

Each customer once a period, however many cases they brought: in the period of the first reply by a
human to at least one of them. Who is the same customer is told by the helpdesk and by shared
verified addresses; a case whose customer nobody knows counts as one. Answers by bots and rules serve
nobody here.

## Example: a person, a bot, nobody

| ticket | when             | who        | what   | customer |
| ------ | ---------------- | ---------- | ------ | -------- |
| T1     | 2026-03-02 09:00 | customer   | writes | Ida      |
| T1     | 2026-03-02 10:00 | agent      | writes |          |
| T2     | 2026-03-02 09:00 | customer   | writes | Ida      |
| T2     | 2026-03-02 10:00 | bot        | writes |          |
| T2     | 2026-03-02 10:10 | agent      | notes  |          |
| T3     | 2026-03-02 09:00 | agent      | writes | Jon      |

| value: ticket | is_served |
| ------------- | ----------- |
| T1            | 1           |
| T2            |             |
| T3            |             |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Whether a human answered",
    leg="process",
    unit="share",
    columns={"is_served": {}},
    sentences={"is_served": "True if a human replied to the customer; NULL if nobody did so far."},
    figures=(
        Figure(
            name="customers_served",
            column="is_served",
            statistics=("distinct",),
            title="Customers served",
            better="neither",
        ),
    ),
    date_basis="replied",
    attributed_at="reply",
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.where(t.first_reply != NOWHERE, 1.0, np.nan)
