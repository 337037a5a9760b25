"""
# How late

How long customers wait beyond what they were promised.

From the due moment to the message that should have come by then, for promises that were late or
broken. A broken one is *waiting*, and *closed unanswered* once the case is solved without a word. A
promise that was kept, or fell away, was never late.

## Example: late, not yet, never

| ticket | when             | who   | what                      |
| ------ | ---------------- | ----- | ------------------------- |
| T1     | 2026-03-02 10:00 | agent | promises: within 24 hours |
| T1     | 2026-03-03 12:00 | agent | writes                    |
| T2     | 2026-03-02 10:00 | agent | promises: within 24 hours |
| T3     | 2026-03-02 10:00 | agent | promises: within 24 hours |
| T3     | 2026-03-03 12:00 | agent | status: solved            |
| T4     | 2026-03-02 10:00 | agent | promises: within 24 hours |
| T4     | 2026-03-02 12:00 | agent | writes                    |
| T5     | 2026-03-02 10:00 | agent | promises: soon            |
| T5     | 2026-03-03 12:00 | agent | writes                    |
| T6     | 2026-03-02 10:00 | agent | promises: within 24 hours |
| T6     | 2026-03-03 12:00 | agent | writes                    |
| T6     | 2026-03-03 12:00 | agent | status: solved            |
| T7     | 2026-03-02 10:00 | agent | writes                    |

| value: ticket | promise | promise_lateness_minutes | state             |
| ------------- | ------- | ------------------------ | ----------------- |
| T1            | 1       | 120                      | observed          |
| T2            | 1       |                          | waiting           |
| T3            | 1       |                          | closed_unanswered |
| T4            | 1       |                          | not_applicable    |
| T5            | 1       |                          | not_applicable    |
| T6            | 1       | 120                      | observed          |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER, Span, State
from auditlib.timelines import Kept, Timelines

METRIC = Metric(
    title="How late the promise was kept",
    leg="process",
    unit="minutes",
    of="promise",
    columns={"promise_lateness_minutes": {"clock": "calendar"}},
    figures=(
        Figure(
            name="promise_lateness_minutes",
            column="promise_lateness_minutes",
            statistics=("p50",),
            title="How late promises are kept that were not kept in time",
            better="lower",
        ),
    ),
    date_basis="due",
    attributed_at="reply",
    needs=("message_text",),
    counter_metric="promise_kept_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    promises = t.promises
    is_late = np.isin(promises.state, (Kept.late, Kept.broken))
    due_at = np.where(is_late, promises.due_at, NEVER)
    late = t.span(due_at, np.where(is_late, t.at(promises.fulfilled), NEVER), clock, ticket=promises.ticket)
    closed_instead = (late.state == State.waiting) & t.is_done[promises.ticket]
    return late.where(~closed_instead, State.closed_unanswered)
