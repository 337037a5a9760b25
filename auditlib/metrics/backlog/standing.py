"""
# Tickets in the backlog

How many tickets nobody had solved at the end of a period.

Each time that a ticket is in the backlog counts as one, on every day that ends while it is there. So
the figure of a week is what stood there on Sunday at midnight, not what came during the week, and
weeks are never to be added up. When a ticket is in the backlog is said under *Backlog*; how it came
to that number stands day by day in the view `backlog`.

While older months are still being loaded nobody knows what stands since then, so there is no figure, with that reason.

## Example: each time that a ticket is there counts

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 12:00 | customer | writes         |
| T1     | 2026-03-02 12:00 | system   | status: open   |
| T2     | 2026-03-02 09:00 | customer | writes         |

| value: ticket | spell | in_backlog |
| ------------- | ----- | ---------- |
| T1            | 1     | 1          |
| T1            | 2     | 1          |
| T2            | 1     | 1          |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Tickets that nobody has solved",
    leg="process",
    unit="count",
    of="spell",
    columns={"in_backlog": {}},
    sentences={
        "in_backlog": "1 for each time that a ticket is in the backlog: it counts while closed_at is NULL or later."
    },
    figures=(
        Figure(
            name="backlog",
            column="in_backlog",
            statistics=("standing",),
            title="Backlog",
            better="lower",
            periods=("day", "week", "month"),
        ),
    ),
    date_basis="opened",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="customer_reopen_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.ones(len(t.spells))
