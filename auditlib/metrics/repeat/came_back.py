"""
# Came back

Whether the customer had to come back about the same issue after it was solved.

Another ticket of the same customer about the same issue, created within so many days of a solve. It
is charged to the earlier ticket, the one that failed them, and to whoever had it at **that** solve,
even if it was reopened and solved again by others. A ticket counts once, in the week of the solve that
is judged: the first after which they came back, otherwise the one that holds. A reopening is no
coming back: it has a measure of its own. Until the days have passed, and every source that could hold a
repeat is known that far, there is no value: not yet is not never.

**About the same issue** is a ticket that follows up on the earlier one, names the same order or asset,
or quotes its number (*explicit*); that has the same topic, unless its words are altogether different or it
names another order (*topic*); whose words are very similar (*words*); or whose customer says that they
asked before, if nothing else ties it (*said*). A ticket continues one issue: of several, the surest, then
the one that was solved last (of one that was still open, or open again, its creation counts). Whom an
incident that many share brought back is listed in `repeat_links` and charged to nobody; a ticket that was
opened while the earlier one was still open chases it and is no repeat; nor is a second call within fifteen
minutes, which was put through.

How often links are right was measured on simulated customers only (`python -m benchmarks.link_quality`,
in `docs/decisions.md`); `auditlib try came_back --pairs 200` gives you pairs of your own to judge.

## Example: within the window, outside it, and too young to say, as of 2026-03-20 00:00

| ticket | when             | who      | what                | customer | topic   |
| ------ | ---------------- | -------- | ------------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes              | Ada      | billing |
| T1     | 2026-03-02 10:00 | agent    | status: solved      |          |         |
| T2     | 2026-03-04 09:00 | customer | writes              | Ada      | billing |
| T3     | 2026-03-02 09:00 | customer | writes              | Bob      | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved      |          |         |
| T4     | 2026-03-12 09:00 | customer | writes              | Bob      | billing |
| T5     | 2026-03-02 09:00 | customer | writes              | Cyd      | billing |
| T5     | 2026-03-02 10:00 | agent    | status: solved      |          |         |
| T6     | 2026-03-03 09:00 | customer | writes              | Cyd      | login   |
| T7     | 2026-03-16 09:00 | customer | writes              | Dee      | login   |
| T7     | 2026-03-16 10:00 | agent    | status: solved      |          |         |

| value: ticket | came_back_within_1d | came_back_within_3d | came_back_within_7d | came_back_within_14d |
| ------------- | ------------------- | ------------------- | ------------------- | -------------------- |
| T1            | 0                   | 1                   | 1                   | 1                    |
| T2            |                     |                     |                     |                      |
| T3            | 0                   | 0                   | 0                   | 1                    |
| T5            | 0                   | 0                   | 0                   | 0                    |
| T7            | 0                   | 0                   |                     |                      |

## Example: while it is open, a second ticket is no coming back; after any solve it is

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T2     | 2026-03-02 12:00 | customer | writes         | Ada      | billing |
| T1     | 2026-03-03 10:00 | agent    | status: solved |          |         |
| T3     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T4     | 2026-03-03 09:00 | customer | writes         | Bob      | billing |
| T3     | 2026-03-03 12:00 | agent    | status: open   |          |         |
| T3     | 2026-03-04 12:00 | agent    | status: solved |          |         |

| value: ticket | came_back_within_7d |
| ------------- | ------------------- |
| T1            | 0                   |
| T3            | 1                   |

## Example: a follow-up, one order, another order

| ticket | when             | who      | what              | customer | topic   | follow_up_of | order |
| ------ | ---------------- | -------- | ----------------- | -------- | ------- | ------------ | ----- |
| T1     | 2026-03-02 09:00 | customer | writes            | Ada      | billing |              |       |
| T1     | 2026-03-02 10:00 | agent    | status: solved    |          |         |              |       |
| T2     | 2026-03-03 09:00 | customer | writes            | Ann      | login   | T1           |       |
| T3     | 2026-03-02 09:00 | customer | writes            | Bob      | billing |              | A1    |
| T3     | 2026-03-02 10:00 | agent    | status: solved    |          |         |              |       |
| T4     | 2026-03-03 09:00 | customer | writes            | Bob      | login   |              | A1    |
| T5     | 2026-03-02 09:00 | customer | writes            | Cyd      | billing |              | B1    |
| T5     | 2026-03-02 10:00 | agent    | status: solved    |          |         |              |       |
| T6     | 2026-03-03 09:00 | customer | writes            | Cyd      | billing |              | B2    |

| value: ticket | came_back_within_7d |
| ------------- | ------------------- |
| T1            | 1                   |
| T3            | 1                   |
| T5            | 0                   |

## Example: quoted, said, an incident, one issue of two

| ticket | when             | who      | what              | customer | topic   | quotes | incident |
| ------ | ---------------- | -------- | ----------------- | -------- | ------- | ------ | -------- |
| T7     | 2026-03-02 09:00 | customer | writes            | Dee      | billing |        |          |
| T7     | 2026-03-02 10:00 | agent    | status: solved    |          |         |        |          |
| T8     | 2026-03-03 09:00 | customer | writes            | Dee      | login   | T7     |          |
| T9     | 2026-03-02 09:00 | customer | writes            | Eve      | billing |        |          |
| T9     | 2026-03-02 10:00 | agent    | status: solved    |          |         |        |          |
| T10    | 2026-03-03 09:00 | customer | writes: returning | Eve      | login   |        |          |
| T11    | 2026-03-02 09:00 | customer | writes            | Flo      | login   |        |          |
| T11    | 2026-03-02 10:00 | agent    | status: solved    |          |         |        |          |
| T12    | 2026-03-03 09:00 | customer | writes            | Flo      | login   |        | outage   |
| T13    | 2026-03-02 09:00 | customer | writes            | Gus      | billing |        |          |
| T13    | 2026-03-02 10:00 | agent    | status: solved    |          |         |        |          |
| T14    | 2026-03-02 09:00 | customer | writes            | Gus      | login   |        |          |
| T14    | 2026-03-02 11:00 | agent    | status: solved    |          |         |        |          |
| T15    | 2026-03-03 09:00 | customer | writes: returning | Gus      | billing |        |          |

| value: ticket | came_back_within_7d |
| ------------- | ------------------- |
| T7            | 1                   |
| T9            | 1                   |
| T11           | 0                   |
| T13           | 1                   |
| T14           | 0                   |

## Example: on the phone; seven days to the second, as of 2026-03-09 10:00

| ticket | when             | who      | what           | customer | topic   | channel |
| ------ | ---------------- | -------- | -------------- | -------- | ------- | ------- |
| T1     | 2026-03-02 08:00 | agent    | writes         | Ada      | billing | phone   |
| T1     | 2026-03-02 08:10 | agent    | status: solved |          |         |         |
| T2     | 2026-03-02 08:25 | agent    | writes         | Ada      | billing | phone   |
| T3     | 2026-03-02 08:00 | agent    | writes         | Bob      | billing | phone   |
| T3     | 2026-03-02 08:10 | agent    | status: solved |          |         |         |
| T4     | 2026-03-02 08:26 | agent    | writes         | Bob      | billing | phone   |
| T5     | 2026-03-02 09:00 | customer | writes         | Cyd      | billing |         |
| T5     | 2026-03-02 09:30 | agent    | status: solved |          |         |         |
| T6     | 2026-03-09 09:30 | customer | writes         | Cyd      | billing |         |
| T7     | 2026-03-02 09:00 | customer | writes         | Dee      | billing |         |
| T7     | 2026-03-02 10:00 | agent    | status: solved |          |         |         |
| T8     | 2026-03-02 09:00 | customer | writes         | Eve      | billing |         |
| T8     | 2026-03-02 10:01 | agent    | status: solved |          |         |         |

| value: ticket | came_back_within_7d |
| ------------- | ------------------- |
| T1            | 0                   |
| T3            | 1                   |
| T5            | 1                   |
| T7            | 0                   |
| T8            |                     |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER
from auditlib.timelines import Timelines

DAY = 24 * 60 * 60

METRIC = Metric(
    title="Whether the customer came back about the same issue",
    leg="outcome",
    unit="share",
    columns={f"came_back_within_{days}d": {"days": days} for days in (1, 3, 7, 14, 30)},
    sentences={
        f"came_back_within_{days}d": f"True if the customer came back about the same issue within {days} days "
        "of a solve; NULL until that can be known."
        for days in (1, 3, 7, 14, 30)
    },
    figures=(
        Figure(
            name="came_back_rate_7d",
            column="came_back_within_7d",
            statistics=("rate",),
            title="Came back within 7 days",
            better="lower",
            provisional_from="came_back_after_minutes",
            window_minutes=7 * 24 * 60,
        ),
    ),
    date_basis="judged",
    attributed_at="judged_solve",
    matures_after_days=7,
    needs=("status_history",),
    counter_metric="customer_reopen_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, days: int) -> np.ndarray:
    window = days * DAY
    followed_at, judged_at = t.followed_solve_at(window), t.judged_solve_at(window)
    is_mature = judged_at <= t.mature_until - window
    return np.where(is_mature, followed_at != NEVER, np.nan)


def changes_at(t: Timelines, days: int) -> np.ndarray:
    """When the value becomes known without any new event; NEVER if it is known or cannot become so."""
    window, judged_at = days * DAY, t.judged_solve_at(days * DAY)
    matures_at = np.where(judged_at == NEVER, NEVER, np.minimum(judged_at, NEVER - window) + window)
    return np.where(matures_at > t.mature_until, matures_at, NEVER)
