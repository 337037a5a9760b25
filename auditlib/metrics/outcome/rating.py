"""
# Rating

What the customer's answer to the survey came to: good, neutral or bad.

If there were several, the last that came within 14 days of its survey. Every one of them is a row of
the view `ratings`.

## Example: the last in time

| ticket | when             | who      | what            |
| ------ | ---------------- | -------- | --------------- |
| T1     | 2026-03-02 09:00 | customer | writes          |
| T1     | 2026-03-03 09:00 | system   | rating: offered |
| T1     | 2026-03-03 10:00 | customer | rating: bad     |
| T1     | 2026-03-03 11:00 | customer | rating: 1-5:4   |
| T2     | 2026-03-02 09:00 | customer | writes          |
| T2     | 2026-03-03 09:00 | system   | rating: offered |
| T2     | 2026-03-04 10:00 | customer | rating: bad     |
| T2     | 2026-03-18 09:00 | customer | rating: good    |
| T3     | 2026-03-02 09:00 | customer | writes          |
| T3     | 2026-03-03 09:00 | system   | rating: offered |
| T4     | 2026-03-02 09:00 | customer | writes          |
| T4     | 2026-03-03 10:00 | customer | rating: 1-5:3   |
| T5     | 2026-03-02 09:00 | customer | writes          |
| T5     | 2026-03-03 10:00 | customer | rating: 0-10:8  |

| value: ticket | rating  |
| ------------- | ------- |
| T1            | good    |
| T2            | bad     |
| T3            |         |
| T4            | bad     |
| T5            | neutral |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How the customer rated it",
    leg="outcome",
    unit="word",
    columns={"rating": {}},
    sentences={"rating": "The customer's last rating that came in time: good, neutral or bad; NULL without one."},
    figures=(),
    date_basis="created",
    attributed_at="solve",
    needs=("ratings",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "RTG-001",
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "rating", "value_set": ["good", "neutral", "bad"]},
            "severity": "critical",
            "notes": "A rating that is none of ours: caselog/ratings.py maps a scale to something else.",
        },
    ),
)


def value(t: Timelines) -> np.ndarray:
    return t.rating_word


def evidence(t: Timelines) -> np.ndarray:
    """Positions of the answers that count."""
    return t.last_rating
