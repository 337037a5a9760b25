"""
# Reopened

How often a solved case was opened again, and how often because the customer said so.

A reopening is a change from solved or closed back to new, open, pending or on hold. It is the
customer's if they wrote since the solve (in the same second counts) and said more than thanks,
whosever name the helpdesk puts on the change. *Thanks!* reopens tickets in many helpdesks:
that is a reopening, but not the customer's.

## Example: who reopens

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | system   | status: open   |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |
| T2     | 2026-03-02 11:00 | customer | thanks         |
| T2     | 2026-03-02 11:00 | system   | status: open   |
| T2     | 2026-03-02 11:02 | agent    | status: solved |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-02 10:01 | agent    | status: open   |
| T3     | 2026-03-02 10:02 | agent    | status: pending_customer |
| T3     | 2026-03-02 10:03 | agent    | status: solved |
| T3     | 2026-03-06 10:03 | system   | status: closed |
| T4     | 2026-03-02 09:00 | customer | writes         |

| value: ticket | reopens | customer_reopens |
| ------------- | ------- | ---------------- |
| T1            | 1       | 1                |
| T2            | 1       | 0                |
| T3            | 1       | 0                |
| T4            |         |                  |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="How often a solved case was opened again",
    leg="outcome",
    unit="count",
    columns={"reopens": {"whose": "anybody"}, "customer_reopens": {"whose": "customer"}},
    sentences={
        "reopens": "How often it was opened again after a solve; NULL if it was never solved.",
        "customer_reopens": "… because the customer wrote more than thanks; NULL if it was never solved.",
    },
    figures=(
        Figure(
            name="customer_reopen_rate",
            column="customer_reopens",
            statistics=("rate",),
            title="Solved cases that the customer opened again",
            better="lower",
        ),
    ),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, whose: str) -> np.ndarray:
    reopened = t.is_reopen_by_customer if whose == "customer" else t.reopens
    return np.where(t.first_solve != NOWHERE, t.count(reopened), np.nan)
