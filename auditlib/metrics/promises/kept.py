"""
# Promises kept

Whether we did in time what we had said we would do.

Of the promises that fell due, those that were kept by then, in the week in which they were due. Late
and broken ones were not kept. Those that are superseded, withdrawn, pending, vague or ambiguous
have no value. What keeps a promise and when it is due is told under *What became of promises*.

## Example: kept, late, broken and what cannot be said

| ticket | when             | who      | what                      |
| ------ | ---------------- | -------- | ------------------------- |
| T1     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T1     | 2026-03-02 11:00 | agent    | writes                    |
| T2     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T2     | 2026-03-04 11:00 | agent    | writes                    |
| T3     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T4     | 2026-03-02 10:00 | agent    | promises: soon            |
| T4     | 2026-03-02 11:00 | agent    | writes                    |
| T5     | 2026-03-02 10:00 | agent    | promises: by Friday       |
| T5     | 2026-03-03 10:00 | customer | writes: withdrawal        |

| value: ticket | promise | is_kept |
| ------------- | ------- | ------- |
| T1            | 1       | 1       |
| T2            | 1       | 0       |
| T3            | 1       | 0       |
| T4            | 1       |         |
| T5            | 1       |         |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Kept, Timelines

METRIC = Metric(
    title="Whether the promise was kept",
    leg="process",
    unit="share",
    of="promise",
    columns={"is_kept": {}},
    sentences={"is_kept": "True if it was kept in time, False if late or broken; NULL if that is not decided."},
    figures=(
        Figure(
            name="promise_kept_rate",
            column="is_kept",
            statistics=("rate",),
            title="Promises kept in time",
            better="higher",
        ),
    ),
    date_basis="due",
    attributed_at="reply",
    needs=("message_text",),
    counter_metric="vague_promise_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    state = t.promises.state
    is_decided = np.isin(state, (Kept.kept, Kept.late, Kept.broken))
    return np.where(is_decided, state == Kept.kept, np.nan)
