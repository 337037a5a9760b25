"""
# Backlog

How long a ticket was in the backlog, each time that it was.

A ticket is in the backlog from its creation until somebody solves or closes it, merges it into
another or deletes it. A reopening, or the restoration of a deleted ticket, puts it back for another
time of its own. What the status says meanwhile makes no difference: a ticket that is pending or on
hold is not done. The table has the local days on which each time began and ended, so the backlog of
any day can be counted: what had begun by then and not ended.

## Example: solved, closed, merged and deleted end it

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 09:30 | agent    | status: pending_customer |
| T1     | 2026-03-02 10:00 | agent    | status: solved           |
| T1     | 2026-03-06 10:00 | system   | status: closed           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 11:00 | agent    | status: closed           |
| T3     | 2026-03-02 09:00 | customer | writes                   |
| T3     | 2026-03-02 12:00 | agent    | merged: T1               |
| T4     | 2026-03-02 09:00 | customer | writes                   |
| T4     | 2026-03-02 13:00 | agent    | deletes                  |
| T5     | 2026-03-02 09:00 | customer | writes                   |
| T5     | 2026-03-02 13:00 | agent    | status: on_hold          |

| value: ticket | spell | open_minutes | state    |
| ------------- | ----- | ------------ | -------- |
| T1            | 1     | 60           | observed |
| T2            | 1     | 120          | observed |
| T3            | 1     | 180          | observed |
| T4            | 1     | 240          | observed |
| T5            | 1     |              | waiting  |

## Example: a reopening and a restoration begin another time

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 12:00 | customer | writes         |
| T1     | 2026-03-02 12:00 | system   | status: open   |
| T1     | 2026-03-02 12:30 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | deletes        |
| T2     | 2026-03-02 12:00 | agent    | restores       |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-02 11:00 | agent    | deletes        |
| T3     | 2026-03-02 12:00 | agent    | restores       |

| value: ticket | spell | open_minutes | state    |
| ------------- | ----- | ------------ | -------- |
| T1            | 1     | 60           | observed |
| T1            | 2     | 30           | observed |
| T2            | 1     | 60           | observed |
| T2            | 2     |              | waiting  |
| T3            | 1     | 60           | observed |
"""

import datetime

from auditlib.metric import Metric
from auditlib.span import Span
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time in the backlog",
    leg="process",
    unit="minutes",
    of="spell",
    columns={"open_minutes": {"clock": "calendar"}},
    figures=(),
    date_basis="opened",
    attributed_at="solve",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    spells = t.spells
    return t.span(t.opened_at(spells), t.closed_at(spells), clock, ticket=spells.ticket)
