"""
# Survey response

Of the surveys that were offered, how many were answered, and between which bounds satisfaction lies
whatever the others would have said.

A survey may be answered for 14 days; until they are over, one without an answer is not yet
unanswered. Where one in five answers, satisfaction speaks of one in five: had all the others been
content it would be the upper bound, had none been the lower. Answers that nobody offered are in
none of these.

## Example: answered in time, as of 2026-03-20 00:00

| ticket | when             | who      | what            |
| ------ | ---------------- | -------- | --------------- |
| T1     | 2026-03-02 09:00 | customer | writes          |
| T1     | 2026-03-03 09:00 | system   | rating: offered |
| T1     | 2026-03-03 10:00 | customer | rating: bad     |
| T1     | 2026-03-03 11:00 | customer | rating: good    |
| T2     | 2026-03-02 09:00 | customer | writes          |
| T2     | 2026-03-03 09:00 | system   | rating: offered |
| T2     | 2026-03-17 09:01 | customer | rating: good    |
| T3     | 2026-03-02 09:00 | customer | writes          |
| T3     | 2026-03-03 09:00 | system   | rating: offered |
| T4     | 2026-03-02 09:00 | customer | writes          |
| T4     | 2026-03-07 09:00 | system   | rating: offered |
| T5     | 2026-03-02 09:00 | customer | writes          |
| T5     | 2026-03-03 09:00 | customer | rating: good    |
| T6     | 2026-03-02 09:00 | customer | writes          |
| T6     | 2026-03-03 09:00 | system   | rating: offered |
| T6     | 2026-03-03 10:00 | customer | rating: 1-5:1   |
| T7     | 2026-03-02 09:00 | customer | writes          |
| T7     | 2026-03-07 09:00 | system   | rating: offered |
| T7     | 2026-03-07 10:00 | customer | rating: good    |
| T8     | 2026-03-02 09:00 | customer | writes          |
| T8     | 2026-03-03 09:00 | system   | rating: offered |
| T8     | 2026-03-03 10:00 | customer | rating: neutral |
| T9     | 2026-03-02 09:00 | customer | writes          |
| T9     | 2026-03-03 09:00 | system   | rating: offered |
| T9     | 2026-03-06 00:00 | system   | rating: offered |

| value: ticket | rating | is_survey_answered | is_surely_good | is_possibly_good |
| ------------- | ------ | ------------------ | -------------- | ---------------- |
| T1            | 1      | 1                  | 1              | 1                |
| T1            | 2      |                    |                |                  |
| T2            | 1      | 0                  | 0              | 1                |
| T3            | 1      | 0                  | 0              | 1                |
| T4            | 1      |                    |                |                  |
| T5            | 1      |                    |                |                  |
| T6            | 1      | 1                  | 0              | 0                |
| T7            | 1      |                    |                |                  |
| T8            | 1      | 1                  | 0              | 0                |
| T9            | 1      | 0                  | 0              | 1                |
| T9            | 2      | 0                  | 0              | 1                |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Rating
from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether an offered survey was answered",
    leg="outcome",
    unit="share",
    of="rating",
    columns={
        "is_survey_answered": {"how": "answered"},
        "is_surely_good": {"how": "surely"},
        "is_possibly_good": {"how": "possibly"},
    },
    sentences={
        "is_survey_answered": "True if the survey was answered within 14 days; NULL before, and for further answers.",
        "is_surely_good": "True if that answer is good; False also where there is none.",
        "is_possibly_good": "True if that answer is good or missing.",
    },
    figures=(
        Figure(
            name="survey_response_rate",
            column="is_survey_answered",
            statistics=("rate",),
            title="Surveys that were answered",
            better="higher",
        ),
        Figure(
            name="csat_at_least",
            column="is_surely_good",
            statistics=("rate",),
            title="Satisfied, if nobody else is",
            better="higher",
        ),
        Figure(
            name="csat_at_most",
            column="is_possibly_good",
            statistics=("rate",),
            title="Satisfied, if everybody else is",
            better="higher",
        ),
    ),
    date_basis="offered",
    attributed_at="reply",
    matures_after_days=14,
    needs=("ratings", "survey_offers"),
    counter_metric="csat",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, how: str) -> np.ndarray:
    last = t.survey_answer
    found = {
        "answered": last != 0,
        "surely": last == Rating.good,
        "possibly": (last == Rating.good) | (last == 0),
    }
    return np.where(t.is_survey_over, found[how], np.nan)


def changes_at(t: Timelines, how: str) -> np.ndarray:
    """When a survey can no longer be answered, without any new event."""
    return t.survey_ends_at
