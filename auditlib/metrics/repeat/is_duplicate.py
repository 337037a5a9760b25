"""
# Duplicates

Whether a customer opened a ticket while an earlier one of theirs about the same issue was still open.

Such a ticket asks again, like a chaser, only louder: it is no repeat, because nothing was solved yet. It counts in
the week in which it was created. The earlier ticket must have been opened, or reopened, within thirty days, unless
the new one follows up on it by the helpdesk's own record.

## Example: while the first is open, and after it was solved

| ticket | when             | who      | what           | customer | topic   | channel |
| ------ | ---------------- | -------- | -------------- | -------- | ------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |         |
| T2     | 2026-03-02 12:00 | customer | writes         | Ada      | billing |         |
| T1     | 2026-03-03 10:00 | agent    | status: solved |          |         |         |
| T3     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |         |
| T4     | 2026-03-02 10:00 | customer | writes         | Bob      | billing |         |
| T5     | 2026-03-02 09:00 | customer | writes         | Cyd      | billing |         |
| T5     | 2026-03-02 10:00 | agent    | status: solved |          |         |         |
| T5     | 2026-03-02 11:00 | agent    | status: open   |          |         |         |
| T6     | 2026-03-02 12:00 | customer | writes         | Cyd      | billing |         |
| T7     | 2026-03-02 09:00 | customer | writes         | Dee      | billing |         |
| T8     | 2026-03-02 12:00 | customer | writes         | Dee      | login   |         |
| T9     | 2026-03-02 09:00 | agent    | writes         | Eve      | billing | phone   |
| T10    | 2026-03-02 09:15 | agent    | writes         | Eve      | billing | phone   |
| T11    | 2026-03-02 12:00 | agent    | writes         | Eve      | billing |         |

| value: ticket | is_duplicate |
| ------------- | ------------ |
| T1            | 0            |
| T2            | 1            |
| T4            | 0            |
| T6            | 1            |
| T8            | 0            |
| T10           | 0            |
| T11           |              |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether a ticket was opened while an earlier one about the same issue was open",
    leg="process",
    unit="share",
    columns={"is_duplicate": {}},
    figures=(
        Figure(
            name="duplicate_rate",
            column="is_duplicate",
            statistics=("rate",),
            title="Share of new tickets that chase an open one",
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
    return np.where(t.is_contact, t.parallel_to >= 0, np.nan)
