"""
# Lost

Whether we lost track of a customer: they waited for more than three business days and no human did
anything.

A business day is eight hours of opening time, so three are 1,440 business minutes, whatever the
schedule: three working days of an office, one day and night of a desk that never closes. What
counts as doing something is said under *longest time unattended*. A ticket that nobody has touched
for so long is lost already, although the gap still lasts. While the customer waits and the gap is
shorter, nothing is decided: it is neither lost nor not lost, and counts in no share. Those who are
answered fast are decided first, so a share of the last days would look too good: it is shown once
a week has passed since the end of its period. It does not apply to customers who never waited.
The limit stands in the metric's file; a company that wants another writes its own file beside it.

## Example: more than three business days

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 10:00 | customer | writes         |
| T1     | 2026-03-05 10:01 | agent    | writes         |
| T2     | 2026-03-02 10:00 | customer | writes         |
| T2     | 2026-03-05 10:00 | agent    | writes         |
| T3     | 2026-03-06 10:00 | customer | writes         |
| T3     | 2026-03-10 10:00 | agent    | writes         |
| T4     | 2026-03-02 10:00 | agent    | writes         |
| T5     | 2026-03-02 10:00 | customer | writes         |
| T5     | 2026-03-06 10:00 | agent    | status: solved |

| value: ticket | is_lost |
| ------------- | ------- |
| T1            | 1       |
| T2            | 0       |
| T3            | 0       |
| T4            |         |
| T5            | 1       |

## Example: lost already, and not decided yet, as of 2026-03-06 10:00

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 10:00 | customer | writes |
| T2     | 2026-03-03 10:00 | customer | writes |
| T3     | 2026-03-02 10:00 | customer | writes |
| T3     | 2026-03-04 10:00 | agent    | notes  |
| T4     | 2026-03-03 10:00 | customer | writes |
| T4     | 2026-03-05 10:00 | agent    | writes |
| T5     | 2026-03-03 10:00 | customer | writes |
| T5     | 2026-03-04 10:00 | agent    | writes |
| T5     | 2026-03-05 10:00 | customer | writes |

Nobody has touched T2 for exactly three business days, T3 for two; T5 was answered and asked again.

| value: ticket | is_lost |
| ------------- | ------- |
| T1            | 1       |
| T2            |         |
| T3            |         |
| T4            | 0       |
| T5            |         |

## Example: what was lost once stays lost, as of 2026-03-10 10:00

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 10:00 | customer | writes |
| T1     | 2026-03-06 10:00 | agent    | writes |
| T1     | 2026-03-09 10:00 | customer | writes |

| value: ticket | is_lost |
| ------------- | ------- |
| T1            | 1       |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER, Span, State
from auditlib.timelines import Timelines

LIMIT = 3 * 8 * 60
"""Business minutes: three days of eight hours."""

METRIC = Metric(
    title="Whether we lost track of the customer",
    leg="process",
    unit="share",
    columns={"is_lost": {"limit": LIMIT}},
    sentences={
        "is_lost": "True if the customer waited for more than three business days (1,440 business minutes) in which "
        "no human did anything; NULL if they never waited, or still wait and it is not decided.",
    },
    figures=(
        Figure(
            name="lost_rate",
            column="is_lost",
            statistics=("rate",),
            title="Customers whom we lost track of",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("solve_history", "assignment_history", "message_text"),
    matures_after_days=7,
    version="2.0.0",
    counter_metric="customer_wait_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, limit: float) -> np.ndarray:
    longest = _longest(t)
    is_open = (t.wait_state == State.waiting) & (longest <= limit)
    return np.where(np.isnan(longest) | is_open, np.nan, longest > limit)


def changes_at(t: Timelines, limit: float) -> np.ndarray:
    """When a gap that still lasts becomes too long."""
    gaps = t.unattended
    lasts = gaps.ended == NEVER
    found = np.full(t.n, NEVER)
    found[gaps.ticket[lasts]] = t.passes_at(gaps.began[lasts], limit, "business", gaps.ticket[lasts])
    return np.where((found > t.mature_until) & ~(_longest(t) > limit), found, NEVER)


def _longest(t: Timelines) -> np.ndarray:
    """The longest gap so far, in business minutes; NaN where nobody waited or nobody knows the hours."""
    state = np.where(t.wait_state == State.closed_unanswered, State.observed, t.wait_state)
    span: Span = t.longest(t.unattended, "business", state, t.began_at)
    return np.where(span.state == State.waiting, t.running_minutes(span, "business"), span.minutes)
