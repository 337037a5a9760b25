"""
# Repeat of

Which earlier ticket a ticket repeats: the one about the same issue after whose solve the customer came back.

Within the window that `audit.toml` gives the earlier ticket's topic, seven days unless it says otherwise. It is
the other side of *Came back*, and charged to nobody.

## Example: the surest, then the latest

| ticket | when             | who      | what           | customer | topic   | follow_up_of |
| ------ | ---------------- | -------- | -------------- | -------- | ------- | ------------ |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |              |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |              |
| T2     | 2026-03-03 09:00 | customer | writes         | Ada      | billing |              |
| T2     | 2026-03-03 10:00 | agent    | status: solved |          |         |              |
| T3     | 2026-03-04 09:00 | customer | writes         | Ada      | billing |              |
| T4     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |              |
| T4     | 2026-03-02 10:00 | agent    | status: solved |          |         |              |
| T5     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |              |
| T5     | 2026-03-02 11:00 | agent    | status: solved |          |         |              |
| T6     | 2026-03-03 09:00 | customer | writes         | Bob      | billing | T4           |
| T7     | 2026-03-02 09:00 | customer | writes         | Cyd      | billing |              |
| T7     | 2026-03-02 10:00 | agent    | status: solved |          |         |              |
| T8     | 2026-03-10 09:00 | customer | writes         | Cyd      | billing |              |
| T9     | 2026-03-10 10:00 | customer | writes         | Cyd      | billing |              |

| value: ticket | repeat_of |
| ------------- | --------- |
| T1            |           |
| T2            | T1        |
| T3            | T2        |
| T6            | T4        |
| T8            |           |
| T9            |           |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="The earlier ticket about the same issue that this one repeats",
    leg="outcome",
    unit="ticket",
    columns={"repeat_of": {}},
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.where(t.repeats >= 0, t.tickets["key"][t.repeats], 0)
