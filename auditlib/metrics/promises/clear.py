"""
# Vague and ambiguous promises

Whether a promise says by when, so that the customer, and the audit, can tell whether it is kept.

A **vague** one names no time that could be checked: *soon*, *shortly*, *as soon as we hear*. An
**ambiguous** one names a time that can be read in two ways, such as *by 3/4*, or that lies before
the promise itself. Both are counted here and decided nowhere else. Where people learn that kept
promises are counted, they begin to promise vaguely: read the two rates together.

## Example: four ways to promise

| ticket | when             | who   | what                    |
| ------ | ---------------- | ----- | ----------------------- |
| T1     | 2026-03-02 10:00 | agent | promises: by Friday     |
| T1     | 2026-03-02 11:00 | agent | promises: soon          |
| T1     | 2026-03-02 12:00 | agent | promises: by 3/4        |
| T1     | 2026-03-02 13:00 | agent | promises: by 2026-02-27 |

| value: ticket | promise | is_vague | is_ambiguous |
| ------------- | ------- | -------- | ------------ |
| T1            | 1       | 0        | 0            |
| T1            | 2       | 1        | 0            |
| T1            | 3       | 0        | 1            |
| T1            | 4       | 0        | 1            |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the promise says by when",
    leg="attitude",
    unit="share",
    of="promise",
    columns={"is_vague": {"how": "vague"}, "is_ambiguous": {"how": "ambiguous"}},
    sentences={
        "is_vague": "True if it names no time: soon, as soon as we hear.",
        "is_ambiguous": "True if its time can be read in two ways, or lies before it.",
    },
    figures=(
        Figure(
            name="vague_promise_rate",
            column="is_vague",
            statistics=("rate",),
            title="Promises without a time",
            better="lower",
        ),
        Figure(
            name="ambiguous_promise_rate",
            column="is_ambiguous",
            statistics=("rate",),
            title="Promises whose time can be read in two ways",
            better="lower",
        ),
    ),
    date_basis="made",
    attributed_at="reply",
    needs=("message_text",),
    counter_metric="promise_kept_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, how: str) -> np.ndarray:
    return (t.promises.is_vague if how == "vague" else t.promises.is_ambiguous).astype(float)
