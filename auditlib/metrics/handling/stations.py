"""
# Stations

Through how many hands a case went: stays with people, and stays in groups.

A, then B, then A again are three stays. A spell with nobody is a pause, not a stay, and ends none:
A, nobody, A is one. The same value logged again is no stay. Who or what a case had from its
creation counts; a case that never had anybody has none. Where the helpdesk keeps no history, the
present one counts: one stay, or none; it may have been more.

## Example: there and back, pauses, and the same again

| ticket | when             | who        | what             |
| ------ | ---------------- | ---------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer   | writes           |
| T1     | 2026-03-02 09:00 | automation | group: sales     |
| T1     | 2026-03-02 09:10 | agent Ann  | assignee: Ann    |
| T1     | 2026-03-02 09:20 | agent Ann  | group: billing   |
| T1     | 2026-03-02 09:20 | agent Ann  | assignee: nobody |
| T1     | 2026-03-02 09:30 | agent Bob  | assignee: Bob    |
| T1     | 2026-03-02 09:40 | agent Bob  | assignee: Ann    |
| T1     | 2026-03-02 09:50 | automation | group: sales     |
| T2     | 2026-03-02 09:00 | customer   | writes           |
| T2     | 2026-03-02 09:00 | agent Ann  | assignee: Ann    |
| T2     | 2026-03-02 09:10 | agent Ann  | assignee: nobody |
| T2     | 2026-03-02 09:20 | agent Ann  | assignee: Ann    |
| T2     | 2026-03-02 09:30 | automation | assignee: Ann    |
| T2     | 2026-03-02 09:40 | automation | group: sales     |
| T2     | 2026-03-02 09:50 | automation | group: sales     |
| T3     | 2026-03-02 09:00 | customer   | writes           |
| T4     | 2026-03-02 09:00 | customer   | writes           |
| T4     | 2026-03-02 09:10 | agent Ann  | assignee: Ann    |
| T4     | 2026-03-02 09:20 | agent Bob  | assignee: Bob    |
| T4     | 2026-03-02 09:30 | agent Bob  | group: sales     |

| value: ticket | assignee_stations | group_stations |
| ------------- | ----------------- | -------------- |
| T1            | 3                 | 3              |
| T2            | 1                 | 1              |
| T3            | 0                 | 0              |
| T4            | 2                 | 1              |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Stays with people and in groups",
    leg="process",
    unit="count",
    columns={"assignee_stations": {"whose": "assignee"}, "group_stations": {"whose": "group"}},
    sentences={
        "assignee_stations": "How many stays with people it had: A, B, A are three; a spell with nobody is a pause.",
        "group_stations": "How many stays in groups it had, counted alike.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    without_history=True,
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, whose: str) -> np.ndarray:
    return (t.assignee_stations if whose == "assignee" else t.group_stations).astype(float)
