"""
# Repeat share

How much of the work is work on what was solved before: the share of new tickets that repeat an earlier one.

A ticket counts in the week in which it was created. The figure speaks of workload and is charged to nobody: the team
that it is shown for is the one that the ticket came to, which need not be the one that failed. A ticket that the
customer did not bring up has no value. See *Came back* for what is a repeat and who answers for it.

## Example: one of two is a repeat, a mail that we sent is neither

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T2     | 2026-03-03 09:00 | customer | writes         | Ada      | billing |
| T3     | 2026-03-04 09:00 | agent    | writes         | Ada      | billing |
| T3     | 2026-03-04 10:00 | customer | writes         |          |         |
| T4     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T5     | 2026-03-03 09:00 | customer | writes         | Bob      | billing |

| value: ticket | is_repeat |
| ------------- | --------- |
| T1            | 0         |
| T2            | 1         |
| T3            |           |
| T4            | 0         |
| T5            | 0         |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether a ticket repeats an earlier, solved one",
    leg="outcome",
    unit="share",
    columns={"is_repeat": {}},
    sentences={"is_repeat": "True if the customer came back with it after a solve; NULL if they did not bring it up."},
    figures=(
        Figure(
            name="repeat_share",
            column="is_repeat",
            statistics=("rate",),
            title="Share of new tickets that repeat a solved one",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.where(t.is_contact, t.repeats >= 0, np.nan)
