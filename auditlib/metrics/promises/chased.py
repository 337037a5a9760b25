"""
# Chased after a promise was missed

Whether the customer had to remind us of what we had promised.

Of the promises that were late or broken, those after whose due moment the customer wrote before
anybody kept it. Thanks are no reminder.

## Example: reminded, or only late

| ticket | when             | who      | what                      |
| ------ | ---------------- | -------- | ------------------------- |
| T1     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T1     | 2026-03-03 10:01 | customer | writes                    |
| T1     | 2026-03-03 12:00 | agent    | writes                    |
| T2     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T2     | 2026-03-03 10:00 | customer | writes                    |
| T2     | 2026-03-03 12:00 | agent    | writes                    |
| T2     | 2026-03-03 13:00 | customer | writes                    |
| T3     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T3     | 2026-03-03 11:00 | customer | thanks                    |
| T4     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T4     | 2026-03-04 11:00 | customer | writes                    |
| T5     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T5     | 2026-03-02 11:00 | agent    | writes                    |
| T5     | 2026-03-04 11:00 | customer | writes                    |
| T6     | 2026-03-02 10:00 | agent    | promises: soon            |
| T6     | 2026-03-04 11:00 | customer | writes                    |
| T7     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T8     | 2026-03-02 09:00 | customer | writes                    |

| value: ticket | promise | is_chased_after_due |
| ------------- | ------- | ------------------- |
| T1            | 1       | 1                   |
| T2            | 1       | 0                   |
| T3            | 1       | 0                   |
| T4            | 1       | 1                   |
| T5            | 1       |                     |
| T6            | 1       |                     |
| T7            | 1       | 0                   |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Kept, Timelines

METRIC = Metric(
    title="Whether the customer had to remind us",
    leg="process",
    unit="share",
    of="promise",
    columns={"is_chased_after_due": {}},
    sentences={
        "is_chased_after_due": "True if the customer wrote after a missed promise was due and before it was kept; "
        "NULL if it was not missed.",
    },
    figures=(
        Figure(
            name="chased_after_due_rate",
            column="is_chased_after_due",
            statistics=("rate",),
            title="Missed promises of which the customer had to remind us",
            better="lower",
        ),
    ),
    date_basis="due",
    attributed_at="reply",
    needs=("message_text",),
    counter_metric="promise_kept_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    is_missed = np.isin(t.promises.state, (Kept.late, Kept.broken))
    return np.where(is_missed, t.chased_after_due, np.nan)
