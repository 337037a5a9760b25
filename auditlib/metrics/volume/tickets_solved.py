"""
# Tickets solved

How many cases were solved.

Each case once, in the week of its last solve, by whomever; one that was opened again since is
taken back until it is solved again. What is closed without having been solved is solved by that.

## Example: solved, solved again, open again

| ticket | when             | who        | what           |
| ------ | ---------------- | ---------- | -------------- |
| T1     | 2026-03-02 09:00 | customer   | writes         |
| T1     | 2026-03-02 10:00 | agent      | status: solved |
| T2     | 2026-03-02 09:00 | customer   | writes         |
| T2     | 2026-03-02 10:00 | agent      | status: solved |
| T2     | 2026-03-02 11:00 | customer   | writes         |
| T2     | 2026-03-02 11:00 | system     | status: open   |
| T3     | 2026-03-02 09:00 | customer   | writes         |
| T3     | 2026-03-02 10:00 | automation | status: closed |
| T4     | 2026-03-02 09:00 | customer   | writes         |

| value: ticket | is_solved |
| ------------- | --------- |
| T1            | 1         |
| T2            | 0         |
| T3            | 1         |
| T4            | 0         |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the case is solved",
    leg="process",
    unit="share",
    columns={"is_solved": {}},
    sentences={"is_solved": "True if it is solved or closed; False while it is open, also after a solve."},
    figures=(
        Figure(
            name="tickets_solved",
            column="is_solved",
            statistics=("count",),
            title="Tickets solved",
            better="neither",
        ),
    ),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return t.is_done.astype(float)
