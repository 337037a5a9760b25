"""
# Figures as Jira Service Management counts them

What Jira's two usual SLAs would say, with the conditions that its templates begin with: for comparison with what
they do say, and nothing else.

*Time to first response* runs from the creation to the first comment for customers that is not a customer's, a rule's
included, or to the solve if there was none. *Time to resolution* runs from the creation to the first solve; each
reopening begins another cycle. Both in whole seconds by the clock on the wall, from when Jira says that a cycle began
to when it says that it ended: its calendars it does not tell. A company may change these conditions, and then the
figures differ.

## Example: comments for customers, and the solve

| ticket | when             | who        | what           |
| ------ | ---------------- | ---------- | -------------- |
| T1     | 2026-03-02 09:00 | customer   | writes         |
| T1     | 2026-03-02 09:05 | agent      | notes          |
| T1     | 2026-03-02 09:10 | customer   | writes         |
| T1     | 2026-03-02 09:20 | automation | writes         |
| T1     | 2026-03-02 09:30 | agent      | writes         |
| T1     | 2026-03-02 10:00 | agent      | status: solved |
| T1     | 2026-03-02 11:00 | customer   | writes         |
| T1     | 2026-03-02 11:00 | system     | status: open   |
| T1     | 2026-03-02 12:00 | agent      | status: solved |
| T2     | 2026-03-02 09:00 | agent      | writes         |
| T2     | 2026-03-02 09:40 | agent      | status: solved |
| T2     | 2026-03-02 09:50 | agent      | writes         |
| T3     | 2026-03-02 09:00 | customer   | writes         |

| value: ticket | first_response_seconds__jira | first_resolution_seconds__jira |
| ------------- | ---------------------------- | ------------------------------ |
| T1            | 1200                         | 3600                           |
| T2            | 2400                         | 2400                           |
| T3            |                              |                                |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Figures as Jira Service Management counts them",
    leg="process",
    unit="count",
    columns={
        "first_response_seconds__jira": {"counted": "first_response"},
        "first_resolution_seconds__jira": {"counted": "first_resolution"},
    },
    sentences={
        "first_response_seconds__jira": "Seconds from the creation to the first response, as Jira's own SLA counts.",
        "first_resolution_seconds__jira": "Seconds from the creation to the first solve, as Jira's own SLA counts.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "vendor_metrics"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, counted: str) -> np.ndarray:
    ended = {"first_response": t.jira_response, "first_resolution": t.first(t.solves)}
    return t.seconds_between(t.tickets["created_at"], t.at(ended[counted]))
