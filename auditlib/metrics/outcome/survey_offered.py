"""
# Survey coverage

Whether the customer of a solved case was asked how it went.

Of the cases that are solved, those with an offer at any time. Who is asked decides what satisfaction
looks like: leaving out the angry makes it better, and this share worse. A solve has to be seven days
old, since surveys go out a while after it.

## Example: offered or not, as of 2026-03-20 00:00

| ticket | when             | who      | what            |
| ------ | ---------------- | -------- | --------------- |
| T1     | 2026-03-02 09:00 | customer | writes          |
| T1     | 2026-03-02 10:00 | agent    | status: solved  |
| T1     | 2026-03-03 09:00 | system   | rating: offered |
| T2     | 2026-03-02 09:00 | customer | writes          |
| T2     | 2026-03-02 10:00 | agent    | status: solved  |
| T2     | 2026-03-03 09:00 | customer | rating: good    |
| T3     | 2026-03-02 09:00 | customer | writes          |
| T3     | 2026-03-03 09:00 | system   | rating: offered |
| T4     | 2026-03-02 09:00 | customer | writes          |
| T4     | 2026-03-14 10:00 | agent    | status: solved  |

| value: ticket | is_survey_offered |
| ------------- | ----------------- |
| T1            | 1                 |
| T2            | 0                 |
| T3            |                   |
| T4            |                   |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the customer was asked for a rating",
    leg="outcome",
    unit="share",
    columns={"is_survey_offered": {}},
    sentences={"is_survey_offered": "True if a survey was offered; NULL while it is not solved for seven days."},
    figures=(
        Figure(
            name="survey_coverage",
            column="is_survey_offered",
            statistics=("rate",),
            title="Solved cases with a survey",
            better="higher",
        ),
    ),
    date_basis="solved",
    attributed_at="solve",
    matures_after_days=7,
    needs=("status_history", "survey_offers"),
    counter_metric="survey_response_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.where(t.has_settled, t.any(t.kind(Kind.rating_offered)), np.nan)


def changes_at(t: Timelines) -> np.ndarray:
    """When the solve is old enough, without any new event."""
    return t.settles_at
