"""
# Came back

Whether the customer had to come back about the same issue after it was solved.

Another ticket of the same customer about the same issue (it follows up on this one, or has the
same topic), created within so many days of a solve. It is charged to the earlier ticket, the
one that failed them, and to the team that had it when it was solved. A ticket counts once. A
reopening is no coming back: it has a measure of its own. Until the days have passed, and every
source that could hold a repeat is known that far, there is no value: not yet is not never.

## Example: within the window, outside it, and too young to say, as of 2026-03-20 00:00

| ticket | when             | who      | what                | customer | topic   |
| ------ | ---------------- | -------- | ------------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes              | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | status: solved      |          |         |
| T2     | 2026-03-04 09:00 | customer | writes              | Ada      | billing |
| T3     | 2026-03-02 09:00 | customer | writes              | Bob      | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved      |          |         |
| T4     | 2026-03-12 09:00 | customer | writes              | Bob      | billing |
| T5     | 2026-03-02 09:00 | customer | writes              | Cyd      | billing |
| T5     | 2026-03-02 10:00 | agent    | status: solved      |          |         |
| T6     | 2026-03-03 09:00 | customer | writes              | Cyd      | login   |
| T7     | 2026-03-16 09:00 | customer | writes              | Dee      | login   |
| T7     | 2026-03-16 10:00 | agent    | status: solved      |          |         |

| value: ticket | came_back_within_1d | came_back_within_3d | came_back_within_7d | came_back_within_14d |
| ------------- | ------------------- | ------------------- | ------------------- | -------------------- |
| T1            | 0                   | 1                   | 1                   | 1                    |
| T2            |                     |                     |                     |                      |
| T3            | 0                   | 0                   | 0                   | 1                    |
| T5            | 0                   | 0                   | 0                   | 0                    |
| T7            | 0                   | 0                   |                     |                      |

## Example: while it is open, a second ticket is no coming back; after any solve it is

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T2     | 2026-03-02 12:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-03 10:00 | agent    | status: solved |          |         |
| T3     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T4     | 2026-03-03 09:00 | customer | writes         | Bob      | billing |
| T3     | 2026-03-03 12:00 | agent    | status: open   |          |         |
| T3     | 2026-03-04 12:00 | agent    | status: solved |          |         |

| value: ticket | came_back_within_7d |
| ------------- | ------------------- |
| T1            | 0                   |
| T3            | 1                   |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER
from auditlib.timelines import Timelines

DAY = 24 * 60 * 60

METRIC = Metric(
    title="Whether the customer came back about the same issue",
    leg="outcome",
    unit="share",
    columns={f"came_back_within_{days}d": {"days": days} for days in (1, 3, 7, 14, 30)},
    sentences={
        f"came_back_within_{days}d": f"True if the customer came back about the same issue within {days} days "
        "of a solve; NULL until that can be known."
        for days in (1, 3, 7, 14, 30)
    },
    figures=(
        Figure(
            name="came_back_rate_7d",
            column="came_back_within_7d",
            statistics=("rate",),
            title="Came back within 7 days",
            better="lower",
        ),
    ),
    date_basis="solved",
    attributed_at="solve",
    matures_after_days=7,
    needs=("status_history",),
    counter_metric="customer_reopen_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, days: int) -> np.ndarray:
    window = days * DAY
    followed_at = t.followed_solve_at(window)
    settled_at = np.where(t.is_done, t.at(t.last_solve), NEVER)
    anchor = np.where(followed_at != NEVER, followed_at, settled_at)
    is_mature = (anchor != NEVER) & (anchor <= t.mature_until - window)
    return np.where(is_mature, followed_at != NEVER, np.nan)


def changes_at(t: Timelines, days: int) -> np.ndarray:
    """When the value becomes known without any new event; NEVER if it is known or cannot become so."""
    followed_at = t.followed_solve_at(days * DAY)
    settled_at = np.where(t.is_done, t.at(t.last_solve), NEVER)
    anchor = np.where(followed_at != NEVER, followed_at, settled_at)
    matures_at = np.where(anchor == NEVER, NEVER, np.minimum(anchor, NEVER - days * DAY) + days * DAY)
    return np.where(matures_at > t.mature_until, matures_at, NEVER)
