"""
# Promises made

How often we promised the customer something in a case, with a time or without.

A public message in which a human of ours promises is one promise; see *What became of promises*.
The rate is the share of cases with at least one. Text is read in the languages that the audit has
words for, from the night on that first read it: a case from before has none.

## Example: two promises, none, and what is none

| ticket | when             | who      | what                      |
| ------ | ---------------- | -------- | ------------------------- |
| T1     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T1     | 2026-03-03 10:00 | agent    | promises: soon            |
| T2     | 2026-03-02 10:00 | bot      | promises: within 24 hours |
| T3     | 2026-03-02 10:00 | customer | promises: within 24 hours |
| T4     | 2026-03-02 10:00 | agent    | notes: promise            |
| T5     | 2026-03-02 10:00 | agent    | writes: refusal           |

| value: ticket | promises_made |
| ------------- | ------------- |
| T1            | 2             |
| T2            | 0             |
| T3            | 0             |
| T4            | 0             |
| T5            | 0             |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How often we promised something",
    leg="process",
    unit="count",
    columns={"promises_made": {}},
    sentences={"promises_made": "Public messages in which a human of ours promised something."},
    figures=(
        Figure(
            name="promise_rate",
            column="promises_made",
            statistics=("rate",),
            title="Cases in which we promised something",
            better="neither",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("message_text",),
    counter_metric="promise_kept_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.bincount(t.promises.ticket, minlength=t.n).astype(float)
