"""
# Reopened

How often a solved case was opened again, and by whom.

A reopening is a change from solved or closed back to new, open, pending or on hold. It is the
customer's if they wrote since the solve (in the same second counts) and said more than thanks,
whosever name the helpdesk puts on the change. *Thanks!* reopens tickets in many helpdesks: that is
a reopening, but nobody's. Neither is an agent's slip, taken back within five minutes. What is left
is the agent's, if an agent made the change, or else that of a rule or of the helpdesk itself.
What an agent or a machine opened and solved before the customer wrote is opened again by their first
message like anything else.

## Example: who reopens

| ticket | when             | who        | what                     |
| ------ | ---------------- | ---------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer   | writes                   |
| T1     | 2026-03-02 10:00 | agent      | status: solved           |
| T1     | 2026-03-02 11:00 | system     | status: open             |
| T1     | 2026-03-02 11:00 | customer   | writes                   |
| T1     | 2026-03-02 12:00 | agent      | status: solved           |
| T2     | 2026-03-02 09:00 | customer   | writes                   |
| T2     | 2026-03-02 10:00 | agent      | status: solved           |
| T2     | 2026-03-02 11:00 | customer   | thanks                   |
| T2     | 2026-03-02 11:00 | system     | status: open             |
| T2     | 2026-03-02 11:02 | agent      | status: solved           |
| T3     | 2026-03-02 09:00 | customer   | writes                   |
| T3     | 2026-03-02 10:00 | agent      | status: solved           |
| T3     | 2026-03-02 10:01 | agent      | status: open             |
| T3     | 2026-03-02 10:02 | agent      | status: pending_customer |
| T3     | 2026-03-02 10:06 | agent      | status: solved           |
| T3     | 2026-03-06 10:03 | system     | status: closed           |
| T4     | 2026-03-02 09:00 | customer   | writes                   |
| T5     | 2026-03-02 09:00 | customer   | writes                   |
| T5     | 2026-03-02 10:00 | agent      | status: solved           |
| T5     | 2026-03-02 11:00 | agent      | status: open             |
| T5     | 2026-03-02 11:06 | agent      | status: solved           |
| T5     | 2026-03-03 11:00 | automation | status: open             |
| T5     | 2026-03-03 11:01 | agent      | status: solved           |
| T6     | 2026-03-02 09:00 | customer   | writes                   |
| T6     | 2026-03-02 10:00 | agent      | status: solved           |
| T6     | 2026-03-02 11:00 | customer   | thanks                   |
| T6     | 2026-03-02 11:10 | agent      | status: open             |
| T6     | 2026-03-02 12:00 | agent      | status: solved           |
| T7     | 2026-03-02 09:00 | customer   | writes                   |
| T7     | 2026-03-02 10:00 | agent      | status: solved           |
| T7     | 2026-03-03 11:00 | automation | status: open             |
| T7     | 2026-03-03 11:01 | agent      | status: solved           |

| value: ticket | reopens | customer_reopens | agent_reopens | automation_reopens |
| ------------- | ------- | ---------------- | ------------- | ------------------ |
| T1            | 1       | 1                | 0             | 0                  |
| T2            | 1       | 0                | 0             | 0                  |
| T3            | 1       | 0                | 0             | 0                  |
| T4            |         |                  |               |                    |
| T5            | 2       | 0                | 1             | 1                  |
| T6            | 1       | 0                | 0             | 0                  |
| T7            | 1       | 0                | 0             | 1                  |

## Example: an agent who thanks did not reopen it for thanks

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 10:30 | agent    | thanks         |
| T1     | 2026-03-02 11:00 | agent    | status: open   |
| T1     | 2026-03-02 12:00 | agent    | status: solved |

| value: ticket | reopens | customer_reopens | agent_reopens |
| ------------- | ------- | ---------------- | ------------- |
| T1            | 1       | 0                | 1             |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="How often a solved case was opened again",
    leg="outcome",
    unit="count",
    columns={
        "reopens": {"whose": "anybody"},
        "customer_reopens": {"whose": "customer"},
        "agent_reopens": {"whose": "agent"},
        "automation_reopens": {"whose": "automation"},
    },
    sentences={
        "reopens": "How often it was opened again after a solve; NULL if it was never solved.",
        "customer_reopens": "… because the customer wrote more than thanks; NULL if it was never solved.",
        "agent_reopens": "… by an agent, but for slips taken back within five minutes; NULL if it was never solved.",
        "automation_reopens": "… by a rule or the helpdesk, not for thanks; NULL if it was never solved.",
    },
    figures=(),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, whose: str) -> np.ndarray:
    of_others = t.reopens & ~t.is_reopen_by_customer & ~t.is_thanks_only_reopen & ~t.is_flip
    reopened = {
        "anybody": t.reopens,
        "customer": t.is_reopen_by_customer,
        "agent": of_others & t.by_agent,
        "automation": of_others & ~t.by_agent,
    }
    return np.where(t.first_solve != NOWHERE, t.count(reopened[whose]), np.nan)
