"""
# First chase

How long customers wait before they begin to ask again: the patience that a service can count on.

From the message that began the wait to the first chaser in it (see *Chasers*): another message, or
another ticket about the same issue, merged or not. Who still waits and has not asked again is *waiting*. Whoever was
answered, or whose case was closed, before they asked again never began to chase: the figure speaks of those who chased
or still may. So a second ticket that is opened while they wait for nothing here ends no wait; nor does one that is
opened in the second in which the wait begins.

## Example: asked again, still waiting, answered

| ticket | when             | who      | what                   |
| ------ | ---------------- | -------- | ---------------------- |
| T1     | 2026-03-02 09:00 | customer | writes                 |
| T1     | 2026-03-02 10:00 | agent    | writes                 |
| T1     | 2026-03-02 11:00 | customer | writes                 |
| T1     | 2026-03-02 12:00 | customer | writes: update_request |
| T1     | 2026-03-02 15:00 | customer | writes: update_request |
| T2     | 2026-03-02 09:00 | customer | writes                 |
| T3     | 2026-03-02 09:00 | customer | writes                 |
| T3     | 2026-03-02 10:00 | agent    | writes                 |
| T4     | 2026-03-02 09:00 | customer | writes                 |
| T4     | 2026-03-02 10:00 | agent    | status: solved         |
| T5     | 2026-03-02 09:00 | customer | writes                 |
| T5     | 2026-03-02 10:00 | agent    | writes                 |
| T5     | 2026-03-02 11:00 | customer | writes                 |

| value: ticket | first_chase_minutes | first_chase_business_minutes | state          |
| ------------- | ------------------- | ---------------------------- | -------------- |
| T1            | 60                  | 60                           | observed       |
| T2            |                     |                              | waiting        |
| T3            |                     |                              | not_applicable |
| T4            |                     |                              | not_applicable |
| T5            |                     |                              | waiting        |

## Example: in another ticket, merged or not, and while nobody waits

| ticket | when             | who      | what                   | customer | topic   | merged_into |
| ------ | ---------------- | -------- | ---------------------- | -------- | ------- | ----------- |
| T1     | 2026-03-02 09:00 | customer | writes                 | Ada      | billing |             |
| T2     | 2026-03-02 09:40 | customer | writes                 | Ada      | billing |             |
| T1     | 2026-03-02 15:00 | customer | writes: update_request |          |         |             |
| T3     | 2026-03-02 09:00 | customer | writes                 | Bob      | billing |             |
| T4     | 2026-03-02 09:10 | customer | writes                 | Bob      | login   | T3          |
| T5     | 2026-03-02 09:00 | customer | writes                 | Cyd      | billing |             |
| T5     | 2026-03-02 10:00 | agent    | writes                 |          |         |             |
| T6     | 2026-03-02 11:00 | customer | writes                 | Cyd      | billing |             |
| T7     | 2026-03-02 09:00 | customer | writes                 | Dee      | billing |             |
| T7     | 2026-03-02 10:00 | agent    | writes                 |          |         |             |
| T8     | 2026-03-02 11:00 | customer | writes                 | Dee      | billing | T7          |
| T8     | 2026-03-02 13:00 | customer | writes: update_request |          |         |             |
| T9     | 2026-03-02 09:00 | customer | writes                 | Eve      | billing |             |
| T10    | 2026-03-02 09:00 | customer | writes                 | Eve      | billing |             |
| T11    | 2026-03-02 09:00 | customer | writes                 | Fay      | billing |             |
| T11    | 2026-03-02 11:00 | agent    | writes                 |          |         |             |
| T12    | 2026-03-02 11:00 | customer | writes                 | Fay      | billing |             |

| value: ticket | first_chase_minutes | first_chase_business_minutes | state          |
| ------------- | ------------------- | ---------------------------- | -------------- |
| T1            | 40                  | 40                           | observed       |
| T3            | 10                  | 10                           | observed       |
| T5            |                     |                              | not_applicable |
| T6            |                     |                              | waiting        |
| T7            | 120                 | 120                          | observed       |
| T9            |                     |                              | waiting        |
| T11           | 120                 | 120                          | observed       |

## Example: overnight only opening hours count on the business clock

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 16:00 | customer | writes |
| T1     | 2026-03-03 12:00 | customer | writes |
| T2     | 2026-03-02 16:00 | customer | writes |
| T2     | 2026-03-02 17:00 | agent    | writes |
| T2     | 2026-03-03 12:00 | customer | writes |
| T2     | 2026-03-04 12:00 | customer | writes |
| T2     | 2026-03-05 12:00 | agent    | writes |
| T2     | 2026-03-05 13:00 | customer | writes |

| value: ticket | first_chase_minutes | first_chase_business_minutes |
| ------------- | ------------------- | ---------------------------- |
| T1            | 1200                | 240                          |
| T2            | 1440                | 480                          |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER, Span
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Time until the customer first asked again",
    leg="process",
    version="2.0.0",
    unit="minutes",
    columns={
        "first_chase_minutes": {"clock": "calendar"},
        "first_chase_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="first_chase_minutes",
            column="first_chase_minutes",
            statistics=("p50",),
            title="How long customers wait before they ask again",
            better="neither",
        ),
    ),
    date_basis="created",
    attributed_at="chase",
    counter_metric="chased_rate",
    needs=("solve_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    turns, chased = t.turns, t.first_chases
    began, ended = np.full(t.n, NEVER), np.full(t.n, NEVER)
    lasting = turns.closed == NOWHERE
    began[turns.ticket[lasting]] = t.at(turns.opened[lasting])
    began[chased.ticket], ended[chased.ticket] = chased.began, chased.ended
    return t.span(began, ended, clock)
