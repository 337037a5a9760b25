"""
# All due dates that Request Tracker ever set

How often its rules set a ticket's due date, and how often they gave what its history says.

Due dates move with every message: the one that stands now says little of those before. Each second in
which the rules ran is compared with what the tracker said behind it. NULL for a ticket that never had
an agreement.

## Example: three due dates, of which one is another than its rules give

| agreement | within   | business |
| --------- | -------- | -------- |
| Gold      | response | 60       |

| ticket | when             | who        | what                  |
| ------ | ---------------- | ---------- | --------------------- |
| T1     | 2026-03-02 10:00 | customer   | writes                |
| T1     | 2026-03-02 10:00 | system     | policy: Gold          |
| T1     | 2026-03-02 10:00 | automation | due: 2026-03-02 11:00 |
| T1     | 2026-03-02 10:30 | agent      | writes                |
| T1     | 2026-03-02 10:30 | automation | due: nothing          |
| T1     | 2026-03-02 10:40 | agent      | notes                 |
| T1     | 2026-03-02 12:00 | customer   | writes                |
| T1     | 2026-03-02 12:00 | automation | due: 2026-03-02 14:00 |
| T2     | 2026-03-02 10:00 | customer   | writes                |
| T3     | 2026-03-02 10:00 | customer   | writes                |
| T3     | 2026-03-02 10:00 | system     | policy: Zinc          |
| T4     | 2026-03-02 09:00 | customer   | writes                |
| T4     | 2026-03-02 10:00 | system     | policy: Gold          |
| T4     | 2026-03-02 10:00 | automation | due: 2026-03-02 10:00 |
| T5     | 2026-03-02 10:00 | customer   | writes                |

| value: ticket | due_dates__request_tracker | due_dates_agreeing__request_tracker |
| ------------- | -------------------------- | ----------------------------------- |
| T1            | 3                          | 2                                   |
| T2            |                            |                                     |
| T3            | 1                          | 0                                   |
| T4            | 1                          | 1                                   |
| T5            |                            |                                     |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="All due dates that Request Tracker ever set",
    leg="process",
    version="1.1.0",
    unit="count",
    columns={
        "due_dates__request_tracker": {"agreeing": False},
        "due_dates_agreeing__request_tracker": {"agreeing": True},
    },
    sentences={
        "due_dates__request_tracker": "How often Request Tracker's rules set the due date; NULL without an agreement.",
        "due_dates_agreeing__request_tracker": "Those of them that its history says too, to the second.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history", "service_levels", "due_dates"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, agreeing: bool) -> np.ndarray:
    dates = t.due_dates
    ran = np.bincount(dates.ticket, minlength=t.n)
    counted = np.bincount(dates.ticket[dates.agrees], minlength=t.n) if agreeing else ran
    return np.where(ran > 0, counted, np.nan)
