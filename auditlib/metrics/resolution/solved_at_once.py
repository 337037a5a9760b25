"""
# Solved at once

Whether an agent solved a case within a minute of its assignment.

Some cases are that easy, and a macro answers them. But whoever is judged by how fast cases are solved can take
one and close it unread: where the share is high, look at what these customers wrote next. It speaks of the
first solve, by an agent, of a case that was assigned to somebody before or with it; the last such assignment
counts, and one in the same second does.

## Example: a minute after it was assigned

| ticket | when             | who        | what           |
| ------ | ---------------- | ---------- | -------------- |
| T1     | 2026-03-02 09:00 | customer   | writes         |
| T1     | 2026-03-02 09:05 | automation | assignee: Ann  |
| T1     | 2026-03-02 09:06 | agent Ann  | status: solved |
| T2     | 2026-03-02 09:00 | customer   | writes         |
| T2     | 2026-03-02 09:05 | automation | assignee: Ann  |
| T2     | 2026-03-02 09:07 | agent Ann  | status: solved |
| T3     | 2026-03-02 09:00 | customer   | writes         |
| T3     | 2026-03-02 09:01 | agent Ann  | status: solved |
| T4     | 2026-03-02 09:00 | customer   | writes         |
| T4     | 2026-03-02 09:05 | automation | assignee: Ann  |
| T4     | 2026-03-02 09:06 | automation | status: solved |
| T5     | 2026-03-02 09:00 | customer   | writes         |
| T5     | 2026-03-02 09:05 | automation | assignee: Ann  |

| value: ticket | is_solved_at_once |
| ------------- | ----------------- |
| T1            | 1                 |
| T2            | 0                 |
| T3            |                   |
| T4            |                   |
| T5            |                   |

## Example: the last assignment before the first solve

| ticket | when             | who        | what           |
| ------ | ---------------- | ---------- | -------------- |
| T1     | 2026-03-02 09:00 | customer   | writes         |
| T1     | 2026-03-02 09:05 | automation | assignee: Ann  |
| T1     | 2026-03-02 10:00 | automation | assignee: Bob  |
| T1     | 2026-03-02 10:01 | agent Bob  | status: solved |
| T2     | 2026-03-02 09:00 | customer   | writes         |
| T2     | 2026-03-02 09:05 | automation | assignee: Ann  |
| T2     | 2026-03-02 10:00 | agent Ann  | status: solved |
| T2     | 2026-03-02 10:01 | agent Ann  | assignee: Bob  |
| T2     | 2026-03-02 11:00 | customer   | writes         |
| T2     | 2026-03-02 11:00 | system     | status: open   |
| T2     | 2026-03-02 11:01 | agent Bob  | assignee: Ann  |
| T2     | 2026-03-02 11:02 | agent Bob  | status: solved |
| T3     | 2026-03-02 09:00 | customer   | writes         |
| T3     | 2026-03-02 10:00 | agent Ann  | status: solved |
| T3     | 2026-03-02 10:00 | agent Ann  | assignee: Ann  |

| value: ticket | is_solved_at_once |
| ------------- | ----------------- |
| T1            | 1                 |
| T2            | 0                 |
| T3            | 1                 |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.metric import Metric
from auditlib.timelines import NOWHERE, Timelines

AT_ONCE = 60

METRIC = Metric(
    title="Whether it was solved within a minute of its assignment",
    leg="process",
    unit="share",
    columns={"is_solved_at_once": {}},
    sentences={
        "is_solved_at_once": "True if an agent first solved it within a minute of its last assignment before; "
        "NULL if no agent did, or nobody had it.",
    },
    figures=(),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history", "assignment_history"),
    counter_metric="customer_reopen_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    solve = t.first_solve
    until = t.at(solve)[t.events["ticket"]]
    assigned = t.last(t.kind(Kind.assignee) & (t.events["occurred_at"] <= until))
    is_soon = t.at(solve) - t.at(assigned) <= AT_ONCE
    return np.where(t.is_at(t.by_agent, solve) & (assigned != NOWHERE), is_soon, np.nan)
