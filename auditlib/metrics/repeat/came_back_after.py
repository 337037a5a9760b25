"""
# Came back after

How long after the solve the customer came back about the same issue.

From the solve that is judged (see *Came back*) to the customer's next ticket about it, up to thirty days
later. Whoever has not come back is *waiting*: censored, not counted as gone. So the youngest weeks can be
estimated before their window is over, without pretending that silence so far is silence for good. An
unsolved ticket, and one that is open again, have no value.

Somebody can come back through any helpdesk. So it is known only as far as the one that is known least: if that
is three days behind, nobody is said to have stayed away in these days, and nobody to have come back.

## Example: after days, not yet, never solved

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T2     | 2026-03-03 10:00 | customer | writes         | Ada      | billing |
| T3     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T4     | 2026-03-12 10:00 | customer | writes         | Bob      | billing |
| T4     | 2026-03-12 11:00 | agent    | status: solved |          |         |
| T5     | 2026-03-02 09:00 | customer | writes         | Cyd      | billing |
| T5     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T5     | 2026-03-04 10:00 | agent    | status: open   |          |         |
| T6     | 2026-03-02 09:00 | customer | writes         | Dee      | billing |
| T6     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T7     | 2026-03-03 10:00 | customer | writes         | Dee      | billing |
| T6     | 2026-03-04 10:00 | agent    | status: open   |          |         |
| T6     | 2026-03-05 10:00 | agent    | status: solved |          |         |

| value: ticket | came_back_after_minutes | state          |
| ------------- | ----------------------- | -------------- |
| T1            | 1440                    | observed       |
| T2            |                         | not_applicable |
| T3            | 14400                   | observed       |
| T4            |                         | waiting        |
| T5            |                         | not_applicable |
| T6            | 1440                    | observed       |
"""

import datetime
from dataclasses import replace

import numpy as np

from auditlib.metric import Metric
from auditlib.span import NEVER, Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time from the solve until the customer came back about the same issue",
    leg="outcome",
    version="1.1.0",
    unit="minutes",
    columns={"came_back_after_minutes": {"clock": "calendar"}},
    figures=(),
    date_basis="judged",
    attributed_at="judged_solve",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    judged_at = t.judged_solve_at(t.repeat_window)
    returned_at = t.returned_after(judged_at)
    known = np.where(returned_at < t.mature_until, returned_at, NEVER)
    return replace(t.span(judged_at, known, clock), seen_until=np.full(t.n, t.mature_until))


def changes_at(t: Timelines, clock: str) -> np.ndarray:
    """When all sources will be known up to a return that one of them tells already; NEVER if there is none."""
    returned_at = t.returned_after(t.judged_solve_at(t.repeat_window))
    return np.where((returned_at >= t.mature_until) & (returned_at != NEVER), returned_at + 1, NEVER)
