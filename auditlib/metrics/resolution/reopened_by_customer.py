"""
# Reopened by the customer

Of the cases that were solved, those that the customer opened again, or would have.

A customer who writes more than thanks into a solved case opens it again. A closed one cannot be
opened any more in many helpdesks: a ticket that follows up on it within seven days of the solve is
the same thing. There is no value until the last solve is seven days old: not yet is not never.

## Example: reopened, followed up, or left alone, as of 2026-03-20 00:00

| ticket | when             | who      | what           | follow_up_of |
| ------ | ---------------- | -------- | -------------- | ------------ |
| T1     | 2026-03-02 09:00 | customer | writes         |              |
| T1     | 2026-03-02 10:00 | agent    | status: solved |              |
| T1     | 2026-03-03 09:00 | customer | writes         |              |
| T1     | 2026-03-03 09:00 | system   | status: open   |              |
| T1     | 2026-03-03 10:00 | agent    | status: solved |              |
| T2     | 2026-03-02 09:00 | customer | writes         |              |
| T2     | 2026-03-02 10:00 | agent    | status: solved |              |
| T2     | 2026-03-03 09:00 | customer | thanks         |              |
| T2     | 2026-03-03 09:00 | system   | status: open   |              |
| T2     | 2026-03-03 10:00 | agent    | status: solved |              |
| T3     | 2026-03-02 09:00 | customer | writes         |              |
| T3     | 2026-03-02 10:00 | agent    | status: closed |              |
| T4     | 2026-03-09 10:00 | customer | writes         | T3           |
| T5     | 2026-03-02 09:00 | customer | writes         |              |
| T5     | 2026-03-02 10:00 | agent    | status: closed |              |
| T6     | 2026-03-09 10:01 | customer | writes         | T5           |
| T7     | 2026-03-02 09:00 | customer | writes         |              |
| T7     | 2026-03-13 00:01 | agent    | status: solved |              |
| T8     | 2026-03-02 09:00 | customer | writes         |              |
| T8     | 2026-03-02 10:00 | agent    | status: solved |              |
| T8     | 2026-03-10 10:00 | customer | writes         |              |
| T8     | 2026-03-10 10:00 | system   | status: open   |              |
| T9     | 2026-03-02 09:00 | customer | writes         |              |
| T9     | 2026-03-02 10:00 | agent    | status: closed |              |
| T10    | 2026-03-03 10:00 | agent    | writes         | T9           |
| T11    | 2026-03-02 09:00 | customer | writes         |              |
| T11    | 2026-03-13 00:00 | agent    | status: solved |              |
| T12    | 2026-03-02 09:00 | customer | writes         |              |
| T12    | 2026-03-02 10:00 | agent    | status: solved |              |
| T12    | 2026-03-13 00:01 | agent    | status: open   |              |
| T12    | 2026-03-13 00:02 | agent    | status: solved |              |

| value: ticket | is_reopened_by_customer |
| ------------- | ----------------------- |
| T1            | 1                       |
| T2            | 0                       |
| T3            | 1                       |
| T4            |                         |
| T5            | 0                       |
| T7            |                         |
| T8            | 1                       |
| T9            | 0                       |
| T11           | 0                       |
| T12           |                         |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER
from auditlib.timelines import Timelines

WINDOW = 7 * 24 * 60 * 60

METRIC = Metric(
    title="Whether the customer opened a solved case again",
    leg="outcome",
    unit="share",
    columns={"is_reopened_by_customer": {}},
    sentences={
        "is_reopened_by_customer": "True if the customer opened it again or followed up on it; NULL until seven days "
        "after the last solve.",
    },
    figures=(
        Figure(
            name="customer_reopen_rate",
            column="is_reopened_by_customer",
            statistics=("rate",),
            title="Solved cases that the customer opened again",
            better="lower",
        ),
    ),
    date_basis="solved",
    attributed_at="solve",
    matures_after_days=7,
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    version="2.0.0",
)


def value(t: Timelines) -> np.ndarray:
    reopened = t.any(t.is_reopen_by_customer) | t.is_followed_up(WINDOW)
    return np.where(t.at(t.last_solve) <= t.mature_until - WINDOW, reopened, np.nan)


def changes_at(t: Timelines) -> np.ndarray:
    """When the last solve is seven days old, without any new event."""
    matures_at = np.minimum(t.at(t.last_solve), NEVER - WINDOW) + WINDOW
    return np.where(matures_at > t.mature_until, matures_at, NEVER)
