"""
# When the outcome was decided

The moment of the event that decided how a case ended: the solve, the reopening, the thanks, or the
customer's next ticket about the same issue. NULL for what is out of scope, and where nothing is known.

## Example: the event that decided it

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | writes         |          |         |
| T1     | 2026-03-02 10:05 | agent    | status: solved |          |         |
| T2     | 2026-03-04 09:00 | customer | writes         | Ada      | billing |
| T2     | 2026-03-04 10:00 | agent    | writes         |          |         |
| T2     | 2026-03-04 10:05 | agent    | status: solved |          |         |
| T2     | 2026-03-04 11:00 | customer | thanks         |          |         |
| T3     | 2026-03-02 09:00 | agent    | writes         |          |         |

| value: ticket | outcome_decided_at |
| ------------- | ------------------ |
| T1            | 2026-03-04 09:00   |
| T2            | 2026-03-04 11:00   |
| T3            |                    |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="When it was decided how the case ended",
    leg="outcome",
    unit="moment",
    columns={"outcome_decided_at": {}},
    sentences={"outcome_decided_at": "The moment of what decided the outcome; NULL where no event did."},
    figures=(),
    date_basis="created",
    attributed_at="solve",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return t.outcome.decided_at


def evidence(t: Timelines) -> np.ndarray:
    """Positions of the events that decided it."""
    return t.outcome.decided
