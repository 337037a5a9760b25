"""
# Satisfaction

The share of good among the good and bad answers to the survey, by the week in which they were given.

What counts is each survey's last answer within 14 days of its offer (or of the first answer, where
nobody offered); answers that were replaced are kept beside it, and neutral ones are neither good nor
bad. Scales are mapped in one place, with a version: of five, four and five are good; of three, three.
Fewer than 30 answers make no figure.

Who answers is not everybody: see the response rate, and the bounds of the view `csat`. It is charged
to the team of the last human reply before the survey went out, not to whoever has the ticket now.

## Example: the last answer in time counts

| ticket | when             | who      | what            |
| ------ | ---------------- | -------- | --------------- |
| T1     | 2026-03-02 09:00 | customer | writes          |
| T1     | 2026-03-03 09:00 | system   | rating: offered |
| T1     | 2026-03-03 10:00 | customer | rating: bad     |
| T1     | 2026-03-03 11:00 | customer | rating: good    |
| T2     | 2026-03-02 09:00 | customer | writes          |
| T2     | 2026-03-03 09:00 | system   | rating: offered |
| T2     | 2026-03-17 09:00 | customer | rating: 1-5:3   |
| T2     | 2026-03-17 09:01 | customer | rating: 1-5:5   |
| T3     | 2026-03-02 09:00 | customer | writes          |
| T3     | 2026-03-03 09:00 | system   | rating: offered |
| T4     | 2026-03-02 09:00 | customer | writes          |
| T4     | 2026-03-03 09:00 | customer | rating: good    |
| T4     | 2026-03-10 09:00 | system   | rating: offered |
| T4     | 2026-03-11 09:00 | customer | rating: bad     |
| T5     | 2026-03-02 09:00 | customer | writes          |
| T5     | 2026-03-03 09:00 | customer | rating: neutral |

| value: ticket | rating | is_good |
| ------------- | ------ | ------- |
| T1            | 1      |         |
| T1            | 2      | 1       |
| T2            | 1      | 0       |
| T2            | 2      |         |
| T3            | 1      |         |
| T4            | 1      | 1       |
| T4            | 2      | 0       |
| T5            | 1      |         |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Rating
from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the answer to the survey was good",
    leg="outcome",
    unit="share",
    of="rating",
    columns={"is_good": {}},
    sentences={"is_good": "True for good, False for bad; NULL for neutral, unanswered and replaced answers."},
    figures=(
        Figure(
            name="csat",
            column="is_good",
            statistics=("rate",),
            title="Satisfied, of those who answered",
            better="higher",
            fewest=30,
        ),
    ),
    date_basis="rated",
    attributed_at="reply",
    needs=("ratings",),
    counter_metric="survey_response_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    r = t.ratings
    judges = r.counts & (r.rating != Rating.neutral)
    return np.where(judges, r.rating == Rating.good, np.nan)
