"""
# Transfers

How often a case was handed from one group to another.

Counted from the first act of a human agent on: a message, a note, an assignment, or a change of
group or status in their name. Before that, rules sort the case, and nobody had begun with it; a
human's first act may itself be a transfer. A spell without a group in between is a pause. Changes
of assignee within a group are no transfers.

## Example: sorting is no transfer, handing on is

| ticket | when             | who        | what             |
| ------ | ---------------- | ---------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer   | writes           |
| T1     | 2026-03-02 09:00 | automation | group: sales     |
| T1     | 2026-03-02 09:01 | system     | group: billing   |
| T1     | 2026-03-02 09:02 | bot        | group: lamps     |
| T1     | 2026-03-02 09:10 | agent Ann  | group: sales     |
| T1     | 2026-03-02 09:11 | automation | group: billing   |
| T1     | 2026-03-02 09:12 | automation | group: billing   |
| T1     | 2026-03-02 09:13 | agent Ann  | group: nobody    |
| T1     | 2026-03-02 09:14 | agent Ann  | group: billing   |
| T1     | 2026-03-02 09:15 | agent Ann  | assignee: Bob    |
| T2     | 2026-03-02 09:00 | customer   | writes           |
| T2     | 2026-03-02 09:05 | agent Ann  | group: sales     |
| T2     | 2026-03-02 09:06 | agent Ann  | group: nobody    |
| T2     | 2026-03-02 09:07 | agent Ann  | group: lamps     |
| T3     | 2026-03-02 09:00 | customer   | writes           |

| value: ticket | transfers |
| ------------- | --------- |
| T1            | 2         |
| T2            | 1         |
| T3            | 0         |

## Example: what is an act of a human

| ticket | when             | who        | what              |
| ------ | ---------------- | ---------- | ----------------- |
| T1     | 2026-03-02 09:00 | customer   | writes            |
| T1     | 2026-03-02 09:00 | automation | group: sales      |
| T1     | 2026-03-02 09:05 | agent      | notes             |
| T1     | 2026-03-02 09:10 | automation | group: billing    |
| T2     | 2026-03-02 09:00 | customer   | writes            |
| T2     | 2026-03-02 09:00 | automation | group: sales      |
| T2     | 2026-03-02 09:05 | agent      | status: open      |
| T2     | 2026-03-02 09:10 | automation | group: billing    |
| T3     | 2026-03-02 09:00 | customer   | writes            |
| T3     | 2026-03-02 09:00 | automation | group: sales      |
| T3     | 2026-03-02 09:05 | agent      | assignee: Ann     |
| T3     | 2026-03-02 09:10 | automation | group: billing    |
| T4     | 2026-03-02 09:00 | customer   | writes            |
| T4     | 2026-03-02 09:00 | automation | group: sales      |
| T4     | 2026-03-02 09:05 | automation | assignee: Ann     |
| T4     | 2026-03-02 09:06 | bot        | writes            |
| T4     | 2026-03-02 09:10 | automation | group: billing    |
| T4     | 2026-03-02 09:20 | agent      | writes            |

| value: ticket | transfers |
| ------------- | --------- |
| T1            | 1         |
| T2            | 1         |
| T3            | 1         |
| T4            | 0         |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How often a case was handed to another group",
    leg="process",
    unit="count",
    columns={"transfers": {}},
    sentences={"transfers": "How often it went from one group to another, from the first act of a human agent on."},
    figures=(
        Figure(
            name="transfer_rate",
            column="transfers",
            statistics=("rate",),
            title="Cases that were handed to another group",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history"),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return t.count(t.transfers).astype(float)
