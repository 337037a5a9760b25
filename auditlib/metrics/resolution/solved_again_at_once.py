"""
# Solved again at once

How often a case that was opened again was solved again by an agent within a minute.

A case that is opened and closed again in passing starts its clocks anew, or sends a customer away a second
time without having been read. Rules that close a case again after *thanks* do not count.

## Example: opened again, and closed again

| ticket | when             | who        | what           |
| ------ | ---------------- | ---------- | -------------- |
| T1     | 2026-03-02 09:00 | customer   | writes         |
| T1     | 2026-03-02 10:00 | agent      | status: solved |
| T1     | 2026-03-02 11:00 | customer   | writes         |
| T1     | 2026-03-02 11:00 | system     | status: open   |
| T1     | 2026-03-02 11:01 | agent      | status: solved |
| T1     | 2026-03-02 12:00 | agent      | status: open   |
| T1     | 2026-03-02 12:01 | agent      | status: solved |
| T2     | 2026-03-02 09:00 | customer   | writes         |
| T2     | 2026-03-02 10:00 | agent      | status: solved |
| T2     | 2026-03-02 11:00 | customer   | writes         |
| T2     | 2026-03-02 11:00 | system     | status: open   |
| T2     | 2026-03-02 11:02 | agent      | status: solved |
| T3     | 2026-03-02 09:00 | customer   | writes         |
| T3     | 2026-03-02 10:00 | agent      | status: solved |
| T3     | 2026-03-02 11:00 | customer   | thanks         |
| T3     | 2026-03-02 11:00 | system     | status: open   |
| T3     | 2026-03-02 11:00 | automation | status: solved |
| T4     | 2026-03-02 09:00 | customer   | writes         |
| T5     | 2026-03-02 09:00 | customer   | writes         |
| T5     | 2026-03-02 10:00 | agent      | status: solved |
| T6     | 2026-03-02 09:00 | customer   | writes         |
| T6     | 2026-03-02 10:00 | agent      | status: solved |
| T6     | 2026-03-02 11:00 | customer   | writes         |
| T6     | 2026-03-02 11:00 | system     | status: open   |

| value: ticket | solved_again_at_once |
| ------------- | -------------------- |
| T1            | 2                    |
| T2            | 0                    |
| T3            | 0                    |
| T4            |                      |
| T5            | 0                    |
| T6            | 0                    |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

AT_ONCE = 60

METRIC = Metric(
    title="Solved again within a minute of being opened again",
    leg="process",
    unit="count",
    columns={"solved_again_at_once": {}},
    sentences={
        "solved_again_at_once": "How often an agent solved it again within a minute of a reopening; NULL if it was "
        "never solved.",
    },
    figures=(),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="customer_reopen_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    reopened = np.flatnonzero(t.reopens)
    again = t.first_behind(t.solves, reopened)
    is_soon = t.is_at(t.by_agent, again) & (t.at(again) - t.at(reopened) <= AT_ONCE)
    found = np.bincount(t.events["ticket"][reopened[is_soon]], minlength=t.n)
    return np.where(t.any(t.solves), found, np.nan)
