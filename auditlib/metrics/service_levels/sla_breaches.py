"""
# SLA breaches

How many of the targets that a ticket was promised were missed.

A target past due and not kept is missed already. NULL for a ticket of which nothing is promised, or
of which it cannot be known.

## Example: what is overdue is missed, whether or not it is kept later as of 2026-03-02 12:00

| policy | promises       | priority | minutes | clock    |
| ------ | -------------- | -------- | ------- | -------- |
| Gold   | first_reply    | normal   | 60      | calendar |
| Gold   | requester_wait | normal   | 120     | calendar |
| Tin    | first_reply    | normal   | 60      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 10:00 | agent    | writes           |
| T1     | 2026-03-02 10:00 | agent    | status: solved   |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 10:30 | agent    | writes           |
| T2     | 2026-03-02 10:30 | agent    | status: solved   |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 09:00 | system   | priority: normal |
| T3     | 2026-03-02 09:00 | system   | policy: Gold     |
| T4     | 2026-03-02 10:30 | customer | writes           |
| T4     | 2026-03-02 10:30 | system   | priority: normal |
| T4     | 2026-03-02 10:30 | system   | policy: Gold     |
| T4     | 2026-03-02 11:00 | agent    | writes           |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | system   | priority: normal |
| T6     | 2026-03-02 09:00 | system   | policy: Iron     |
| T7     | 2026-03-02 09:00 | customer | writes           |
| T7     | 2026-03-02 09:00 | system   | priority: normal |
| T7     | 2026-03-02 09:00 | system   | policy: Gold     |
| T7     | 2026-03-02 09:30 | agent    | deletes          |
| T8     | 2026-03-02 09:00 | customer | writes           |
| T8     | 2026-03-02 09:00 | system   | priority: normal |
| T8     | 2026-03-02 09:00 | system   | policy: Tin      |
| T8     | 2026-03-02 09:30 | agent    | writes           |
| T9     | 2026-03-02 09:00 | customer | writes           |

| value: ticket | sla_breaches |
| ------------- | ------------ |
| T1            | 0            |
| T2            | 1            |
| T3            | 2            |
| T4            | 0            |
| T5            |              |
| T6            |              |
| T7            | 0            |
| T8            | 0            |
| T9            |              |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import TargetState, Timelines

METRIC = Metric(
    title="Targets of the service level that were missed",
    leg="process",
    unit="count",
    columns={"sla_breaches": {}},
    figures=(),
    date_basis="created",
    attributed_at="reply",
    needs=("status_history", "service_levels"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    targets = t.targets
    missed = np.bincount(targets.ticket[targets.state == TargetState.breached], minlength=t.n)
    judged = ~np.isin(targets.state, (TargetState.no_policy, TargetState.unmeasurable))
    known = np.bincount(targets.ticket[judged], minlength=t.n) > 0
    return np.where(known, missed.astype(float), np.nan)


def changes_at(t: Timelines) -> np.ndarray:
    return t.first_of(t.targets.ticket, t.targets.breaks_at)
