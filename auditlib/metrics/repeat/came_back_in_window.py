"""
# Came back within the topic's window

Whether the customer came back about the same issue within the days that `audit.toml` gives its topic.

The same as *Came back*, with the window of `[repeat]`: `window_days`, or the topic's own in
`topic_window_days`. A failed delivery shows within days, a wrong invoice with the next one. It is a column, no
published figure: weeks with different windows cannot be compared; the fixed windows stand beside it.

## Example: each topic has its own window, as of 2026-03-20 00:00

| ticket | when             | who      | what           | customer | topic   | window |
| ------ | ---------------- | -------- | -------------- | -------- | ------- | ------ |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing | 14     |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |        |
| T2     | 2026-03-12 09:00 | customer | writes         | Ada      | billing | 14     |
| T3     | 2026-03-02 09:00 | customer | writes         | Bob      | login   | 7      |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |        |
| T4     | 2026-03-12 09:00 | customer | writes         | Bob      | login   | 7      |
| T5     | 2026-03-10 09:00 | customer | writes         | Cyd      | billing | 14     |
| T5     | 2026-03-10 10:00 | agent    | status: solved |          |         |        |
| T6     | 2026-03-06 00:00 | customer | writes         | Dee      | billing | 14     |
| T6     | 2026-03-06 00:00 | agent    | status: solved |          |         |        |

| value: ticket | came_back |
| ------------- | --------- |
| T1            | 1         |
| T2            |           |
| T3            | 0         |
| T5            |           |
| T6            | 0         |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.span import NEVER
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the customer came back within the topic's window",
    leg="outcome",
    unit="share",
    columns={"came_back": {}},
    sentences={
        "came_back": "True if the customer came back about the same issue within the window that audit.toml gives "
        "the topic; NULL until that can be known."
    },
    figures=(),
    date_basis="judged",
    attributed_at="judged_solve",
    matures_after_days=7,
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    judged_at = t.judged_solve_at(t.repeat_window)
    is_mature = judged_at <= t.mature_until - t.repeat_window
    return np.where(is_mature, t.followed_solve_at(t.repeat_window) != NEVER, np.nan)


def changes_at(t: Timelines) -> np.ndarray:
    """When the value becomes known without any new event; NEVER if it is known or cannot become so."""
    judged_at = t.judged_solve_at(t.repeat_window)
    matures_at = np.where(judged_at == NEVER, NEVER, np.minimum(judged_at, NEVER - t.repeat_window) + t.repeat_window)
    return np.where(matures_at > t.mature_until, matures_at, NEVER)
