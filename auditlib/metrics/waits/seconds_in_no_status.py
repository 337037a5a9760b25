"""
# Seconds in no status

Whether the statuses of a case account for all of its time: the sum of the times in each of them,
taken from the time that the case has lasted so far.

It is 0 for every ticket, or something is wrong with its history: the gate of the measures refuses a
night in which it is not. What a case spent solved, closed or deleted counts as well, and so does the
status in which it is now.

## Example: reopened, prepared by an agent, deleted and restored, still open

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 10:00 | agent    | status: open             |
| T1     | 2026-03-02 11:00 | agent    | status: solved           |
| T1     | 2026-03-03 09:00 | customer | writes                   |
| T1     | 2026-03-03 09:00 | customer | status: open             |
| T1     | 2026-03-03 10:00 | agent    | status: pending_customer |
| T1     | 2026-03-04 10:00 | agent    | status: on_hold          |
| T1     | 2026-03-05 10:00 | agent    | status: solved           |
| T1     | 2026-03-09 10:00 | system   | status: closed           |
| T2     | 2026-03-02 09:00 | agent    | writes                   |
| T2     | 2026-03-02 09:30 | agent    | status: pending_customer |
| T2     | 2026-03-05 10:00 | customer | writes                   |
| T2     | 2026-03-05 11:00 | agent    | status: solved           |
| T3     | 2026-03-02 09:00 | customer | writes                   |
| T3     | 2026-03-02 10:00 | agent    | deletes                  |
| T3     | 2026-03-02 12:00 | agent    | restores                 |
| T4     | 2026-03-02 09:00 | customer | writes                   |

| value: ticket | seconds_in_no_status |
| ------------- | -------------------- |
| T1            | 0                    |
| T2            | 0                    |
| T3            | 0                    |
| T4            | 0                    |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Seconds of a case that no status accounts for",
    leg="process",
    unit="count",
    columns={"seconds_in_no_status": {}},
    sentences={
        "seconds_in_no_status": "The time that a case has lasted less the times in all of its statuses: 0, or its "
        "history is wrong.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    needs=("status_history",),
    expectations=(
        {
            "id": "SNS-001",
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": "seconds_in_no_status", "min_value": 0, "max_value": 0},
            "severity": "critical",
            "notes": "The statuses of a ticket leave a gap in its life, or overlap: its events are out of order.",
        },
    ),
)


def value(t: Timelines) -> np.ndarray:
    told = np.zeros(t.n)
    for status in Status:
        spent = t.while_(t.is_in(status))
        told += np.bincount(spent.ticket, np.minimum(spent.ended, t.cut[spent.ticket]) - spent.began, t.n)
    return t.cut - t.began_at - told
