"""
# Chased again and again

Whether the customer had to ask again three times, or five, in one case.

One chaser happens in the best of houses; who asks five times was forgotten. What counts as
asking again is told under *Chasers*.

## Example: two, three, five

| ticket | when             | who      | what                   |
| ------ | ---------------- | -------- | ---------------------- |
| T1     | 2026-03-02 09:00 | customer | writes                 |
| T1     | 2026-03-02 10:00 | customer | writes: update_request |
| T1     | 2026-03-02 11:00 | customer | writes: update_request |
| T2     | 2026-03-02 09:00 | customer | writes                 |
| T2     | 2026-03-02 10:00 | customer | writes: update_request |
| T2     | 2026-03-02 11:00 | customer | writes: update_request |
| T2     | 2026-03-02 12:00 | agent    | writes                 |
| T2     | 2026-03-02 13:00 | customer | writes                 |
| T2     | 2026-03-02 14:00 | customer | writes: update_request |
| T3     | 2026-03-02 09:00 | customer | writes                 |
| T3     | 2026-03-02 10:00 | customer | writes: update_request |
| T3     | 2026-03-02 11:00 | customer | writes: update_request |
| T3     | 2026-03-02 12:00 | customer | writes: update_request |
| T3     | 2026-03-02 13:00 | customer | writes: update_request |
| T3     | 2026-03-02 14:00 | customer | writes: update_request |
| T4     | 2026-03-02 09:00 | customer | writes                 |

| value: ticket | is_chased_3_times | is_chased_5_times |
| ------------- | ----------------- | ----------------- |
| T1            | 0                 | 0                 |
| T2            | 1                 | 0                 |
| T3            | 1                 | 1                 |
| T4            | 0                 | 0                 |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the customer had to ask again and again",
    leg="process",
    unit="share",
    columns={"is_chased_3_times": {"times": 3}, "is_chased_5_times": {"times": 5}},
    sentences={
        "is_chased_3_times": "True if the customer asked again three times or more before they were answered.",
        "is_chased_5_times": "True if they asked again five times or more.",
    },
    figures=(
        Figure(
            name="chased_3_times_rate",
            column="is_chased_3_times",
            statistics=("rate",),
            title="Cases in which the customer asked again three times",
            better="lower",
        ),
        Figure(
            name="chased_5_times_rate",
            column="is_chased_5_times",
            statistics=("rate",),
            title="Cases in which the customer asked again five times",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    counter_metric="next_reply_business_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, times: int) -> np.ndarray:
    asked_again = np.bincount(t.chases.ticket, minlength=t.n)
    return (asked_again >= times).astype(float)
