"""
# First chase

How long customers wait before they begin to ask again: the patience that a service can count on.

From the message that began the wait to the first chaser of the case (see *Chasers*). Who still
waits and has not asked again is *waiting*. Whoever was answered, or whose case was closed, before
they asked again never began to chase: the figure speaks of those who chased or still may.

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
    version="1.1.0",
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
    chases, turns = t.chases, t.turns
    began, ended = np.full(t.n, NEVER), np.full(t.n, NEVER)
    lasting = turns.closed == NOWHERE
    began[turns.ticket[lasting]] = t.at(turns.opened[lasting])
    has_chased = np.flatnonzero(t.first_chase >= 0)
    first = t.first_chase[has_chased]
    began[has_chased] = t.at(turns.opened[chases.turn[first]])
    ended[has_chased] = t.at(chases.position[first])
    return t.span(began, ended, clock)
