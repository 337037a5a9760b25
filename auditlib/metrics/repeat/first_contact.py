"""
# First contact resolution

Whether the first contact about an issue was the last one that it needed.

The issue's first ticket was solved, and within so many days of that first solve nothing undid it: the customer did
not reopen it, did not come back about it on any channel, and had not opened a second ticket about it
while they waited. **Strict** besides: no team passed it on. **Any topic** besides: the same customer brought up
nothing else either, for those who doubt that one issue can be told from another. The value stands with the
issue's first ticket and is not known before the days have passed. What vendors call first contact
resolution is something else each time: see *First contact in vendors' words*.

## Example: came back, reopened, asked twice at once, passed on, asked about something else

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T2     | 2026-03-05 09:00 | customer | writes         | Ada      | billing |
| T2     | 2026-03-05 10:00 | agent    | status: solved |          |         |
| T3     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T3     | 2026-03-03 10:00 | customer | writes         |          |         |
| T3     | 2026-03-03 10:00 | system   | status: open   |          |         |
| T3     | 2026-03-03 11:00 | agent    | status: solved |          |         |
| T4     | 2026-03-02 09:00 | customer | writes         | Cyd      | billing |
| T5     | 2026-03-02 09:30 | customer | writes         | Cyd      | billing |
| T4     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T6     | 2026-03-02 09:00 | customer | writes         | Dee      | billing |
| T6     | 2026-03-02 09:00 | system   | group: first   |          |         |
| T6     | 2026-03-02 09:30 | agent    | group: second  |          |         |
| T6     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T7     | 2026-03-02 09:00 | customer | writes         | Eve      | billing |
| T7     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T8     | 2026-03-09 10:00 | customer | writes         | Eve      | login   |
| T9     | 2026-03-02 09:00 | customer | writes         | Flo      | billing |
| T9     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T10    | 2026-03-09 10:01 | customer | writes         | Flo      | login   |
| T11    | 2026-03-02 09:00 | customer | writes         | Gus      | billing |
| T12    | 2026-03-02 09:00 | agent    | writes         | Hal      | billing |
| T12    | 2026-03-02 09:30 | customer | writes         |          |         |
| T12    | 2026-03-02 10:00 | agent    | status: solved |          |         |

| value: ticket | fcr_ops_7d | fcr_ops_7d_strict | fcr_ops_7d_any_topic |
| ------------- | ---------- | ----------------- | -------------------- |
| T1            | 0          | 0                 | 0                    |
| T2            |            |                   |                      |
| T3            | 0          | 0                 | 0                    |
| T4            | 0          | 0                 | 0                    |
| T6            | 1          | 0                 | 1                    |
| T7            | 1          | 1                 | 0                    |
| T9            | 1          | 1                 | 1                    |
| T11           |            |                   |                      |
| T12           |            |                   |                      |

## Example: not known before the seven days are over, as of 2026-03-09 10:00

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-02 09:59 | agent    | status: solved |          |         |
| T2     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T2     | 2026-03-02 10:00 | agent    | status: solved |          |         |

| value: ticket | fcr_ops_7d |
| ------------- | ---------- |
| T1            | 1          |
| T2            |            |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER
from auditlib.timelines import Timelines

DAY = 24 * 60 * 60

METRIC = Metric(
    title="Whether the first contact about an issue was all that it needed",
    leg="outcome",
    unit="share",
    columns={
        "fcr_ops_7d": {"days": 7},
        "fcr_ops_7d_strict": {"days": 7, "also": "transfers"},
        "fcr_ops_7d_any_topic": {"days": 7, "also": "any topic"},
    },
    sentences={
        "fcr_ops_7d": "True if the issue's first ticket settled it for seven days; NULL for others, and until known.",
        "fcr_ops_7d_strict": "The same, and no team passed it on.",
        "fcr_ops_7d_any_topic": "True if the customer also brought up nothing else within seven days of the solve.",
    },
    figures=(
        Figure(
            name="fcr_ops_7d",
            column="fcr_ops_7d",
            statistics=("rate",),
            title="Issues settled by their first ticket",
            better="higher",
        ),
        Figure(
            name="fcr_ops_7d_strict",
            column="fcr_ops_7d_strict",
            statistics=("rate",),
            title="Issues settled by their first ticket without being passed on",
            better="higher",
        ),
    ),
    date_basis="judged",
    attributed_at="judged_solve",
    matures_after_days=7,
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, days: int, also: str = "") -> np.ndarray:
    window, solved_at = days * DAY, t.at(t.first_resolution)
    is_mature = solved_at < t.mature_until - window
    is_settled = (t.solve_lasting(window)[0] == t.first_resolution) & ~t.has_parallel
    if also == "transfers":
        is_settled &= ~t.any(t.transfers)
    if also == "any topic":
        is_settled &= t.next_contact_at - window > solved_at
    return np.where(t.begins_issue & t.is_contact & is_mature, is_settled, np.nan)


def changes_at(t: Timelines, days: int, also: str = "") -> np.ndarray:
    """When it will be known; NEVER if it is known or nothing is to be known."""
    window, solved_at = days * DAY, t.at(t.first_resolution)
    known_at = np.where(solved_at == NEVER, NEVER, np.minimum(solved_at, NEVER - window - 1) + window + 1)
    return np.where(known_at > t.mature_until, known_at, NEVER)
